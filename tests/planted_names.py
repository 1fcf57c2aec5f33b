# ruff: noqa: E501  XML is easier to read without line breaks
"""Office files with marks in names that authors give and pages do not show, and in all other text off the page."""

import io
import re
import zipfile

from tests.planted import SHOWN
from tests.planted_office import NAMES, R, W, files_types, relations, zipped

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
FOREIGN = 'xmlns:plant="urn:PLANT-vocabulary"'


def _field(code, shown, blob=""):
    """Return the runs of a field of Word whose code is split in two."""
    middle = len(code) // 2
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{blob}</w:fldChar></w:r><w:r><w:instrText>{code[:middle]}</w:instrText></w:r>'
        f'<w:r><w:instrText>{code[middle:]}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


BLOB = "<w:fldData>PLANT-blob</w:fldData>"
FIELDS = "".join([
    _field(' TOC \\o "1-3" \\h \\z \\t "PLANT title,1,Heading 1,2" \\b PLANT_place \\f PLANT \\p "PLANT" ', f"{SHOWN} contents", BLOB),
    _field(" REF PLANT_place \\h PLANT-extra ", f"{SHOWN} reference"), _field(" PAGEREF plant_place ", f"{SHOWN} page"),
    _field(' HYPERLINK \\l "PLANT_place" \\o "C:\\PLANT.doc" \\t "PLANT-frame" ', f"{SHOWN} inner link"),
    _field(' HYPERLINK "https://example.org/" \\l "part" ', f"{SHOWN} outer link"),
    _field(" SEQ PLANT-figure \\* ARABIC \\* PLANT ", f"{SHOWN} 1"), _field(' STYLEREF "PLANT title" ', f"{SHOWN} style"),
    _field(' STYLEREF "PLANT nowhere" ', f"{SHOWN} no style"), _field(" = PLANT_total + 1 ", f"{SHOWN} sum"),
    _field(' QUOTE "PLANT-quoted" ', f"{SHOWN} quoted"), _field(" DATE \\@ \"d 'de' MMMM\" ", f"{SHOWN} day"),
    _field(" LISTNUM PLANT-list \\l 2 ", f"{SHOWN} number"), _field(" PAGE \\# \"0 'PLANT'\" ", f"{SHOWN} 3"),
    _field(' INDEX \\e "PLANT" ', f"{SHOWN} index"), _field(" PLANT_place ", f"{SHOWN} bare"),
    '<w:r><w:instrText>PLANT-stray-code</w:instrText></w:r>',
    f'<w:fldSimple w:instr=" REF PLANT_place "><w:fldData>PLANT</w:fldData><w:r><w:t>{SHOWN} simple</w:t></w:r></w:fldSimple>',
])  # fmt: skip
SHAPES = f"""<w:r><w:pict {VML}><v:shapetype id="_x0000_t202" coordsize="21600,21600" path="m0,0l21600,0,21600,21600,0,21600xe"/>
<v:shape id="PLANT shape" o:spid="PLANT" class="PLANT" type="#_x0000_t202" style="width:90pt;height:30pt" o:equationxml="PLANT-equation">
<v:fill o:title="PLANT.png" o:href="file:///PLANT.png" o:althref="PLANT"/><v:textbox style="mso-next-textbox:#PLANT next"><w:txbxContent>
<w:p><w:r><w:t>{SHOWN} box</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape><v:rect id="PLANT next" style="width:9pt;height:9pt"/>
<v:rect style="visibility:hidden"><v:textbox><w:txbxContent><w:p><w:r><w:t>PLANT-unseen</w:t></w:r></w:p></w:txbxContent></v:textbox></v:rect>
<v:rect><o:signatureline o:suggestedsigner="PLANT" o:suggestedsigneremail="PLANT"/></v:rect></w:pict></w:r>"""
BODY = f"""<w:document {W} {R} {MC} {FOREIGN} mc:Ignorable="plant" mc:ProcessContent="plant:PLANT"><plant:about>PLANT-foreign</plant:about>
<w:body>PLANT-words-between<w:p><w:pPr><w:pStyle w:val="PLANTtitle"/><w:divId w:val="5050504"/></w:pPr><w:bookmarkStart w:id="1" w:name="PLANT_place"/>
<w:r plant:mark="PLANT"><w:rPr><w:rStyle w:val="PLANTtitleChar"/></w:rPr><w:t>{SHOWN} title</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>
<w:p><w:bookmarkStart w:id="2" w:name="_PLANT_hidden"/><w:r><w:t>{SHOWN} hidden place</w:t></w:r><w:bookmarkEnd w:id="2"/><w:hyperlink
 w:anchor="_PLANT_hidden" w:tgtFrame="PLANT"><w:r><w:t>{SHOWN} jump</w:t></w:r></w:hyperlink><w:hyperlink r:id="out" w:anchor="part"
 w:docLocation="PLANT"><w:r><w:t>{SHOWN} out</w:t></w:r></w:hyperlink><w:hyperlink r:id="bad" w:anchor="PLANT"><w:r><w:t>{SHOWN} lost</w:t></w:r></w:hyperlink>
<w:hyperlink r:id="in"><w:r><w:t>{SHOWN} in</w:t></w:r></w:hyperlink></w:p>
<w:p>{FIELDS}</w:p><w:p>{SHAPES}</w:p><w:p><w:pPr><w:pStyle w:val="PLANTnowhere"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>
</w:pPr><w:r><w:t>{SHOWN} item</w:t></w:r></w:p><w:tbl><w:tblPr><w:tblStyle w:val="PLANTtable"/><w:tblCaption w:val="C:\\PLANT.xlsx"/>
<w:tblDescription w:val="D:\\PLANT.xlsx"/></w:tblPr><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr><w:tc w:id="PLANT"><w:tcPr><w:headers>
<w:header w:val="PLANT"/></w:headers></w:tcPr><w:p><w:hyperlink w:anchor="PLANT_place"><w:r><w:t>{SHOWN} cell</w:t></w:r></w:hyperlink></w:p></w:tc></w:tr>
</w:tbl><w:p><w:pPr><w:pStyle w:val="PLANTunseen"/></w:pPr><w:hyperlink w:anchor="PLANT_place"><w:r><w:t>PLANT-unseen</w:t></w:r></w:hyperlink></w:p>
<w:sectPr><w:paperSrc w:first="7" w:other="7"/><w:printerSettings r:id="no"/></w:sectPr></w:body></w:document>"""


