import io
import zipfile
from collections import Counter

import pytest
from docx import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from lxml import etree

from documents.cleaning.odf.package import clean_odt
from documents.cleaning.ooxml.package import clean_docx
from documents.cleaning.second_look import check_clean_copy
from documents.errors import UnreadableError
from documents.models import Removed
from documents.reading import docx as read_docx
from documents.reading import odt as read_odt
from tests import planted, planted_charts, planted_names, planted_office
from tests.documents.test_upload_checks import altered

CLEANERS, READERS = {"docx": clean_docx, "odt": clean_odt}, {"docx": read_docx, "odt": read_odt}
MAKERS = {"docx": planted_names.docx, "odt": planted_names.odt}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def cleaned(data: bytes, kind: str) -> tuple[bytes, Counter]:
    found = Counter()
    return CLEANERS[kind](data, found), +found


@pytest.mark.parametrize("name", ["Unresolved Mention", "header", "Date", "An own name"])
def test_style_that_its_program_calls_an_authors_own_is_cleaned(name):
    document = Docx()
    style = document.styles.add_style("X", WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(f"{W}customStyle", "1")
    style.element.find(f"{W}name").set(f"{W}val", name)
    document.add_paragraph("SHOWN").style = style
    file = io.BytesIO()
    document.save(file)
    content, _ = cleaned(file.getvalue(), "docx")
    check_clean_copy(content, "docx")
    assert (name in part(content, "word/styles.xml")) is (name != "An own name")
    assert "SHOWN" in "".join(read_docx.pages(content))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode("utf8")


@pytest.mark.parametrize("kind", CLEANERS)
def test_names_are_removed_and_all_that_is_shown_stays(kind):
    data = MAKERS[kind]()
    content, found = cleaned(data, kind)
    assert planted.left(content) == []
    check_clean_copy(content, kind)
    name = "word/document.xml" if kind == "docx" else "content.xml"
    assert part(content, name).count("SHOWN") == part(data, name).count("SHOWN")
    numbers = {"docx": 1, "odt": 0}[kind]  # with the word, which are not in the text itself
    assert " ".join(READERS[kind].pages(content)).count("SHOWN") == part(data, name).count("SHOWN") + numbers
    assert found["names"] > 8
    assert found.keys() <= set(Removed.values)


@pytest.mark.parametrize("kind", CLEANERS)
def test_clean_copy_with_new_names_is_unchanged_by_cleaning(kind):
    content, _ = cleaned(MAKERS[kind](), kind)
    assert cleaned(content, kind) == (content, Counter())


@pytest.mark.parametrize("maker", [planted_office.docx, planted_names.docx, planted_charts.docx])
def test_strict_edition_results_in_the_same_copy(maker):
    transitional = maker()
    data = planted_names.strict(transitional)
    assert b"purl.oclc.org" in part(data, "word/document.xml").encode()
    content, found = cleaned(data, "docx")
    assert planted.left(content) == []
    check_clean_copy(content, "docx")
    assert (content, found) == cleaned(transitional, "docx")


def test_field_codes_of_word_contain_only_what_is_known():
    body = etree.fromstring(part(cleaned(planted_names.docx(), "docx")[0], "word/document.xml").encode())
    codes = [code.text.strip() for code in body.iter(W + "instrText")]
    assert codes == [
        'TOC \\o "1-3" \\h \\z \\t "Style 1,1,heading 1,2" \\b b1', "REF b1 \\h", "PAGEREF b1", 'HYPERLINK \\l "b1"',
        'HYPERLINK "https://example.org/" \\l "part"', "SEQ s1 \\* ARABIC", 'STYLEREF "Style 1"',
        'DATE \\@ "d \'de\' MMMM"', "LISTNUM \\l 2",
        "PAGE", "REF b1",
    ]  # fmt: skip


def test_links_and_styles_of_a_word_document_stay_consistent():
    content, _ = cleaned(planted_names.docx(), "docx")
    document = Docx(io.BytesIO(content))
    title = document.paragraphs[0].style
    assert (title.name, title.style_id) == ("Style 1", "Style1")
    assert (title.base_style.name, title.base_style.style_id) == ("Heading 1", "Heading1")
    assert title.font.bold
    assert document.tables[0].style.font.italic
    body = document.element.body
    names = [mark.get(W + "name") for mark in body.iter(W + "bookmarkStart")]
    assert names == ["b1", "_b2"]
    assert [link.get(W + "anchor") for link in body.iter(W + "hyperlink")] == ["_b2", "part", None, None, "b1", "b1"]
    assert 'Target="#b1"' in part(content, "word/_rels/document.xml.rels")


def test_links_and_styles_of_an_open_document_stay_consistent():
    content, _ = cleaned(planted_names.odt(), "odt")
    tree = etree.fromstring(part(content, "content.xml").encode())
    names = {"office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style"}
    space = {short: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for short, name in names.items()}
    space["xlink"] = "http://www.w3.org/1999/xlink"

    def one(path):
        return str(tree.xpath(path, namespaces=space)[0])

    start = one("//text:bookmark-start/@text:name")
    assert one("//text:bookmark-end/@text:name") == one("//text:bookmark-ref/@text:ref-name") == start
    assert one("//text:a/@xlink:href") == f"#{start}"
    assert one("//text:a[2]/@xlink:href") == f"#{one('//table:table/@table:name')}|table"
    assert one("//draw:frame[2]/@draw:name") == one("//draw:text-box/@draw:chain-next-name")
    assert one("//text:note/@text:id") == one("//text:note-ref/@text:ref-name")
    assert one("//text:list/@xml:id") == one("//text:list/@text:continue-list")
    assert one("//text:sequence/@text:ref-name") == one("//text:sequence-ref/@text:ref-name")
    assert one("//text:sequence/@text:formula") == "ooow:seq1+1"
    assert one("//style:map[1]/@style:condition") == "table-header()"
    assert one("//style:map[1]/@style:apply-style-name") == one("//text:h/@text:style-name")
    styles = etree.fromstring(part(content, "styles.xml").encode()).xpath(
        "//office:styles/*/@style:name", namespaces=space
    )
    assert one("//text:h/@text:style-name") in styles
    assert "ParaSpaceMax" in part(content, "settings.xml")


@pytest.mark.parametrize(("kind", "name", "clean", "unclean"), [
    ("docx", "word/document.xml", 'w:name="b1"', 'w:name="PLANT"'),
    ("docx", "word/document.xml", "<w:sectPr", "<w:fldSimple/><w:sectPr"),
    ("docx", "word/document.xml", "<w:sectPr", '<w:hyperlink w:tgtFrame="PLANT"/><w:sectPr'),
    ("docx", "word/document.xml", "<w:sectPr", '<wp:docPr id="1" hidden="1"/><w:sectPr'),
    ("docx", "word/styles.xml", 'w:val="Style 1"', 'w:val="PLANT"'),
    ("docx", "word/styles.xml", 'w:styleId="Style1"', 'w:styleId="PLANT office"'),
    ("docx", "word/numbering.xml", "<w:lvl ", '<w:lvl w:tplc="50504C41" '),
    ("docx", "word/settings.xml", "http://schemas.microsoft.com/office/word", "urn:PLANT"),
    ("odt", "content.xml", 'text:name="n1"', 'text:name="PLANT"'),
    ("odt", "content.xml", "ooow:seq1+1", "ooow:PLANT+seq1"),
    ("odt", "content.xml", "<text:list ", '<text:list text:condition="PLANT" '),
    ("odt", "content.xml", "<text:list ", '<text:list xlink:href="../PLANT" '),
    ("odt", "content.xml", "<text:list ", "<text:toc-mark /><text:list "),
    ("odt", "settings.xml", ">true<", ">PLANT printer<"),
])  # fmt: skip
def test_second_look_finds_each_unclean_detail(kind, name, clean, unclean):
    content, _ = cleaned(MAKERS[kind](), kind)
    text = part(content, name)
    assert clean in text
    with pytest.raises(UnreadableError, match="unclean"):
        check_clean_copy(altered(content, **{name: text.replace(clean, unclean, 1).encode()}), kind)
