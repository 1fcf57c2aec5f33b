"""Font programs with a mark wherever they speak of makers and owners, in PDFs that show something with them."""

import io
from pathlib import Path

import pikepdf
import reportlab
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from pikepdf import Array, Dictionary, Name

VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
TYPE1 = (
    rb"""%!PS-AdobeFont-1.0: PLANT-title 001.001
%%CreationDate: PLANT-date
/FontInfo 9 dict dup begin
/version (PLANT-version) readonly def
/Notice (PLANT \(c\) notice) readonly def
/FullName (PLANT-full) readonly def
end readonly def
/FontName /Kept def
currentfile eexec
"""
    + bytes(range(128, 256)) * 3
)


def truetype() -> bytes:
    """A TrueType font with marks in its names, in tables that readers do not know, and a day on which it was made."""
    font, file = TTFont(VERA), io.BytesIO()
    for number in (0, 1, 3, 4, 9, 13):
        font["name"].setName(f"PLANT-name-{number}", number, 3, 1, 0x409)
        font["name"].setName(f"PLANT-name-{number}", number, 1, 0, 0)
    for tag in ("FFTM", "DSIG", "PLAN"):
        font.tables[tag] = DefaultTable(tag)
        font.tables[tag].data = b"PLANT-table"
    font.save(file)
    return file.getvalue()


def opentype() -> bytes:
    """An OpenType font whose letters A and B are squares, drawn by CFF, with marks in all its words."""
    pen = T2CharStringPen(600, None)
    pen.moveTo((0, 0))
    for point in ((500, 0), (500, 500), (0, 500)):
        pen.lineTo(point)
    pen.closePath()
    square = pen.getCharString()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "A", "B"])
    builder.setupCharacterMap({65: "A", 66: "B"})
    words = {"FullName": "PLANT-full", "FamilyName": "PLANT-family", "Notice": "PLANT-notice",
             "Copyright": "PLANT-copyright", "version": "PLANT-version"}  # fmt: skip
    builder.setupCFF("PLANT-font", words, dict.fromkeys([".notdef", "A", "B"], square), {})
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", "A", "B"], (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "PLANT-name", "copyright": "PLANT-name"})
    builder.setupOS2()
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def bare_cff() -> bytes:
    """The CFF of that font by itself."""
    with TTFont(io.BytesIO(opentype())) as font:
        return font.getTableData("CFF ")


def pdf(program: bytes, key: str, text: str = "AB", **keys) -> bytes:
    """A PDF of one page with some words in a font of this program."""
    file = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(400, 200))
        descriptor = made.make_indirect(
            Dictionary(Type=Name.FontDescriptor, FontName=Name("/Kept"), Flags=32, FontBBox=Array([0, -200, 1000, 900]),
                       ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700, StemV=80)
        )  # fmt: skip
        descriptor[f"/{key}"] = made.make_stream(program, **({"Length1": len(program)} | keys))
        font = Dictionary(Type=Name.Font, Subtype=Name.TrueType if key == "FontFile2" else Name.Type1,
                          BaseFont=Name("/Kept"), Encoding=Name.WinAnsiEncoding, FirstChar=32, LastChar=126,
                          Widths=Array([600] * 95), FontDescriptor=descriptor)  # fmt: skip
        page.Resources = Dictionary(Font=Dictionary(F=made.make_indirect(font)))
        page.Contents = made.make_stream(f"BT /F 40 Tf 20 80 Td ({text}) Tj ET".encode())
        made.save(file)
    return file.getvalue()