def _style(kind, style_id, name, more="", custom=' w:customStyle="1"'):
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"{custom}><w:name w:val="{name}"/>{more}</w:style>'


STYLES = f"""<w:styles {W}><w:latentStyles w:count="2"><w:lsdException w:name="heading 1"/><w:lsdException w:name="PLANT latent"/>
</w:latentStyles>{_style("paragraph", "Normal", "Normal", custom=' w:default="1"')}{_style("paragraph", "PLANTlocal", "heading 1", custom="")}
{_style("paragraph", "PLANTtitle", "PLANT title", '<w:aliases w:val="PLANT alias,PLANT other"/><w:basedOn w:val="PLANTlocal"/><w:next w:val="PLANTtitle"/><w:link w:val="PLANTtitleChar"/><w:rPr><w:b/><w:sz w:val="40"/></w:rPr>')}
{_style("character", "PLANTtitleChar", "PLANT title Char", '<w:link w:val="PLANTtitle"/>', custom="")}{_style("table", "PLANTtable", "PLANT table", "<w:rPr><w:i/></w:rPr>")}
{_style("paragraph", "PLANTunseen", "PLANT unseen", "<w:rPr><w:vanish/></w:rPr>")}{_style("numbering", "PLANTlist", "PLANT list", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')}</w:styles>"""
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:nsid w:val="50504C41"/><w:multiLevelType w:val="multilevel"/><w:tmpl w:val="50504C41"/>
<w:name w:val="PLANT-list"/><w:styleLink w:val="PLANTlist"/><w:lvl w:ilvl="0" w:tplc="50504C41"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:pStyle
 w:val="PLANTnowhere"/><w:lvlText w:val="({SHOWN} %1)"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="PLANTlist"/></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
SETTINGS = f"""<w:settings {W}><w:decimalSymbol w:val="PLANT"/><w:listSeparator w:val="PLANT"/><w:noLineBreaksAfter w:lang="ja-JP" w:val="PLANT"/>
<w:defaultTableStyle w:val="PLANTtable"/><w:clickAndTypeStyle w:val="PLANTtitle"/><w:compat><w:compatSetting w:name="PLANT" w:uri="urn:PLANT" w:val="PLANT"/>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"""
THEME = """<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="PLANT theme"><a:themeElements><a:clrScheme name="PLANT"/><a:fontScheme
 name="PLANT"/><a:fmtScheme name="PLANT"/></a:themeElements><a:extraClrSchemeLst><a:extraClrScheme><a:clrScheme name="PLANT"/></a:extraClrScheme></a:extraClrSchemeLst>
<a:custClrLst><a:custClr name="PLANT"/></a:custClrLst><a:extLst><a:ext uri="{05A4C25C-085E-4340-85A3-A5531E510DB2}"><t:themeFamily
 xmlns:t="http://schemas.microsoft.com/office/thememl/2012/main" name="PLANT" id="{PLANT}" vid="{PLANT}"/></a:ext></a:extLst></a:theme>"""


