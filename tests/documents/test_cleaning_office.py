import io
import re
import zipfile
from collections import Counter

import mammoth
import pytest
from docx import Document as Docx
from odf.opendocument import load

from documents.apart.faults import Unreadable
from documents.cleaning import docx, leftovers, odt
from documents.models import Removed
from documents.reading import docx as read_docx
from documents.reading import odt as read_odt
from tests import files, planted, planted_charts, planted_names, planted_office
from tests.documents.test_checks import altered

CLEANERS = {"docx": docx, "odt": odt}
READERS = {"docx": read_docx, "odt": read_odt}
MAKERS = {"docx": planted_office.docx, "odt": planted_office.odt}


def cleaned(kind: str) -> tuple[bytes, Counter]:
    found = Counter()
    content = CLEANERS[kind].clean(MAKERS[kind](), found, kind)
    return content, +found


@pytest.mark.parametrize("kind", CLEANERS)
def test_no_mark_is_left_and_what_the_document_shows_is(kind):
    data = MAKERS[kind]()
    content, found = cleaned(kind)
    assert planted.left(content) == []
    leftovers.check(content, kind)
    words = " ".join(READERS[kind].pages(content))
    assert words.count("SHOWN") == data_shown(data)
    assert f"SHOWN first {planted.ARABIC} {planted.CHINESE}" in words
    assert found.keys() <= set(Removed.values)


