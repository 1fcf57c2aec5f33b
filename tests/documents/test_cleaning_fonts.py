import io
from collections import Counter

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Name

from documents.cleaning import fonts, leftovers, pdf
from documents.reading.pdf import pages
from tests import planted, planted_fonts

EMBEDDED = {
    "truetype": (planted_fonts.truetype, "FontFile2", {}),
    "opentype": (planted_fonts.opentype, "FontFile3", {"Subtype": Name.OpenType}),
    "cff": (planted_fonts.bare_cff, "FontFile3", {"Subtype": Name.Type1C}),
}


def picture(data):
    return pypdfium2.PdfDocument(data)[0].render(scale=2).to_numpy().tobytes()


@pytest.mark.parametrize("kind", EMBEDDED)
def test_words_go_and_letters_stay_to_the_pixel(kind):
    make, key, keys = EMBEDDED[kind]
    data, found = planted_fonts.pdf(make(), key, **keys), Counter()
    assert planted.left(data)
    content = pdf.clean(data, found)
    leftovers.check(content, "pdf")
    assert planted.left(content) == []
    assert picture(content) == picture(data)
    assert picture(data) != picture(planted_fonts.pdf(make(), key, text="  ", **keys))
    assert list(pages(content)) == list(pages(data)) == ["AB"]
    assert +found == {"properties": 1}
    assert pdf.clean(content, Counter()) == content


def test_what_remains_is_a_font():
    found = Counter()
    font = TTFont(io.BytesIO(fonts.clean(planted_fonts.truetype(), found)))
    assert "name" not in font
    assert font.reader["head"][20:36] == bytes(16)
    assert font.getGlyphOrder() == TTFont(planted_fonts.VERA).getGlyphOrder()


def test_the_open_part_of_type_1_loses_its_words_and_no_byte():
    found = Counter()
    cleaned = fonts.clean(planted_fonts.TYPE1, found)
    assert b"PLANT" not in cleaned
    assert b"/FontName /Kept def" in cleaned
    assert cleaned.startswith(b"%!PS-AdobeFont-1.0")
    assert len(cleaned) == len(planted_fonts.TYPE1)
    assert cleaned[cleaned.index(b"eexec") :] == planted_fonts.TYPE1[planted_fonts.TYPE1.index(b"eexec") :]
    assert fonts.clean(cleaned, Counter()) == cleaned


@pytest.mark.parametrize("data", [b"", b"\0\1\0\0", b"\0\1\0\0\xff\xff" + b"x" * 40, b"\1\0\4\1\xff\xff", b"anything"])
def test_what_is_no_font_is_left(data):
    found = Counter()
    assert fonts.clean(data, found) == data
    assert +found == {}


def test_the_length_of_a_program_is_told_anew():
    content = pdf.clean(planted_fonts.pdf(planted_fonts.truetype(), "FontFile2"), Counter())
    with pikepdf.open(io.BytesIO(content)) as opened:
        program = opened.pages[0].Resources.Font.F.FontDescriptor.FontFile2
        assert int(program.Length1) == len(program.read_bytes())
