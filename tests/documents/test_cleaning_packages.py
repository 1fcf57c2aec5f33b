"""The packages of office files: which parts the new one has, and what refers to them."""

import io
import zipfile
from collections import Counter

import pytest
from lxml import etree

from documents.cleaning.new_names import NewNames
from documents.cleaning.odf.names import rename_in_trees
from documents.cleaning.odf.package import clean_odt
from documents.cleaning.ooxml.drawings import drop_unshown_text
from documents.cleaning.ooxml.package import clean_docx
from documents.errors import UnreadableError
from tests import files, planted, planted_office
from tests.documents.test_upload_checks import altered
from tests.planted_office import R, W, relations, zipped

VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
CONTENT = planted_office.files_types()
WORDS = "<w:p><w:r><w:t>SHOWN</w:t></w:r></w:p>"
IMAGE = '<w:p><w:r><w:pict><v:shape><v:imagedata r:id="{}"/></v:shape></w:pict></w:r></w:p>'


def docx(body: str, inside=(), outside=(), **parts) -> bytes:
    return zipped({
        "[Content_Types].xml": CONTENT, "_rels/.rels": relations([("a", "officeDocument", "word/document.xml")]),
        "word/document.xml": f"<w:document {W} {R} {VML}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(inside, outside), **parts,
    })  # fmt: skip


def cleaned(data: bytes) -> tuple[dict[str, str], Counter]:
    found = Counter()
    with zipfile.ZipFile(io.BytesIO(clean_docx(data, found))) as archive:
        return {name: archive.read(name).decode("utf8", "replace") for name in archive.namelist()}, +found


def test_document_without_its_main_part_is_damaged():
    for data in (
        altered(files.docx(), **{"_rels/.rels": relations([]).encode()}),
        altered(files.docx(), **{"_rels/.rels": relations([("a", "officeDocument", "word/none.xml")]).encode()}),
        zipped({"[Content_Types].xml": CONTENT}),
    ):
        with pytest.raises(UnreadableError, match="damaged"):
            clean_docx(data, Counter())
    with pytest.raises(UnreadableError, match="damaged"):
        clean_odt(zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), Counter())


def test_part_that_is_used_twice_is_there_once():
    header = f"<w:hdr {W}>{WORDS}</w:hdr>"
    section = '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="{}"/></w:sectPr></w:pPr></w:p>'
    body = WORDS + section.format("h1") + section.format("h2") + IMAGE.format("i1") + IMAGE.format("i2")
    used = [
        ("h1", "header", "head.xml"),
        ("h2", "header", "head.xml"),
        ("i1", "image", "a.png"),
        ("i2", "image", "a.png"),
    ]
    parts, found = cleaned(docx(body, used, **{"word/head.xml": header, "word/a.png": files.png((9, 9))}))
    assert sorted(name for name in parts if "header" in name or "media" in name) == [
        "word/header1.xml", "word/media/image1.png",
    ]  # fmt: skip
    assert parts["word/_rels/document.xml.rels"].count('Target="/word/header1.xml"') == 2
    assert found == {}


def test_header_that_no_page_shows_is_counted_if_it_says_something():
    for words, count in ((WORDS, 1), ("<w:p/>", 0)):
        parts, found = cleaned(
            docx(WORDS, [("h", "header", "head.xml")], **{"word/head.xml": f"<w:hdr {W}>{words}</w:hdr>"})
        )
        assert not [name for name in parts if "header" in name]
        assert found["hidden_text"] == count
    assert cleaned(docx(WORDS, [("h", "header", "none.xml")]))[1] == {}


@pytest.mark.parametrize(
    ("address", "kept", "count"),
    [("https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&amp;b=2", 0), ("#Mark", "#b1", 0),
     ("mailto:a@example.org", "mailto:a@example.org", 0), ("file:///PLANT", None, 1), ("PLANT.docx", None, 1),
     ("https://PLANT@example.org", None, 1)],
)  # fmt: skip
def test_link_to_the_web_or_to_a_place_stays(address, kept, count):
    body = '<w:p><w:hyperlink r:id="l" w:anchor="PLANT"><w:r><w:t>SHOWN</w:t></w:r></w:hyperlink></w:p>'
    parts, found = cleaned(docx(body, [], [("l", "hyperlink", address)]))
    assert found["links"] == count
    assert "SHOWN" in parts["word/document.xml"]
    if kept:
        assert f'Target="{kept}" TargetMode="External"' in parts["word/_rels/document.xml.rels"]
    else:
        assert "word/_rels/document.xml.rels" not in parts
        assert "anchor" not in parts["word/document.xml"]


