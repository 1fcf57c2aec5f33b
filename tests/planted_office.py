# ruff: noqa: E501  XML is easier to read without line breaks
"""Office files with a mark in every place for details about people, places and machines; see `planted`."""

import io
import zipfile

from tests import files, planted
from tests.planted import ARABIC, CHINESE, SHOWN

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WHO = 'w:author="PLANT-author" w:initials="PLANT" w:date="2024-01-01T00:00:00Z"'


def _field(code, shown):
    """Return the runs of a field of Word."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="PLANT-ff"/></w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _picture(name, relation):
    return f"""<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
<wp:extent cx="9" cy="9"/><wp:docPr id="1" name="C:\\Users\\PLANT\\{name}.jpg" descr="PLANT-{name}.jpg"/>
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData
 uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0"
 name="PLANT-{name}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"
 r:link="linked"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""


BODY = f"""<?xml version="1.0" encoding="UTF-8"?><!-- PLANT-xml-comment --><?PLANT-instruction?>
<w:document {W} {R} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:body>
<w:p w:rsidR="PLANTrsid" w14:paraId="PLANTpara"><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>
<w:commentRangeStart w:id="1"/><w:r w:rsidRPr="PLANTrsid"><w:t>{SHOWN} first {ARABIC} {CHINESE}</w:t></w:r>
<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r></w:p>
<w:p><w:ins w:id="2" {WHO}><w:r><w:t>{SHOWN} inserted</w:t></w:r></w:ins><w:del w:id="3" {WHO}><w:r>
<w:delText>PLANT-deleted</w:delText></w:r></w:del><w:r><w:rPr><w:b/><w:rPrChange w:id="4" {WHO}><w:rPr/></w:rPrChange>
</w:rPr><w:t xml:space="preserve"> bold</w:t></w:r></w:p>
<w:p><w:moveFrom w:id="5" {WHO}><w:r><w:t>PLANT-moved-from</w:t></w:r></w:moveFrom><w:moveTo w:id="6" {WHO}><w:r>
<w:t>{SHOWN} moved</w:t></w:r></w:moveTo></w:p>
<w:p><w:pPr><w:rPr><w:del w:id="7" {WHO}/></w:rPr></w:pPr><w:r><w:t>{SHOWN} joined</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve"> with the next</w:t></w:r></w:p>
<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>PLANT-hidden</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Unseen"/></w:rPr>
<w:t>PLANT-hidden-by-style</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>{SHOWN} not hidden</w:t></w:r></w:p>
<w:p>{_field(" AUTHOR ", "PLANT-field-author")}{_field(" FILENAME ", "PLANT-field-file")}
{_field(" DOCPROPERTY Company ", "PLANT-field-company")}<w:fldSimple w:instr=" LASTSAVEDBY "><w:r><w:t>PLANT-simple</w:t>
</w:r></w:fldSimple><w:fldSimple w:instr=" ADDIN PLANT-citation "><w:r><w:t>{SHOWN} cited</w:t></w:r></w:fldSimple>
{_field(' HYPERLINK "file:///C:/PLANT-link" ', f"{SHOWN} linked")}{_field(" PAGE ", f"{SHOWN} 7")}</w:p>
<w:sdt><w:sdtPr><w:alias w:val="PLANT-alias"/><w:tag w:val="PLANT-tag"/><w:dataBinding w:xpath="/cp:coreProperties/dc:creator"
 w:storeItemID="PLANT"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>PLANT-bound</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:sdt><w:sdtPr><w:alias w:val="PLANT-alias"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>{SHOWN} in a control</w:t></w:r></w:p>
</w:sdtContent></w:sdt>
<w:p><w:hyperlink r:id="bad" w:tooltip="C:\\PLANT-tip"><w:r><w:t>{SHOWN} bad link</w:t></w:r></w:hyperlink>
<w:hyperlink r:id="good"><w:r><w:t>{SHOWN} good link</w:t></w:r></w:hyperlink></w:p>
<w:p>{_picture("jpeg", "jpeg")}{_picture("png", "png")}{_picture("emf", "emf")}<w:r><w:pict><v:shape o:gfxdata="PLANT-gfx"
 alt="PLANT.jpg"><v:imagedata r:id="jpeg" o:title="PLANT-title"/></v:shape></w:pict></w:r></w:p>
<w:p><w:r><w:object><o:OLEObject Type="Embed" ProgID="PLANT-ole" r:id="ole"/></w:object></w:r>
<w:permStart w:id="8" w:ed="PLANT-editor"/><w:permEnd w:id="8"/><w:smartTag w:element="PLANT"><w:r><w:t>{SHOWN} tagged</w:t>
</w:r></w:smartTag></w:p><w:altChunk r:id="chunk"/>
<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:del w:id="9" {WHO}/></w:trPr><w:tc><w:p><w:r><w:t>PLANT-row</w:t></w:r></w:p>
</w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>{SHOWN} cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sectPr><w:headerReference w:type="default" r:id="head"/></w:sectPr></w:body></w:document>"""
SETTINGS = f"""<w:settings {W} {R}><w:attachedTemplate r:id="template"/><w:docVars><w:docVar w:name="PLANT-var"
 w:val="PLANT"/></w:docVars><w:rsids><w:rsid w:val="PLANTrsid"/></w:rsids><w:mailMerge><w:query w:val="PLANT-query"/>
</w:mailMerge><w:trackRevisions/><w:documentProtection w:hash="PLANT"/><w:defaultTabStop w:val="708"/></w:settings>"""
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>PLANT-creator</dc:creator><dc:title>PLANT-core-title</dc:title>
<cp:lastModifiedBy>PLANT-modifier</cp:lastModifiedBy></cp:coreProperties>"""
COMMENT = (
    f'<w:comments {W}><w:comment w:id="1" {WHO}><w:p><w:r><w:t>PLANT-comment</w:t></w:r></w:p></w:comment></w:comments>'
)
HEADER = f'<w:hdr {W} {R}><w:p><w:r><w:t>{SHOWN} header</w:t></w:r><w:ins w:id="1" {WHO}><w:r><w:t>!</w:t></w:r></w:ins></w:p></w:hdr>'
STYLES = f"""<w:styles {W}><w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Unseen"><w:basedOn w:val="Base"/><w:rsid w:val="PLANTrsid"/></w:style></w:styles>"""


