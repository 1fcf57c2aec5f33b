# ruff: noqa: E501  XML is easier to read without line breaks
import io
import zipfile
from collections import Counter

from documents.cleaning.odf.package import clean_odt
from documents.cleaning.ooxml.package import clean_docx
from documents.cleaning.second_look import check_clean_copy
from documents.reading import docx as read_docx
from documents.reading import odt as read_odt
from tests import planted
from tests.planted_office import NAMES, R, W, files_types, relations, zipped

CELL = "<table:table-cell><text:p>{}</text:p></table:table-cell>"


def open_document(table):
    body = f"<office:text><table:table table:name='T'>{table}</table:table></office:text>"
    content = f"<office:document-content {NAMES}><office:body>{body}</office:body></office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def cleaned(data, cleaner, kind):
    found = Counter()
    content = cleaner(data, found)
    check_clean_copy(content, kind)
    assert planted.left(content) == []
    assert cleaner(content, Counter()) == content
    return content, found


def test_hidden_rows_of_an_open_document_are_removed():
    rows = "".join(
        f"<table:table-row {look}>{CELL.format(words)}</table:table-row>"
        for look, words in [
            ("", "SHOWN one"),
            ('table:visibility="collapse"', "PLANT-collapsed"),
            ('table:visibility="filter"', "PLANT-filtered"),
            ('table:visibility="visible"', "SHOWN two"),
        ]
    )
    content, found = cleaned(open_document(f"<table:table-column/>{rows}"), clean_odt, "odt")
    assert " ".join(read_odt.pages(content)).count("SHOWN") == 2
    assert found["hidden_text"] == 2


def test_hidden_columns_of_an_open_document_are_emptied_but_stay():
    columns = (
        "<table:table-column/><table:table-column table:visibility='collapse' table:number-columns-repeated='2'/>"
        "<table:table-column/>"
    )
    inner = f"<table:table table:name='I'><table:table-column/><table:table-row>{CELL.format('SHOWN in')}</table:table-row></table:table>"
    words = ["SHOWN one", "PLANT-two", "PLANT-three", "SHOWN four"]
    row = (
        "".join(CELL.format(one) for one in words[:3])
        + f"<table:table-cell><text:p>SHOWN four</text:p>{inner}</table:table-cell>"
    )
    content, found = cleaned(open_document(f"{columns}<table:table-row>{row}</table:table-row>"), clean_odt, "odt")
    assert found["hidden_text"] == 2
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("content.xml").decode()
    assert (text.count("<table:table-cell"), text.count("SHOWN")) == (5, 3)


def test_hidden_rows_of_a_word_document_are_removed():
    row = "<w:tr><w:trPr>{}</w:trPr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    rows = (
        row.format("", "SHOWN one")
        + row.format("<w:hidden/>", "PLANT-row")
        + row.format('<w:hidden w:val="0"/>', "SHOWN two")
    )
    body = f"<w:document {W} {R}><w:body><w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl></w:body></w:document>"
    parts = {"[Content_Types].xml": files_types(), "word/document.xml": body,
             "_rels/.rels": relations([("a", "officeDocument", "word/document.xml")])}  # fmt: skip
    content, found = cleaned(zipped(parts), clean_docx, "docx")
    assert " ".join(read_docx.pages(content)).count("SHOWN") == 2
    assert found["hidden_text"] == 1