def test_properties_are_counted_one_by_one():
    core = "<a><creator>A</creator><lastModifiedBy>B</lastModifiedBy><title>C</title><subject/><x><y>D</y></x></a>"
    data = altered(docx(WORDS), **{
        "docProps/core.xml": core.encode(),
        "_rels/.rels": relations([
            ("a", "officeDocument", "word/document.xml"), ("b", "core-properties", "docProps/core.xml"),
            ("c", "custom-properties", "docProps/none.xml"), ("d", "thumbnail", "a.png"), ("e", "unknown", "a"),
        ]).encode(),
        "word/embeddings/a.bin": b"PLANT",
    })  # fmt: skip
    found = cleaned(data)[1]
    assert found == {"authors": 2, "properties": 2, "previews": 1, "objects": 1}


def diagram(*texts: str) -> etree._Element:
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    return etree.fromstring(
        f'<a:x xmlns:a="{space}">' + "".join(f"<a:p><a:r><a:t>{one}</a:t></a:r></a:p>" for one in texts) + "</a:x>"
    )


@pytest.mark.parametrize(
    ("shown", "kept", "count"),
    [
        (["one", "two  words"], ["one", "two words"], 1),
        (["three"], ["three"], 2),
        ([""], ["one", "two words", "three"], 0),
        ([], ["one", "two words", "three"], 0),
    ],
)
def test_words_of_a_diagram_that_its_drawing_does_not_show_go(shown, kept, count):
    data, found = diagram("one", "two words", "three", ""), Counter()
    drop_unshown_text(data, diagram(*shown), found)
    assert [text for text in data.itertext() if text] == kept
    assert found["hidden_text"] == count


@pytest.mark.parametrize(
    ("address", "kept", "count"),
    [("https://example.org/", "https://example.org/", 0), ("#Place", "#n1", 0), ("file:///PLANT", None, 1),
     ("../PLANT.odt", None, 1), ("./PLANT.odt", None, 1)],
)  # fmt: skip
def test_shape_of_an_open_document_keeps_a_link_to_the_web_or_to_a_place(address, kept, count):
    shape = f'<draw:frame xlink:href="{address}"><draw:text-box><text:p>SHOWN</text:p></draw:text-box></draw:frame>'
    body = f"<office:body><office:text><text:p>{shape}</text:p></office:text></office:body>"
    data = zipped({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {planted_office.NAMES}>{body}</office:document-content>",
    })  # fmt: skip
    found = Counter()
    content = clean_odt(data, found)
    assert planted.left(content) == []
    assert found["links"] == count
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read("content.xml").decode()
    assert "SHOWN" in part
    assert (f'href="{kept}"' in part) if kept else ("href" not in part)


def test_details_of_an_open_document_are_counted_one_by_one():
    meta = (
        "<meta:initial-creator>A</meta:initial-creator><dc:creator>B</dc:creator><meta:printed-by>C</meta:printed-by>"
        "<dc:title>D</dc:title><meta:generator>E</meta:generator><dc:subject/><meta:x><meta:y>F</meta:y></meta:x>"
    )
    data = altered(files.odt(["SHOWN"]), **{
        "meta.xml": f"<office:document-meta {planted_office.NAMES}>{meta}</office:document-meta>".encode(),
        "Thumbnails/a.png": b"PLANT", "Thumbnails/b.png": b"PLANT", "Basic/a": b"PLANT", "Fonts/a": b"PLANT",
    })  # fmt: skip
    found = Counter()
    clean_odt(data, found)
    assert +found == {"authors": 3, "properties": 3, "previews": 2, "programs": 1, "objects": 1}