def docx() -> bytes:
    """Return a Word document with names of styles, bookmarks, lists, shapes and more, and references to them."""
    inside = [("styles", "styles", "styles.xml"), ("numbers", "numbering", "numbering.xml"),
              ("settings", "settings", "settings.xml"), ("theme", "theme", "theme/PLANT.xml")]  # fmt: skip
    outside = [
        ("out", "hyperlink", "https://example.org/"),
        ("in", "hyperlink", "#PLANT_place"),
        ("bad", "hyperlink", "file:///C:/PLANT.docx"),
    ]
    return zipped({
        "[Content_Types].xml": _types(),
        "_rels/.rels": relations([("a", "officeDocument", "word/document.xml")]),
        "word/document.xml": BODY, "word/_rels/document.xml.rels": relations(inside, outside), "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING, "word/settings.xml": SETTINGS, "word/theme/PLANT.xml": THEME,
    })  # fmt: skip


def _types():
    base = "application/vnd.openxmlformats-officedocument"
    kinds = {"styles": "wordprocessingml.styles", "numbering": "wordprocessingml.numbering",
             "settings": "wordprocessingml.settings", "theme/PLANT": "theme"}  # fmt: skip
    lines = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{base}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return files_types().replace("</Types>", lines + "</Types>")


def strict(data: bytes) -> bytes:
    """Return a Word document in the strict edition of the standard."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({name: _strict(part) if name.endswith((".xml", ".rels")) else part for name, part in parts.items()})


def _strict(part: bytes) -> bytes:
    names = rb"http://schemas\.openxmlformats\.org/(wordprocessingml|drawingml|officeDocument)/2006/"
    part = re.sub(names, rb"http://purl.oclc.org/ooxml/\1/", part)
    part = re.sub(rb"(purl[^\"]*relationships/extended)-p", rb"\1P", part)
    return part.replace(b"<w:document ", b'<w:document w:conformance="strict" ')


FORMULA = 'text:formula="ooow:PLANT-figure+1"'
CONTENT = f"""<office:document-content {NAMES} {FOREIGN} xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.3"><plant:about>PLANT-foreign</plant:about><office:automatic-styles>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="PLANT_20_style"/><style:style style:name="PLANT.A1" style:family="table-cell"/>
<style:style style:name="PLANT" style:family="table"/><style:style style:name="P2" style:family="paragraph"><style:map style:condition="table-header()" style:apply-style-name="PLANT_20_style" style:base-cell-address="PLANT.A1"/><style:map style:condition="is-true-formula(PLANT)" style:apply-style-name="P1"/></style:style><number:date-style style:name="PLANT-date" number:title="PLANT"><number:day/></number:date-style>
<text:list-style style:name="PLANT-list"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>
</office:automatic-styles><office:body><office:text>PLANT-words-between<text:variable-decls><text:variable-decl text:name="PLANT-variable"/></text:variable-decls>
<text:sequence-decls><text:sequence-decl text:name="PLANT-figure" text:display-outline-level="0"/></text:sequence-decls>
<text:h text:style-name="PLANT_20_style" text:outline-level="1" plant:mark="PLANT"><text:bookmark-start text:name="PLANT-place"/>{SHOWN} title<text:bookmark-end text:name="PLANT-place"/></text:h>
<text:p text:style-name="P1" text:class-names="PLANT_20_style P1"><text:bookmark text:name="PLANT-point"/><text:reference-mark-start text:name="PLANT-mark"/>{SHOWN} marked<text:reference-mark-end text:name="PLANT-mark"/>
<text:bookmark-ref text:reference-format="text" text:ref-name="PLANT-place">{SHOWN} reference</text:bookmark-ref><text:reference-ref text:ref-name="PLANT-mark">{SHOWN} to a mark</text:reference-ref>
<text:a xlink:href="#PLANT-place" office:name="PLANT" office:target-frame-name="PLANT">{SHOWN} inner link</text:a><text:a xlink:href="#PLANT-table|table">{SHOWN} to a table</text:a>
<text:sequence text:ref-name="refPLANT0" text:name="PLANT-figure" {FORMULA}>{SHOWN} 1</text:sequence><text:sequence-ref text:ref-name="refPLANT0">{SHOWN} to 1</text:sequence-ref>
<text:variable-set text:name="PLANT-variable" text:formula="ooow:PLANT" office:value-type="string" office:string-value="PLANT">{SHOWN} set</text:variable-set>
<text:variable-set text:name="PLANT-variable" text:display="none" office:string-value="PLANT"/><text:variable-get text:name="PLANT-variable">{SHOWN} got</text:variable-get>
<text:text-input text:description="PLANT">{SHOWN} input</text:text-input><text:placeholder text:placeholder-type="text" text:description="PLANT">{SHOWN} placeholder</text:placeholder>
<text:drop-down text:name="PLANT"><text:label text:value="PLANT"/>{SHOWN} choice</text:drop-down><text:date style:data-style-name="PLANT-date" text:date-value="PLANT">{SHOWN} day</text:date>
<text:alphabetical-index-mark text:string-value="PLANT" text:key1="PLANT"/><text:toc-mark text:string-value="PLANT"/><text:note text:id="PLANT-note" text:note-class="footnote">
<text:note-citation>1</text:note-citation><text:note-body><text:p>{SHOWN} note</text:p></text:note-body></text:note><text:note-ref text:ref-name="PLANT-note" text:note-class="footnote">1</text:note-ref></text:p>
<text:list xml:id="PLANT-l1" text:style-name="PLANT-list"><text:list-item><text:p>{SHOWN} item</text:p></text:list-item></text:list>
<text:list xml:id="PLANT-l2" text:continue-list="PLANT-l1" text:style-name="PLANT-list"><text:list-item><text:p>{SHOWN} next item</text:p></text:list-item></text:list>
<text:section text:name="PLANT-section" text:protected="true" text:protection-key="PLANT" text:display="condition" text:condition="ooow:PLANT"><text:p>{SHOWN} section</text:p></text:section>
<table:table table:name="PLANT-table" table:style-name="PLANT" table:protection-key="PLANT"><table:table-column/><table:table-row><table:table-cell table:style-name="PLANT.A1"
 table:formula="ooow:PLANT" office:value-type="string" office:string-value="PLANT"><text:p>{SHOWN} cell</text:p></table:table-cell></table:table-row><table:named-expressions><table:named-range table:name="PLANT" table:cell-range-address="PLANT"/></table:named-expressions></table:table>
