import io
import zlib
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.second_look import check_clean_copy
from documents.errors import UnreadableError
from documents.models import Kept, Removed
from documents.reading.pdf import pages
from tests import files, planted, planted_pdf

TRANSPARENT = pikepdf.Dictionary(S=pikepdf.Name.Transparency)


def cleaned(data: bytes) -> tuple[bytes, Counter]:
    found = Counter()
    content = clean_pdf(data, found)
    check_clean_copy(content, "pdf")
    return content, +found


@pytest.fixture(scope="module")
def full():
    return cleaned(planted_pdf.pdf())


def chinese() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.setFont("STSong-Light", 14)
    canvas.drawString(72, 700, planted.CHINESE)
    canvas.save()
    return file.getvalue()


def test_marks_are_removed_and_all_that_is_shown_stays(full):
    data = planted_pdf.pdf()
    assert b"PLANT" in data
    assert planted.left(full[0]) == []
    first, second = pages(full[0])
    assert first.count("SHOWN") == 4
    assert second.count("SHOWN") == 2


def test_report_counts_what_was_there(full):
    expected = {"authors", "properties", "comments", "history", "hidden_text", "file_names", "places",
                "picture_details", "previews", "attachments", "programs", "links", "forms", "signatures",
                "settings"}  # fmt: skip
    assert expected <= full[1].keys() <= {*Removed.values, *Kept.values}


def test_links_bookmarks_language_and_structure_stay(full):
    with pikepdf.open(io.BytesIO(full[0])) as opened:
        assert str(opened.Root.Lang) == "ar"
        assert opened.Root.ViewerPreferences.Direction == "/R2L"
        item = opened.Root.Outlines.First
        assert (str(item.Title), item.Dest[0].objgen) == ("SHOWN bookmark", opened.pages[0].obj.objgen)
        links = list(opened.pages[1].obj.Annots)
        assert [str(link.A.URI) for link in links if "/A" in link] == ["https://example.org/"]
        assert [link.Dest[0].objgen for link in links if "/Dest" in link] == [opened.pages[0].obj.objgen]
        element, lost = opened.Root.StructTreeRoot.K
        assert element.Pg.objgen == opened.pages[0].obj.objgen
        assert ("/Pg" in lost, str(lost.Alt)) == (False, "SHOWN words")


@pytest.mark.parametrize(
    "data",
    [files.pdf(["One", "", "Three\nlines"]), Path(__file__).with_name("arabic.pdf").read_bytes(), chinese()],
)
def test_text_of_each_page_is_unchanged(data):
    content, _ = cleaned(data)
    assert list(pages(content)) == list(pages(data))


def test_clean_copy_is_unchanged_by_cleaning(full):
    content, found = cleaned(full[0])
    assert found == {}
    assert content == full[0]


def test_lock_against_printing_is_removed():
    content, found = cleaned(files.owner_locked_pdf())
    assert found["lock"] == 1
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert not opened.is_encrypted
    assert list(pages(content)) == ["For all to read"]


def test_password_is_a_fault():
    with pytest.raises(UnreadableError, match="locked"):
        clean_pdf(files.encrypted_pdf(), Counter())


def test_second_look_rejects_an_uncleaned_file():
    with pytest.raises(UnreadableError, match="unclean"):
        check_clean_copy(planted_pdf.pdf(), "pdf")


def test_picture_that_cannot_be_cleaned_turns_white():
    with pikepdf.open(io.BytesIO(files.pdf())) as made:
        made.pages[0].obj.Resources.XObject = pikepdf.Dictionary(
            Im0=planted_pdf._image(made, b"\xff\xd8PLANT", Filter=pikepdf.Name.DCTDecode)
        )
        made.pages[0].contents_add(b"/Im0 Do")
        file = io.BytesIO()
        made.save(file)
    content, found = cleaned(file.getvalue())
    assert found["pictures"] == 1
    assert planted.left(content) == []


@pytest.mark.parametrize("entry", [b"/Metadata null ", b"/Metadata 99 0 R ", b"/PLANT null ", b"/PLANT 99 0 R "])
@pytest.mark.parametrize("holder", [b"/Type /Catalog", b"/Type /Page\n", b"/Type /Font", b"/ProcSet", b"/Root"])
def test_entry_that_is_null_or_refers_to_nothing_is_no_damage(entry, holder):
    data = files.pdf(["Hello"])
    assert holder in data
    content, _ = cleaned(data.replace(holder, entry + holder, 1))
    assert planted.left(content) == []
    assert list(pages(content)) == ["Hello"]


@pytest.mark.parametrize("entries", [b"/XObject << /PLANT null /Y 99 0 R >>", b"/Properties << /PLANT 99 0 R >>"])
def test_resource_that_is_null_or_refers_to_nothing_is_no_damage(entries):
    content, _ = cleaned(files.pdf(["Hello"]).replace(b"/ProcSet", entries + b" /ProcSet", 1))
    assert planted.left(content) == []
    assert list(pages(content)) == ["Hello"]


@pytest.mark.parametrize("place", ["/Resources", "/Group", "/Trans"])
def test_a_stream_where_a_dictionary_belongs_loses_its_data(place):
    with pikepdf.open(io.BytesIO(files.pdf(["SHOWN"]))) as made:
        page, file = made.pages[0].obj, io.BytesIO()
        stream = made.make_stream(zlib.compress(b"PLANT data"), dict(page.get(place, TRANSPARENT)))
        stream.Filter, stream.PLANTkey = pikepdf.Name.FlateDecode, pikepdf.String("PLANT")
        page[place] = made.make_indirect(stream)
        made.save(file)
    assert len(planted.left(file.getvalue())) > 1
    content = clean_pdf(file.getvalue(), Counter())
    check_clean_copy(content, "pdf")
    assert planted.left(content) == []
    assert "SHOWN" in " ".join(pages(content))