@pytest.mark.parametrize(
    ("definition", "use"),
    [
        ('<text:list-style style:name="PLANT"/>', '<text:list text:style-name="PLANT"/>'),
        ('<text:outline-style style:name="PLANT"/>', '<style:style style:list-style-name="PLANT"/>'),
        ('<draw:gradient draw:name="PLANT"/>', '<draw:x draw:fill-gradient-name="PLANT"/>'),
        ('<draw:hatch draw:name="PLANT"/>', '<draw:x draw:fill-hatch-name="PLANT"/>'),
        ('<draw:fill-image draw:name="PLANT"/>', '<draw:x draw:fill-image-name="PLANT"/>'),
        ('<draw:opacity draw:name="PLANT"/>', '<draw:x draw:opacity-name="PLANT"/>'),
        ('<draw:marker draw:name="PLANT"/>', '<draw:x draw:marker-start="PLANT" draw:marker-end="PLANT"/>'),
        ('<draw:stroke-dash draw:name="PLANT"/>', '<draw:x draw:stroke-dash="PLANT"/>'),
        ('<draw:layer draw:name="PLANT"/>', '<draw:x draw:layer="PLANT"/>'),
        ('<table:table-template table:name="PLANT"/>', '<table:table table:template-name="PLANT"/>'),
        ('<svg:linearGradient draw:name="PLANT"/>', '<draw:x draw:fill-gradient-name="PLANT"/>'),
        ('<style:master-page style:name="PLANT"/>', '<style:style style:master-page-name="PLANT"/>'),
        ('<style:page-layout style:name="PLANT"/>', '<style:master-page style:page-layout-name="PLANT"/>'),
        ('<style:style style:name="PLANT"/>', '<text:p text:class-names="Standard PLANT"/>'),
        ('<style:style style:name="PLANT"/>', '<draw:x draw:stroke-dash-names="PLANT PLANT"/>'),
    ],
)
def test_style_of_an_open_document_gets_one_new_name_with_all_that_refers_to_it(definition, use):
    tree = etree.fromstring(f"<office:x {planted_office.NAMES}>{definition}{use}</office:x>")
    rename_in_trees([tree], NewNames(Counter()))
    assert list(tree[0].attrib.values()) == ["s1"]
    assert {word for value in tree[1].attrib.values() for word in value.split()} - {"Standard"} == {"s1"}


def test_other_things_of_an_open_document_are_numbered_by_themselves():
    body = '<text:bookmark text:name="PLANT"/><style:style style:name="PLANT"/><draw:frame draw:name="PLANT"/>'
    tree = etree.fromstring(f"<office:x {planted_office.NAMES}>{body}</office:x>")
    rename_in_trees([tree], NewNames(Counter()))
    assert [value for one in tree for value in one.attrib.values()] == ["n1", "s1", "n1"]


def test_prefixes_of_formulas_stay_and_those_that_nothing_uses_go():
    spaces = 'xmlns:ooow="http://openoffice.org/2004/writer" xmlns:presentation="urn:PLANT"'
    field = '<text:sequence text:name="Table" text:formula="ooow:Table+1">1</text:sequence>'
    data = altered(files.odt(["SHOWN"]), **{
        "content.xml": f"<office:document-content {planted_office.NAMES} {spaces}><office:body><office:text>"
        f"<text:p>{field}</text:p></office:text></office:body></office:document-content>".encode(),
    })  # fmt: skip
    content = clean_odt(data, Counter())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read("content.xml").decode()
    assert 'xmlns:ooow="http://openoffice.org/2004/writer"' in part
    assert 'text:formula="ooow:Table+1"' in part
    assert planted.left(content) == []


def test_numbered_captions_and_what_refers_to_them_get_one_new_name():
    body = (
        '<text:sequence text:name="Own" text:ref-name="PLANT" text:formula="ooow:Own+1"/>'
        '<text:sequence-ref text:ref-name="PLANT"/><text:sequence text:name="Table" text:formula="PLANT"/>'
        '<text:x text:formula="PLANT"/>'
    )
    tree = etree.fromstring(f"<office:x {planted_office.NAMES}>{body}</office:x>")
    rename_in_trees([tree], NewNames(Counter()))
    assert [list(one.attrib.values()) for one in tree] == [
        ["seq1", "ref1", "ooow:seq1+1"], ["ref1"], ["Table", "ooow:Table+1"], [],
    ]  # fmt: skip