<text:p><draw:a xlink:href="file:///C:/PLANT.odt" office:name="PLANT"><draw:frame draw:name="PLANT first" svg:width="3cm" text:anchor-type="as-char"><draw:text-box draw:chain-next-name="PLANT second" fo:min-height="1cm"><text:p>{SHOWN} box</text:p></draw:text-box>
<draw:image-map><draw:area-rectangle xlink:href="file:///C:/PLANT" office:name="PLANT"/></draw:image-map></draw:frame></draw:a><draw:frame draw:name="PLANT second" svg:width="3cm" text:anchor-type="as-char"><draw:text-box fo:min-height="1cm"><text:p/></draw:text-box></draw:frame>
<draw:rect draw:display="none" draw:name="PLANT"><text:p>PLANT-unseen</text:p></draw:rect></text:p></office:text></office:body></office:document-content>"""
ODF_STYLES = f"""<office:document-styles {NAMES} office:version="1.3"><office:styles><style:style style:name="Standard" style:family="paragraph" style:class="text"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:class="PLANT"/><style:style style:name="PLANT_20_style" style:display-name="PLANT style"
 style:family="paragraph" style:parent-style-name="Heading_20_1" style:next-style-name="PLANT_20_style" style:master-page-name="PLANT-page"><style:text-properties style:font-style-name="Bold"/></style:style>
<draw:gradient draw:name="PLANT-gradient" draw:display-name="PLANT gradient" draw:style="linear"/><style:style style:name="Frame" style:family="graphic"><style:graphic-properties draw:fill-gradient-name="PLANT-gradient"/></style:style>
</office:styles><office:automatic-styles><style:page-layout style:name="PLANT-layout"/></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="PLANT-layout"/>
<style:master-page style:name="PLANT-page" style:display-name="PLANT page" style:page-layout-name="PLANT-layout" style:next-style-name="PLANT-page"/></office:master-styles></office:document-styles>"""
CONFIG = 'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"'
ODF_SETTINGS = f"""<office:document-settings {NAMES} {CONFIG}><office:settings><config:config-item-set config:name="ooo:configuration-settings"><config:config-item config:name="PrinterName"
 config:type="string">PLANT</config:config-item><config:config-item config:name="TabOverflow" config:type="string">PLANT</config:config-item><config:config-item config:name="ParaSpaceMax"
 config:type="boolean">true</config:config-item></config:config-item-set></office:settings></office:document-settings>"""


def odt() -> bytes:
    """Return an OpenDocument text with names of styles, bookmarks, tables, variables and more, and references to them."""
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text", "content.xml": CONTENT, "styles.xml": ODF_STYLES,
        "settings.xml": ODF_SETTINGS, "META-INF/manifest.xml": "<manifest>PLANT</manifest>",
    })  # fmt: skip
