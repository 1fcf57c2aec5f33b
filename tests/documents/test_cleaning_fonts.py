import io
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet

from documents.cleaning.pdf import fonts
from documents.cleaning.pdf.cff import clean_cff
from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.second_look import check_clean_copy
from documents.errors import UnreadableError
from documents.reading.pdf import pages
from tests import drawn, planted, planted_fonts

NOTO = Path("/usr/share/fonts/truetype/noto")
MADE = {
    "TrueType": planted_fonts.true_type(),
    "Type 1": planted_fonts.type1(),
    "CFF": planted_fonts.compact(),
    "OpenType": planted_fonts.compact(whole=True),
}
SYSTEM = [
    (NOTO / "NotoNaskhArabic-Regular.ttf", planted.ARABIC),
    (NOTO / "NotoSans-Regular.ttf", "Größe Ελλάδα Україна"),
]


def cleaned(data: bytes) -> tuple[bytes, Counter]:
    found = Counter()
    content = clean_pdf(data, found)
    check_clean_copy(content, "pdf")
    return content, +found


def programs(data: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [one[key].read_bytes() for one in opened.objects if isinstance(one, pikepdf.Dictionary)
                for key in fonts.PROGRAMS if key in one]  # fmt: skip


@pytest.mark.parametrize("data", MADE.values(), ids=MADE)
def test_words_of_a_font_are_removed_and_pages_look_and_read_the_same(data):
    assert planted.left(data)
    content, found = cleaned(data)
    assert planted.left(content) == []
    assert found["properties"] >= 1
    assert len(programs(content)) == 1
    assert drawn.pictures(content) == drawn.pictures(data)
    assert list(pages(content)) == list(pages(data)) == [planted_fonts.TEXT]


@pytest.mark.parametrize("data", MADE.values(), ids=MADE)
def test_page_is_drawn_with_the_font(data):
    """Otherwise the test above would compare one substitute font with another."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        for descriptor in [one for one in opened.objects if isinstance(one, pikepdf.Dictionary)]:
            for key in set(fonts.PROGRAMS) & set(descriptor.keys()):
                del descriptor[key]
        opened.save(file)
    assert drawn.pictures(file.getvalue()) != drawn.pictures(data)


@pytest.mark.parametrize("data", MADE.values(), ids=MADE)
def test_clean_copy_is_unchanged_by_cleaning(data):
    content, _ = cleaned(data)
    assert cleaned(content) == (content, {})


@pytest.mark.parametrize(("path", "text"), [pair for pair in SYSTEM if pair[0].exists()], ids=str)
def test_system_fonts_draw_the_same(path, text):
    data = planted_fonts.true_type(path, text)
    content, _ = cleaned(data)
    assert planted.left(content) == []
    assert drawn.pictures(content) == drawn.pictures(data)
    assert list(pages(content)) == list(pages(data))


def test_length_of_the_font_program_is_updated():
    with pikepdf.open(io.BytesIO(cleaned(MADE["TrueType"])[0])) as opened:
        (program,) = [one.FontFile2 for one in opened.objects if isinstance(one, pikepdf.Dictionary)
                      and "/FontFile2" in one]  # fmt: skip
        assert program.Length1 == len(program.read_bytes())


def test_names_of_glyphs_and_character_collections_stay():
    (program,) = programs(cleaned(MADE["CFF"])[0])
    font_set = CFFFontSet()
    font_set.decompile(io.BytesIO(program), None)
    assert "PLNT.alt" in font_set[0].charset
    assert font_set[0].rawDict["Notice"].strip() == ""
    strings = clean_cff(planted_fonts.collection_strings())
    assert b"AdobeIdentity" in strings
    assert b"PLANT" not in strings


@pytest.mark.parametrize("program", [
    b"PLANT", b"", b"\0\1\0\0\0\x09PLANT", b"OTTO\0\1", b"%!PS-AdobeFont-1.0: PLANT (no part that draws)",
    b"\1\0\4\1\0\1\1PLANT-an-index-that-is-none", planted_fonts.collection_strings().replace(b"Adobe", b""),
])  # fmt: skip
def test_unreadable_font_program_is_removed(program):
    data = planted_fonts.with_program(program, "/FontFile3", Subtype=pikepdf.Name.Type1C)
    content, found = cleaned(data)
    assert found["objects"] == 1
    assert programs(content) == []
    assert list(pages(content)) == [planted_fonts.TEXT]


@pytest.mark.parametrize("data", MADE.values(), ids=MADE)
def test_second_look_finds_an_unclean_font(data, monkeypatch):
    notice = data if data is not MADE["CFF"] else planted_fonts.with_program(
        fonts.clean_font(programs(data)[0]) + b"Copyright (c) PLANT", "/FontFile3", Subtype=pikepdf.Name.Type1C
    )  # fmt: skip
    monkeypatch.setattr(fonts, "clean_font", lambda program: program)
    with pytest.raises(UnreadableError, match="unclean"):
        check_clean_copy(clean_pdf(notice, Counter()), "pdf")


def test_comments_in_a_character_map_are_removed():
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(MADE["TrueType"])) as opened:
        for font in [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one]:
            font.ToUnicode.write(b"%%Title: PLANT\n" + font.ToUnicode.read_bytes() + b"\n% PLANT")
        opened.save(file)
    content, _ = cleaned(file.getvalue())
    assert planted.left(content) == []
    assert list(pages(content)) == [planted_fonts.TEXT]
