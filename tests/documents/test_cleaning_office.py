import io
import zipfile
from collections import Counter

import pytest
from docx import Document as Docx
from lxml import etree
from lxml.etree import XMLSyntaxError
from PIL import Image

from documents.cleaning.odf.package import clean_odt
from documents.cleaning.ooxml.package import clean_docx
from documents.cleaning.second_look import check_clean_copy
from documents.errors import UnreadableError
from documents.models import Fault, Removed
from documents.reading import docx as read_docx
from documents.reading import odt as read_odt
from tests import files, planted, planted_office
from tests.documents.test_upload_checks import altered

CLEANERS = {"docx": clean_docx, "odt": clean_odt}
READERS = {"docx": read_docx, "odt": read_odt}
MAKERS = {"docx": planted_office.docx, "odt": planted_office.odt}


def cleaned(kind: str) -> tuple[bytes, Counter]:
    found = Counter()
    content = CLEANERS[kind](MAKERS[kind](), found)
    return content, +found


@pytest.mark.parametrize("kind", CLEANERS)
def test_marks_are_removed_and_all_that_is_shown_stays(kind):
    data = MAKERS[kind]()
    content, found = cleaned(kind)
    assert planted.left(content) == []
    check_clean_copy(content, kind)
    words = " ".join(READERS[kind].pages(content))
    assert words.count("SHOWN") == data_shown(data)
    assert f"SHOWN first {planted.ARABIC} {planted.CHINESE}" in words
    assert found.keys() <= set(Removed.values)


def data_shown(data: bytes) -> int:
    """Return how often a file shows the word, in its text and its headers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(archive.read(name).count(b"SHOWN") for name in archive.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize("kind", CLEANERS)
def test_text_of_a_plain_document_is_unchanged(kind):
    data = getattr(files, kind)(["One", f"{planted.ARABIC} {planted.CHINESE} 𠮷", "a & <b> % three"])
    content = CLEANERS[kind](data, Counter())
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


def test_other_programs_open_the_copies_and_find_header_link_and_pictures():
    content, _ = cleaned("docx")
    document = Docx(io.BytesIO(content))
    assert document.sections[0].header.paragraphs[0].text == "SHOWN header!"
    assert "SHOWN joined with the next" in [paragraph.text for paragraph in document.paragraphs]
    links = [(link.address, link.text) for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    assert ("https://example.org/?a=1&b", "SHOWN good link") in links
    shown = document.element.body.xpath(".//a:blip/@r:embed | .//*[local-name() = 'imagedata']/@r:id")
    assert len(shown) >= 3
    for relationship in shown:
        Image.open(io.BytesIO(document.part.related_parts[relationship].blob)).load()
    with zipfile.ZipFile(io.BytesIO(cleaned("odt")[0])) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.testzip() is None
        styles = etree.fromstring(archive.read("styles.xml"))
    (masters,) = styles.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}master-styles")
    assert "SHOWN header" in "".join(masters.itertext())


@pytest.mark.parametrize("kind", CLEANERS)
def test_clean_copy_is_unchanged_by_cleaning(kind):
    content, _ = cleaned(kind)
    found = Counter()
    assert CLEANERS[kind](content, found) == content
    assert +found == Counter()


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]><a>&a;</a>'


@pytest.mark.parametrize(("kind", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_a_document_type_definition_is_called_what_it_is(kind, part):
    data = files.docx() if kind == "docx" else files.odt()
    grown = b"".join(b'<!ENTITY %c "%b">' % (99 + at, b"&%c;" % (98 + at) * 20) for at in range(8))
    bomb = b'<!DOCTYPE a [<!ENTITY b "b">%b]><a>&j;</a>' % grown
    introduced = b'<?xml version="1.0"?>\n<!-- a - comment --> <?an instruction?> ' + bomb
    in_utf16 = ('<?xml version="1.0" encoding="utf-16"?>' + bomb.decode()).encode("utf-16")
    for content in (BOMB, bomb, introduced, in_utf16, b"<!DOCTYPE a><a/>"):
        with pytest.raises(UnreadableError) as caught:
            CLEANERS[kind](altered(data, **{part: content}), Counter())
        assert caught.value.fault == Fault.DTD
    with pytest.raises(XMLSyntaxError):  # the words alone are none
        CLEANERS[kind](altered(data, **{part: b"<a><!-- <!DOCTYPE a> --><b></a>"}), Counter())


@pytest.mark.parametrize(("kind", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_zip_bombs_are_rejected(kind, part):
    data = altered(files.docx() if kind == "docx" else files.odt(), **{part: b" " * (64 * 1024 * 1024 + 1)})
    with pytest.raises(UnreadableError, match="unpacked"):
        CLEANERS[kind](data, Counter())


@pytest.mark.parametrize("kind", CLEANERS)
def test_second_look_rejects_an_uncleaned_file(kind):
    with pytest.raises(UnreadableError, match="unclean"):
        check_clean_copy(MAKERS[kind](), kind)
