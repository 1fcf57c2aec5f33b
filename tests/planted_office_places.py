# ruff: noqa: E501  each place is on one line with its mark
"""Office files with a numbered mark in each of many places that no reader sees; see `planted_places`."""

import io
import re
import zipfile

from tests import files
from tests.planted_places import Marks

WORD = " ".join([
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
    'xmlns:v="urn:schemas-microsoft-com:vml"', 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
])  # fmt: skip
SHOWN = "<w:r><w:t>SHOWN</w:t></w:r>"
MARKED = "<w:r><w:t>?</w:t></w:r>"


def _field(code: str) -> str:
    """Return a field that shows a word."""
    return (f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {code} </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{SHOWN}<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip


# Each question mark stands for a mark.
WORD_PARAGRAPHS = [
    f'<w:p><w:hyperlink w:anchor="?" w:tooltip="?" w:tgtFrame="?" w:docLocation="?">{SHOWN}</w:hyperlink></w:p>',
    "<w:p>" + _field('HYPERLINK &quot;https://example.org&quot; \\o &quot;?&quot; \\t &quot;?&quot;') + "</w:p>",
    f"<w:p>{_field('HYPERLINK &quot;https://?:?@example.org&quot;')}{_field('DOCVARIABLE ?')}{_field('= ? + 1')}</w:p>",
    f'<w:p><w:r><w:rPr><w:lang w:val="?" w:eastAsia="?"/></w:rPr></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>?</w:t></w:r>{SHOWN}</w:p>',
    f'<w:p><m:oMath><m:r><w:rPr><w:vanish/></w:rPr><m:t>?</m:t></m:r></m:oMath>{SHOWN}</w:p>',
    f'<w:p><w:pPr><w:pStyle w:val="?"/><w:rPr><w:rStyle w:val="?"/></w:rPr></w:pPr><w:r><w:rPr><w:sz w:val="1"/></w:rPr><w:t>?</w:t></w:r>{SHOWN}</w:p>',
    f'<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>?</w:t></w:r>{SHOWN}</w:p>',
    f'<w:p w:rsidR="?" w14:paraId="?" w14:textId="?"><w:permStart w:id="1" w:ed="?" w:edGrp="?"/>{SHOWN}<w:proofErr w:type="?"/></w:p>',
    f'<w:p><w:customXml w:uri="?" w:element="?"><w:customXmlPr><w:attr w:name="?" w:val="?"/></w:customXmlPr><w:smartTag w:uri="?" w:element="?">{SHOWN}</w:smartTag></w:customXml></w:p>',
    f'<w:p><w:del w:author="?" w:date="?"><w:r><w:delText>?</w:delText></w:r></w:del><w:ins w:author="?" w:date="?">{SHOWN}</w:ins><w:moveFrom w:author="?">{MARKED}</w:moveFrom></w:p>',
    f'<w:p><w:pPr><w:pPrChange w:author="?" w:date="?"><w:pPr><w:jc w:val="?"/></w:pPr></w:pPrChange></w:pPr>{SHOWN}</w:p>',
    f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="?" descr="C:\\?.png"/></wp:inline></w:drawing></w:r>{SHOWN}</w:p>',
    f'<w:p><w:r><w:pict><v:shape id="?" href="https://?:?@example.org" target="?" alt="D:\\?.jpg" style="width:9pt"/></w:pict></w:r>{SHOWN}</w:p>',
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:t>SHOWN</w:t></mc:Choice><mc:Fallback><w:t>?</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>',
    f'<w:p><w:bookmarkStart w:id="0" w:name="?"/>{SHOWN}<w:bookmarkEnd w:id="0"/><w:commentRangeStart w:id="1"/><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="?"/><w:helpText w:val="?"/><w:statusText w:val="?"/><w:textInput><w:default w:val="?"/></w:textInput></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    f'<w:sdt><w:sdtPr><w:alias w:val="?"/><w:tag w:val="?"/><w:placeholder><w:docPart w:val="?"/></w:placeholder><w:dataBinding w:xpath="?" w:storeItemID="?"/><w:dropDownList><w:listItem w:displayText="?" w:value="?"/></w:dropDownList></w:sdtPr><w:sdtContent><w:p>{SHOWN}</w:p></w:sdtContent></w:sdt>',
    f'<w:tbl><w:tblPr><w:tblCaption w:val="C:\\?.xlsx"/><w:tblStyle w:val="?"/></w:tblPr><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p>{MARKED}</w:p></w:tc></w:tr><w:tr><w:tc w:id="?"><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p>{SHOWN}</w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p>{MARKED}</w:p></w:tc></w:tr></w:tbl>',
]  # fmt: skip
ODF_PARAGRAPHS = [
    '<text:p><text:a xlink:href="https://example.org" xlink:title="?" office:title="?" office:name="?" office:target-frame-name="?">SHOWN</text:a></text:p>',
    '<text:p><text:a xlink:href="https://?:?@example.org">SHOWN</text:a> <text:a xlink:href="file:///home/?/a.odt">SHOWN</text:a></text:p>',
    '<text:p text:style-name="?" text:class-names="?" xml:id="?">SHOWN<text:bookmark text:name="?"/><office:annotation office:name="?"><dc:creator>?</dc:creator><text:p>?</text:p></office:annotation></text:p>',
    '<text:p><text:hidden-text text:condition="?" text:string-value="?">?</text:hidden-text><text:span text:style-name="Hidden">?</text:span>SHOWN</text:p>',
    '<text:p><text:author-name>?</text:author-name><text:sender-email>?</text:sender-email><text:file-name>?</text:file-name><text:user-defined text:name="?">SHOWN</text:user-defined></text:p>',
    '<text:p><text:placeholder text:description="?" text:placeholder-type="text">SHOWN</text:placeholder><text:variable-set text:name="?" text:formula="?" text:display="none" office:string-value="?">?</text:variable-set></text:p>',
    '<table:table table:name="?" table:protection-key="?" table:template-name="?"><table:table-row table:visibility="collapse"><table:table-cell><text:p>?</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell office:value="1" office:currency="?" table:formula="?" office:string-value="?"><text:p>SHOWN</text:p></table:table-cell><table:covered-table-cell><text:p>?</text:p></table:covered-table-cell></table:table-row></table:table>',
    '<text:tracked-changes><text:changed-region text:id="?"><text:deletion><office:change-info><dc:creator>?</dc:creator><dc:date>?</dc:date></office:change-info><text:p>?</text:p></text:deletion></text:changed-region></text:tracked-changes>',
    '<text:section text:name="?" text:display="none"><text:p>?</text:p></text:section><text:section text:name="?" text:protection-key="?"><text:p>SHOWN</text:p></text:section>',
]  # fmt: skip
HIDDEN = ('<style:style style:name="Above" style:family="text"><style:text-properties text:display="none"/></style:style>'
          '<style:style style:name="Hidden" style:family="text" style:parent-style-name="Above"/>')  # fmt: skip


def _marked(paragraphs: list[str]) -> str:
    marks = Marks()
    return re.sub(r"\?", lambda _: marks(), "".join(paragraphs))


def docx() -> bytes:
    """Return a Word document with marks in elements and attributes that no page shows."""
    body = f"<w:document {WORD}><w:body>{_marked(WORD_PARAGRAPHS)}<w:sectPr/></w:body></w:document>"
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(files.docx())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    return file.getvalue()


def odt() -> bytes:
    """Return an OpenDocument text with marks in elements and attributes that no page shows."""
    body = _marked(ODF_PARAGRAPHS).replace("xlink:href", 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href')
    return files.open_document(body, HIDDEN)