def docx() -> bytes:
    """Return a Word document with marks in every part, attribute and field that can hold details."""
    inside = [("styles", "styles", "styles.xml"), ("settings", "settings", "settings.xml"), ("head", "header", "PLANT.xml"),
              ("comments", "comments", "comments.xml"), ("people", "people", "people.xml"),
              ("jpeg", "image", "media/PLANT.jpg"), ("png", "image", "media/PLANT.png"), ("emf", "image", "media/a.emf"),
              ("ole", "oleObject", "embeddings/PLANT.bin"), ("chunk", "aFChunk", "PLANT.html"),
              ("printer", "printerSettings", "printer.bin"), ("web", "webSettings", "webSettings.xml"),
              ("custom", "customXml", "../customXml/item1.xml"), ("glossary", "glossaryDocument", "glossary/d.xml"),
              ("font", "font", "fonts/PLANT.odttf")]  # fmt: skip
    outside = [("bad", "hyperlink", "file:///C:/Users/PLANT/a.docx"), ("good", "hyperlink", "https://example.org/?a=1&amp;b"),
               ("linked", "image", "file:///C:/Users/PLANT/b.jpg")]  # fmt: skip
    parts = {
        "[Content_Types].xml": files_types(),
        "_rels/.rels": relations([("a", "officeDocument", "word/document.xml"), ("t", "thumbnail", "docProps/t.jpeg"),
                                  ("c", "core-properties", "docProps/core.xml"),
                                  ("e", "extended-properties", "docProps/app.xml")]),
        "word/document.xml": BODY,
        "word/_rels/document.xml.rels": relations(inside, outside),
        "word/_rels/settings.xml.rels": relations([], [("template", "attachedTemplate", "file:///C:/PLANT.dotx")]),
        "word/settings.xml": SETTINGS, "word/styles.xml": STYLES, "word/PLANT.xml": HEADER,
        "word/comments.xml": COMMENT, "docProps/core.xml": CORE,
        "docProps/app.xml": "<Properties><Company>PLANT-company</Company><Manager>PLANT-manager</Manager></Properties>",
        "word/media/PLANT.jpg": planted.jpeg(), "word/media/PLANT.png": planted.png(), "word/media/a.emf": planted.emf(),
    }  # fmt: skip
    rest = ["word/people.xml", "word/embeddings/PLANT.bin", "word/PLANT.html", "word/printer.bin", "word/webSettings.xml",
            "customXml/item1.xml", "word/glossary/d.xml", "docProps/t.jpeg", "word/fonts/PLANT.odttf",
            "word/PLANT-unreferenced.xml"]  # fmt: skip
    return zipped(parts | dict.fromkeys(rest, "PLANT-other-part"))


def files_types():
    with zipfile.ZipFile(io.BytesIO(files.docx())) as archive:
        return archive.read("[Content_Types].xml").decode().replace("<Types", "<!-- PLANT --><Types")


def relations(inside, outside=()):
    lines = [f'<Relationship Id="{one}" Type="{OFFICE}/{kind}" Target="{target}"/>' for one, kind, target in inside]
    lines += [f'<Relationship Id="{one}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
              for one, kind, target in outside]  # fmt: skip
    names = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{names}">{"".join(lines)}</Relationships>'