@pytest.mark.parametrize("strict", [False, True])
def test_charts_diagrams_and_names_tell_nothing_and_show_what_they_show(strict):
    found = Counter()
    content = docx.clean(planted_charts.docx(strict=strict), found)
    leftovers.check(content, "docx")
    assert planted.left(content) == []
    assert b"purl.oclc.org" not in b"".join(planted.all_bytes(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    shown = {"word/charts/chart1.xml": ["chart", "series"], "word/diagrams/data1.xml": ["box"],
             "word/diagrams/drawing1.xml": ["box"],
             "word/document.xml": ["styled", "heading", "inner link", "ref", "hyperlink", "seq", "styleref", "toc",
                                   "quote", "page"]}  # fmt: skip
    for name, words in shown.items():
        assert [word for word in words if f"SHOWN {word}" not in parts[name]] == []
    assert parts["word/document.xml"].count("<w:drawing>") == 2  # a drawing without its chart is none
    assert {"attachments", "fields"} <= found.keys()


def test_the_whole_planted_document_in_the_strict_edition():
    with zipfile.ZipFile(io.BytesIO(planted_office.docx())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    named = {n: planted_charts.in_strict(p.decode()) if n.endswith((".xml", ".rels")) else p for n, p in parts.items()}
    data = planted_office.zipped(named)
    assert data_shown(data) == data_shown(planted_office.docx())
    content = docx.clean(data, Counter())
    leftovers.check(content, "docx")
    assert planted.left(content) == []
    assert list(read_docx.pages(content)) == list(read_docx.pages(cleaned("docx")[0]))


def test_styles_and_bookmarks_work_by_their_new_names():
    content = docx.clean(planted_charts.docx(), Counter())
    styled, heading, listed, *_ = Docx(io.BytesIO(content)).paragraphs
    assert (styled.style.name, styled.style.base_style.name, styled.style.font.italic) == ("Style3", "Heading 1", True)
    assert styled.runs[0].style.font.bold
    assert heading.style.name == "Heading 1"
    assert listed.style.name == "Normal"
    html = mammoth.convert_to_html(io.BytesIO(content)).value
    assert "<h1>" in html
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert 'w:name="b1"' in xml
    assert 'w:anchor="b1"' in xml
    assert " REF b1 \\h " in xml
    assert "PAGEREF b1" in xml
    assert docx.clean(content, Counter()) == content


def test_names_in_an_open_document_tell_nothing_and_still_lead_where_they_led():
    data, found = planted_names.odt(), Counter()
    content = odt.clean(data, found)
    leftovers.check(content, "odt")
    assert planted.left(content) == []
    words = " ".join(read_odt.pages(content))
    assert words.count("SHOWN") == data_shown(data) - 1  # a link names a heading by its words
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text, styles = archive.read("content.xml").decode(), archive.read("styles.xml").decode()
    assert 'xlink:href="#1.SHOWN heading|outline"' in text
    place = re.search(r'<text:bookmark-start text:name="([^"]+)"', text)[1]
    assert f'xlink:href="#{place}"' in text
    table = re.search(r'<table:table table:name="([^"]+)"', text)[1]
    assert f'xlink:href="#{table}|table"' in text
    style = re.search(r'style:name="P1" style:family="paragraph" style:parent-style-name="([^"]+)"', text)[1]
    assert f'<style:style style:name="{style}" style:family="paragraph" style:parent-style-name="Standard"' in styles
    assert odt.clean(content, Counter()) == content


def data_shown(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = "word/document.xml" if "word/document.xml" in archive.namelist() else "content.xml"
        return archive.read(name).decode().count("SHOWN")


@pytest.mark.parametrize("kind", CLEANERS)
def test_a_plain_document_reads_the_same(kind):
    data = getattr(files, kind)(["One", f"{planted.ARABIC} {planted.CHINESE} 𠮷", "a & <b> % three"])
    content = CLEANERS[kind].clean(data, Counter(), kind)
    assert list(READERS[kind].pages(content)) == list(READERS[kind].pages(data))


def test_report_of_a_word_document():
    expected = {"authors", "properties", "comments", "changes", "hidden_text", "fields", "file_names", "places",
                "picture_details", "pictures", "previews", "attachments", "objects", "settings", "links",
                "marks"}  # fmt: skip
    assert expected <= cleaned("docx")[1].keys()


def test_report_of_an_open_document():
    expected = {"authors", "properties", "comments", "changes", "hidden_text", "fields", "file_names", "places",
                "picture_details", "pictures", "previews", "objects", "settings", "links", "programs", "forms",
                "signatures", "history"}  # fmt: skip
    assert expected <= cleaned("odt")[1].keys()


def test_readers_open_the_copies_and_find_header_link_and_pictures():
    content, _ = cleaned("docx")
    document = Docx(io.BytesIO(content))
    assert document.sections[0].header.paragraphs[0].text == "SHOWN header!"
    assert "SHOWN joined with the next" in [paragraph.text for paragraph in document.paragraphs]
    html = mammoth.convert_to_html(io.BytesIO(content)).value
    assert '<a href="https://example.org/?a=1&amp;b">SHOWN good link</a>' in html
    assert html.count("<img") >= 3
    opened = load(io.BytesIO(cleaned("odt")[0]))
    assert "SHOWN header" in str(opened.masterstyles)


@pytest.mark.parametrize("kind", CLEANERS)
def test_a_clean_copy_stays_as_it_is(kind):
    content, _ = cleaned(kind)
    found = Counter()
    assert CLEANERS[kind].clean(content, found, kind) == content
    assert +found == Counter()


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]><a>&a;</a>'


@pytest.mark.parametrize(("kind", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_entities_are_refused(kind, part):
    data = altered(files.docx() if kind == "docx" else files.odt(), **{part: BOMB})
    with pytest.raises(ValueError, match="declaration"):
        CLEANERS[kind].clean(data, Counter(), kind)


@pytest.mark.parametrize(("kind", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_bombs_are_refused(kind, part):
    data = altered(files.docx() if kind == "docx" else files.odt(), **{part: b" " * (64 * 1024 * 1024 + 1)})
    with pytest.raises(Unreadable, match="too_large_text"):
        CLEANERS[kind].clean(data, Counter(), kind)


@pytest.mark.parametrize("kind", CLEANERS)
def test_the_second_look_finds_what_the_first_would_leave(kind):
    with pytest.raises(Unreadable, match="unclean"):
        leftovers.check(MAKERS[kind](), kind)
