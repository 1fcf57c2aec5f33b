"""PDFs with a mark in every place where a font program names its makers and owners; see `planted`.

Each maker returns a PDF of one page that shows SHOWN in the font, embedded.
"""

import io
import struct
from pathlib import Path

import pikepdf
import reportlab
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter
from pikepdf import Array, Dictionary, Name
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests import files
from tests.planted import SHOWN

FONTS = Path(reportlab.__file__).parent / "fonts"
TEXT = f"{SHOWN} in letters"
WORDS = {"Notice": "PLANT-notice", "Copyright": "PLANT-copyright", "FullName": "PLANT-full", "version": "PLANT-version",
         "FamilyName": "PLANT-family", "Weight": "PLANT-weight"}  # fmt: skip


def _written_with(font: str, text: str = TEXT) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.setFont(font, 24)
    canvas.drawString(72, 700, text)
    canvas.save()
    return file.getvalue()


def _replaced(data: bytes, key: str, change) -> bytes:
    """Return a PDF with a changed font program and updated lengths."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as made:
        for descriptor in [one for one in made.objects if isinstance(one, Dictionary) and key in one]:
            program = descriptor[key]
            program.write(change(program))
        made.save(file, static_id=True)
    return file.getvalue()


def true_type(path: Path = FONTS / "Vera.ttf", text: str = TEXT) -> bytes:
    """Return a PDF with a subset of a TrueType font and tables about it."""
    pdfmetrics.registerFont(TTFont(path.stem, path))
    return _replaced(_written_with(path.stem, text), "/FontFile2", _with_tables)


def _with_tables(program: pikepdf.Stream) -> bytes:
    reader, file = SFNTReader(io.BytesIO(program.read_bytes())), io.BytesIO()
    tables = {name: reader[name] for name in reader.keys()}  # noqa: SIM118  the reader is not a mapping
    tables |= {name: b"PLANT-table-" + name.encode() for name in ("name", "meta", "DSIG", "FFTM", "PLNT")}
    tables["head"] = tables["head"][:20] + b"PLANT-made-then." + tables["head"][36:]
    writer = SFNTWriter(file, len(tables), reader.sfntVersion)
    for name, table in sorted(tables.items()):
        writer[name] = table
    writer.close()
    program.Length1 = file.tell()
    return file.getvalue()


def type1() -> bytes:
    """Return a PDF with a Type 1 font whose clear text names its makers in strings and comments."""
    face = pdfmetrics.EmbeddedType1Face(str(FONTS / "DarkGardenMK.afm"), str(FONTS / "DarkGardenMK.pfb"))
    pdfmetrics.registerTypeFace(face)
    pdfmetrics.registerFont(pdfmetrics.Font("DarkGardenMK", face.name, "WinAnsiEncoding"))
    return _replaced(_written_with("DarkGardenMK"), "/FontFile", _with_remarks)


def _with_remarks(program: pikepdf.Stream) -> bytes:
    line, _, rest = program.read_bytes().partition(b"\n")
    words = b"".join(b"/%s (PLANT (in (three) \\) parentheses) eexec) readonly def\n" % key.encode() for key in WORDS)
    extra = line + b" PLANT-first\n%%Creator: PLANT-remark (\n%% <504C414E54>\n"
    program.Length1 = int(program.Length1) + len(extra) - len(line) - 1 + len(words)
    before, begin, after = rest.partition(b"/FontInfo ")
    first, _, others = after.partition(b"begin\n")
    return extra + before + begin + first + b"begin\n" + words + others + b"\nPLANT-after-its-end"


def _open_type() -> bytes:
    """Return a small font with CFF outlines."""
    builder = FontBuilder(1000, isTTF=False)
    names = [".notdef", *sorted(set(TEXT) - {" "}), "space", "PLNT.alt"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(name): name for name in names if len(name) == 1} | {32: "space"})
    builder.setupCFF("PLANT-name", WORDS, {name: _outline(number) for number, name in enumerate(names)}, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "PLANT-family", "manufacturer": "PLANT-manufacturer"})
    builder.setupOS2()
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def _outline(number: int):
    pen = T2CharStringPen(600, None)
    pen.moveTo((50, 0))
    for point in ((50, 100 + 30 * number), (500, 700 - 20 * number), (500, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.getCharString()


def compact(whole: bool = False) -> bytes:
    """Return a PDF with a CFF font, bare or in a whole OpenType font."""
    font = _open_type()
    program = font if whole else SFNTReader(io.BytesIO(font))["CFF "]
    return with_program(program, "/FontFile3", Subtype=Name.OpenType if whole else Name.Type1C)


def with_program(program: bytes, key: str, **keys) -> bytes:
    """Return a PDF with these bytes as its font program."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf([TEXT]))) as made:
        font = made.pages[0].Resources.Font.F1
        font.BaseFont, font.FirstChar, font.LastChar = Name.Planted, 32, 126
        font.Widths = Array([600] * 95)
        font.FontDescriptor = made.make_indirect(Dictionary(
            Type=Name.FontDescriptor, FontName=Name.Planted, Flags=32, FontBBox=Array([0, -200, 600, 800]),
            ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700, StemV=80,
        ))  # fmt: skip
        font.FontDescriptor[key] = made.make_stream(program, **keys)
        made.save(file, static_id=True)
    return file.getvalue()


def collection_strings() -> bytes:
    """Return the beginning of a CID-keyed CFF font: its registry and ordering, and a notice, are strings."""

    def index(things: list[bytes]) -> bytes:
        ends = [1 + sum(map(len, things[:count])) for count in range(len(things) + 1)]
        return struct.pack(">HB", len(things), 1) + bytes(ends) + b"".join(things)

    def number(value: int) -> bytes:
        return b"\x1c" + struct.pack(">h", value)

    top = number(391) + number(392) + number(0) + b"\x0c\x1e" + number(393) + b"\x01" + b"\x1e\x0a\x1f\x05"
    strings = index([b"Adobe", b"Identity", b"PLANT-notice", b"PLANT-name-of-a-part"])
    return b"\1\0\4\1" + index([b"PLANT-name"]) + index([top]) + strings