def zipped(parts) -> bytes:
    """Return a zip with a comment on itself and on each entry, and an extra field in each."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"PLANT-zip-comment"
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10))
            entry.comment, entry.extra = b"PLANT-entry-comment", b"\x99\x99\x05\x00PLANT"
            archive.writestr(entry, content)
    return file.getvalue()


NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {"office": "office", "text": "text", "style": "style", "draw": "drawing", "meta": "meta",
                        "table": "table", "form": "form", "script": "script", "svg": "svg-compatible"}.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip
PERSON = "<dc:creator>PLANT-creator</dc:creator><dc:date>2024-01-01</dc:date>"
CONTENT = f"""<?xml version="1.0"?><!-- PLANT --><office:document-content {NAMES}
 xmlns:officeooo="http://openoffice.org/2009/office" office:version="1.3">
<office:scripts><office:script>PLANT-script</office:script></office:scripts>
<office:font-face-decls><style:font-face style:name="A"><svg:font-face-src>PLANT</svg:font-face-src></style:font-face>
</office:font-face-decls><office:automatic-styles><style:style style:name="H" style:family="text"><style:text-properties
 text:display="none" officeooo:rsid="PLANT"/></style:style></office:automatic-styles><office:body><office:text>
<text:tracked-changes><text:changed-region><text:deletion><office:change-info>{PERSON}</office:change-info>
<text:p>PLANT-deleted</text:p></text:deletion></text:changed-region></text:tracked-changes>
<office:forms><form:form form:name="PLANT-form"/></office:forms>
<text:user-field-decls><text:user-field-decl text:name="PLANT-user" office:string-value="PLANT"/></text:user-field-decls>
<text:p>{SHOWN} first {ARABIC} {CHINESE}<office:annotation>{PERSON}<text:p>PLANT-comment</text:p></office:annotation></text:p>
<text:p><text:change-start text:change-id="PLANT"/>{SHOWN} inserted<text:change-end text:change-id="PLANT"/></text:p>
<text:p><text:author-name>PLANT-name</text:author-name><text:initial-creator>PLANT</text:initial-creator>
<text:creator>PLANT</text:creator><text:sender-email>PLANT</text:sender-email><text:printed-by>PLANT</text:printed-by>
<text:file-name>PLANT.odt</text:file-name><text:user-field-get text:name="PLANT">{SHOWN} field</text:user-field-get>
<text:span text:style-name="H">PLANT-hidden</text:span><text:hidden-text text:string-value="PLANT">PLANT</text:hidden-text></text:p>
<text:section text:name="s" text:display="none"><text:p>PLANT-section</text:p></text:section>
<text:section text:name="t"><text:section-source xlink:href="file:///C:/PLANT.odt"/><text:p>{SHOWN} section</text:p></text:section>
<text:p><text:a xlink:href="file:///home/PLANT/a.odt">{SHOWN} bad link</text:a><text:a
 xlink:href="https://example.org/">{SHOWN} good link</text:a></text:p>
<text:p><draw:frame draw:name="PLANT.jpg"><draw:image xlink:href="Pictures/PLANT.jpg"/><svg:desc>C:\\PLANT.jpg</svg:desc>
</draw:frame><draw:frame><draw:image><office:binary-data>{planted.base64.b64encode(planted.png()).decode()}</office:binary-data>
</draw:image></draw:frame><draw:frame><draw:image xlink:href="Pictures/a.svg"/></draw:frame><draw:frame><draw:image
 xlink:href="file:///C:/PLANT.png"/></draw:frame><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>
</office:text></office:body></office:document-content>"""
PRINTER = (
    f"<office:document-settings {NAMES}><office:settings>PLANT-printer</office:settings></office:document-settings>"
)


def odt() -> bytes:
    """Return an OpenDocument text with marks in every part, attribute and field that can hold details."""
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": CONTENT,
        "styles.xml": f"""<office:document-styles {NAMES}><office:master-styles><style:master-page style:name="m"><style:header>
<text:p>{SHOWN} header<text:author-name>PLANT</text:author-name></text:p></style:header></style:master-page>
</office:master-styles></office:document-styles>""",
        "meta.xml": f"""<office:document-meta {NAMES}><office:meta><meta:initial-creator>PLANT</meta:initial-creator>{PERSON}
<meta:generator>PLANT-office</meta:generator></office:meta></office:document-meta>""",
        "settings.xml": PRINTER,
        "Pictures/PLANT.jpg": planted.jpeg(),
        "Pictures/a.svg": "<svg>PLANT</svg>",
        "META-INF/manifest.xml": "<manifest>PLANT</manifest>",
    }
    rest = ["manifest.rdf", "Thumbnails/thumbnail.png", "Configurations2/a.xml", "Object 1/content.xml", "Basic/PLANT.xml",
            "Scripts/PLANT.py", "META-INF/documentsignatures.xml", "layout-cache", "Versions/1"]  # fmt: skip
    return zipped(parts | dict.fromkeys(rest, "PLANT-other-part"))
