"""Headers and footers are read with the text: readers see them, so the check before sending and search must too."""

import io
from collections import Counter

import pytest
from docx import Document as Docx

from contributions.screening import find_personal_data
from documents.cleaning.odf.package import clean_odt
from documents.cleaning.ooxml.package import clean_docx
from documents.reading import docx, odt
from tests import files
from tests.documents.test_upload_checks import altered

ADDRESS = "Write to amina@example.org"


def word(header="", footer="", even=""):
    document, file = Docx(), io.BytesIO()
    document.add_paragraph("SHOWN")
    section = document.sections[0]
    for part, words in ((section.header, header), (section.footer, footer), (section.even_page_header, even)):
        if words:
            part.is_linked_to_previous = False
            part.paragraphs[0].text = words
    document.save(file)
    return next(docx.pages(clean_docx(file.getvalue(), Counter())))


def writer(**margins):
    spaces = " ".join(f'xmlns:{name}="{files.ODF_SPACE}:{name}:1.0"' for name in ("office", "style", "text"))
    parts = "".join(
        f"<style:{kind.replace('_', '-')}><text:p>{words}</text:p></style:{kind.replace('_', '-')}>"
        for kind, words in margins.items()
    )
    styles = f"""<office:document-styles {spaces} office:version="1.3"><office:automatic-styles><style:page-layout
 style:name="L"/></office:automatic-styles><office:master-styles><style:master-page style:name="Standard"
 style:page-layout-name="L">{parts}</style:master-page></office:master-styles></office:document-styles>"""
    data = altered(files.odt(["SHOWN"]), **{"styles.xml": styles.encode()})
    return next(odt.pages(clean_odt(data, Counter())))


@pytest.mark.parametrize("read", [word, writer])
def test_headers_and_footers_follow_the_text_each_once(read):
    assert read(header=ADDRESS, footer="Page 3").split() == ["SHOWN", *ADDRESS.split(), "Page", "3"]
    assert read(header="A title", footer="A title").count("A title") == 1
    assert [one.found for one in find_personal_data([("File 1", read(footer=ADDRESS))])] == ["amina@example.org"]


@pytest.mark.parametrize("read", [word, writer])
def test_numbers_of_pages_are_no_text(read):
    assert read(header="3", footer="4/12").split() == ["SHOWN"]


def test_a_header_that_no_page_shows_is_not_read():
    assert word(even=ADDRESS).split() == ["SHOWN"]
