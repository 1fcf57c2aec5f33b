"""Documents made independently of those that the cleaner was developed with, so that they do not share its gaps."""

import io
import zipfile
from collections import Counter

import pytest

from documents.cleaning.odf.package import clean_odt
from documents.cleaning.ooxml.package import clean_docx
from documents.cleaning.second_look import check_clean_copy
from documents.reading import odt as read_odt
from tests import planted, planted_word, planted_writer


@pytest.mark.parametrize("strict", [False, True])
def test_word_document_loses_its_details_and_keeps_what_it_shows(strict):
    data, found = planted_word.docx(strict=strict), Counter()
    assert len(planted.left(data)) > 20
    content = clean_docx(data, found)
    check_clean_copy(content, "docx")
    assert planted.left(content) == []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    shown = {"word/charts/chart1.xml": ["chart", "series"], "word/diagrams/drawing1.xml": ["box"],
             "word/document.xml": ["styled", "heading", "inner link", "ref", "hyperlink", "seq", "styleref", "toc",
                                   "quote", "page"]}  # fmt: skip
    for name, words in shown.items():
        assert [word for word in words if f"SHOWN {word}" not in parts[name]] == []
    assert clean_docx(content, Counter()) == content


def test_open_document_loses_its_details_and_keeps_what_it_shows():
    data = planted_writer.odt()
    assert len(planted.left(data)) > 2
    content = clean_odt(data, Counter())
    check_clean_copy(content, "odt")
    assert planted.left(content) == []
    words = " ".join(read_odt.pages(content))
    shown = ["heading", "bookmarked", "link", "table link", "heading link", "framed", "variable", "sequence",
             "reference", "placeholder", "controlled", "section", "cell"]  # fmt: skip
    assert [word for word in shown if f"SHOWN {word}" not in words] == []
    assert clean_odt(content, Counter()) == content
