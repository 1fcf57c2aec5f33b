# ruff: noqa: E501  each place is on one line with its mark
"""Files with a numbered mark in each of many places that no reader sees: PLANT001, PLANT002 and so on."""

import io
import zlib
from itertools import count

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, TiffImagePlugin

from tests import files


class Marks:
    """Numbered marks, each for one place."""

    def __init__(self):
        self.numbers = count(1)

    def __call__(self) -> str:
        return f"PLANT{next(self.numbers):03}"

    def text(self) -> String:
        return String(self())

    def name(self) -> Name:
        return Name("/" + self())

    def data(self) -> bytes:
        return self().encode()


def _font(marks: Marks) -> bytes:
    """Return a TrueType font with two glyphs, and marks in its names."""
    builder = FontBuilder(100, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((60, 0))
    pen.lineTo((30, 80))
    pen.closePath()
    builder.setupGlyf({".notdef": pen.glyph(), "A": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (60, 0), "A": (60, 0)})
    builder.setupHorizontalHeader(ascent=80, descent=-20)
    builder.setupNameTable(
        {one: marks() for one in ("familyName", "copyright", "manufacturer", "designer", "trademark")}
    )
    builder.setupOS2()
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def fax(size=(32, 8)) -> bytes:
    """Return a picture in Group 4, whose end is marked."""
    file = io.BytesIO()
    Image.new("1", size, 1).save(file, "TIFF", compression="group4")
    with Image.open(file) as image:
        (start,), (length,) = image.tag_v2[TiffImagePlugin.STRIPOFFSETS], image.tag_v2[TiffImagePlugin.STRIPBYTECOUNTS]
    return file.getvalue()[start : start + length]


def _picture(made, data, *, marks, **keys):
    stream = made.make_stream(data, **({"Type": Name.XObject, "Subtype": Name.Image, "Width": 4, "Height": 2,
                                        "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray} | keys))  # fmt: skip
    stream[f"/{marks()}"] = marks.text()
    return stream


def _pictures(made, marks) -> Dictionary:
    gray, long = bytes(range(8)), b"\x80" * 8
    packed = made.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Image, Width=4, Height=2, BitsPerComponent=8, ColorSpace=Name.DeviceGray
    )
    packed.write(zlib.compress(gray + marks.data()) + marks.data(), filter=Name.FlateDecode)
    faxed = _picture(made, b"", marks=marks, Width=32, Height=8, BitsPerComponent=1)
    faxed.write(fax() + marks.data(), filter=Name.CCITTFaxDecode, decode_parms=Dictionary(K=-1, Columns=32, Rows=8))
    palette = b"\0\0\0\xff\xff\xff" + marks.data()
    soft = _picture(made, long + marks.data(), marks=marks)
    soft.Metadata = made.make_stream(marks.data())
    hexed = _picture(made, b"", marks=marks)
    hexed.write(gray.hex().encode() + marks.data().hex().encode() + b">", filter=Name.ASCIIHexDecode)
    runs = _picture(made, b"", marks=marks)
    runs.write(b"\7" + gray + b"\7" + marks.data() + b"\x80", filter=Name.RunLengthDecode)
    return Dictionary({
        "/Im10": runs, "/Im1": _picture(made, gray + marks.data(), marks=marks), "/Im2": packed, "/Im3": faxed,
        "/Im4": _picture(made, bytes(8) + marks.data(), marks=marks, ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 1, String(palette)])),
        "/Im5": _picture(made, bytes(8) + marks.data(), marks=marks, ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 1, made.make_stream(palette + marks.data())])),
        "/Im6": _picture(made, gray + marks.data(), marks=marks, SMask=soft),
        "/Im7": _picture(made, b"\xff\0" + marks.data(), marks=marks, BitsPerComponent=1, ImageMask=True), "/Im8": hexed,
        "/Im9": _picture(made, gray, marks=marks, Decode=Array([0, 1, marks.text()]), Intent=marks.name()),
        f"/{marks()}": _picture(made, gray, marks=marks),
    })  # fmt: skip


def _functions(made, marks) -> Dictionary:
    sampled = made.make_stream(
        bytes(4) + marks.data(),
        FunctionType=0,
        Domain=Array([0, 1]),
        Range=Array([0, 1, 0, 1]),
        Size=Array([2]),
        BitsPerSample=8,
    )
    program = made.make_stream(
        b"{ dup % " + marks.data() + b"\n pop pop " + marks.data() + b" 0 0 0 0 }",
        FunctionType=4,
        Domain=Array([0, 1]),
        Range=Array([0, 1] * 4),
    )
    space = [Name.Separation, marks.name(), Name.DeviceCMYK, program]
    mixed = [
        Name.DeviceN,
        Array([marks.name(), marks.name()]),
        Name.DeviceCMYK,
        program,
        Dictionary(Colorants=Dictionary({f"/{marks()}": Array(space)})),
    ]
    gamma = Dictionary(WhitePoint=Array([1, 1, 1]), Note=marks.text())
    return Dictionary({
        "/Cs1": Array(space), "/Cs2": Array(mixed), "/Cs3": Array([Name.CalGray, gamma, marks.text()]),
        f"/{marks()}": Array([Name.Separation, marks.name(), Name.DeviceGray, Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([0]), C1=Array([1, marks.text()]))]),
    }), sampled  # fmt: skip


def _fonts(made, marks, helvetica) -> Dictionary:
    program = made.make_stream(_font(marks))
    family = marks()
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name(f"/ABCDEF+{family}"), FontFamily=marks.text(), Flags=4, FontFile2=program,
                            FontBBox=Array([0, 0, 100, 100]), ItalicAngle=0, Ascent=80, Descent=-20, CapHeight=80, StemV=80, CharSet=marks.text(),
                            CIDSet=made.make_stream(marks.data()), Style=Dictionary(Panose=marks.text()), Lang=marks.name())  # fmt: skip
    collection = Dictionary(Registry=marks.text(), Ordering=marks.text(), Supplement=0)
    glyphs = made.make_stream(bytes(130) + b"\0\1" + marks.data() + b"\0")
    child = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(f"/ABCDEF+{family}"),
        CIDSystemInfo=collection,
        FontDescriptor=descriptor,
        CIDToGIDMap=glyphs,
        DW=600,
        W=Array([65, Array([600, marks.text()])]),
    )
    unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (%b) /Ordering (%b) /Supplement 0 >> def /CMapName /%b def %% %b\n1 begincodespacerange <0000> <ffff> endcodespacerange (%b) pop 1 beginbfchar <0041> <0041> endbfchar /%b 1 def endcmap end end %b"
        % tuple(marks.data() for _ in range(7))
    )
    codes = (
        b"/CMapName /%b def begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 begincidrange <0000> <ffff> 0 endcidrange (%b) endcmap"
        % (marks.data(), marks.data())
    )
    encoding = made.make_stream(codes, Type=Name.CMap, CMapName=marks.name(), CIDSystemInfo=collection)
    outer = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name(f"/ABCDEF+{family}"),
        Encoding=encoding,
        DescendantFonts=Array([made.make_indirect(child)]),
        ToUnicode=made.make_stream(unicode, CMapName=marks.name()),
    )
    shape = marks()
    drawn = Dictionary(Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 10, 10]), FontMatrix=Array([0.1, 0, 0, 0.1, 0, 0]), FirstChar=65, LastChar=66, Widths=Array([10, 10]), Name=marks.name(),
                       Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name(f"/{shape}"), marks.name(), marks.text()])),
                       CharProcs=Dictionary({f"/{shape}": made.make_stream(b"10 0 d0 0 0 8 8 re f % " + marks.data())}), Resources=Dictionary(ProcSet=Array([marks.name()])))  # fmt: skip
    plain = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Helvetica,
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([200, marks.name()])),
    )
    return Dictionary(
        {
            "/F1": helvetica,
            "/F2": made.make_indirect(outer),
            "/F3": made.make_indirect(drawn),
            f"/{marks()}": made.make_indirect(plain),
        }
    )


def pdf() -> bytes:
    """Return a PDF with marks in bytes, names and texts that nothing draws."""
    marks, file = Marks(), io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf(["SHOWN words"]))) as made:
        page = made.pages[0]
        held = page.obj.Resources
        held.XObject = _pictures(made, marks)
        held.ColorSpace, sampled = _functions(made, marks)
        held.Font = _fonts(made, marks, held.Font.F1)
        plain, space, picture = (
            next(key for key in one if "PLANT" in key) for one in (held.Font, held.ColorSpace, held.XObject)
        )
        held.ExtGState = Dictionary({"/GS1": Dictionary(BM=marks.name(), SMask=Dictionary(S=Name.Luminosity, G=made.make_stream(
            b"1 g 0 0 600 800 re f % " + marks.data(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 800]), Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray, Note=marks.text())))),
            f"/{marks()}": Dictionary(D=Array([Array([2]), 0, marks.text()]), LW=1)})  # fmt: skip
        held.Shading = Dictionary(
            {
                f"/{marks()}": Dictionary(
                    ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 9, 9, marks.text()]), Function=sampled
                )
            }
        )
        held.Pattern = Dictionary(
            {
                f"/{marks()}": made.make_stream(
                    b"0 0 4 4 re f % " + marks.data(),
                    Type=Name.Pattern,
                    PatternType=1,
                    PaintType=1,
                    TilingType=1,
                    BBox=Array([0, 0, 9, 9]),
                    XStep=9,
                    YStep=9,
                    Resources=Dictionary(),
                )
            }
        )
        held.Properties = Dictionary({f"/{marks()}": Dictionary(MCID=0, Lang=marks.text(), Note=marks.text())})
        state, shading, pattern, mark = (
            next(key for key in one if "PLANT" in key)
            for one in (held.ExtGState, held.Shading, held.Pattern, held.Properties)
        )
        draws = " ".join(f"q 40 0 0 20 72 {600 - 25 * number} cm /Im{number} Do Q" for number in range(1, 11))
        page.contents_add(f"""
            {draws} q 40 0 0 20 200 600 cm {picture} Do Q q /GS1 gs Q q {state} gs 72 300 m 300 300 l S Q
            q {space} cs 1 scn 300 600 20 20 re f /Cs1 cs 0.5 scn 330 600 20 20 re f Q q /Pattern cs {pattern} scn 300 500 40 40 re f Q
            q 300 400 40 40 re W n {shading} sh Q {mark[:0]}/{marks()} {mark} BDC BT {plain} 12 Tf 72 700 Td (SHOWN again) Tj ET EMC
            /{marks()} BMC BT /F2 20 Tf 72 250 Td <0041> Tj /F3 20 Tf 40 0 Td (A) Tj ET EMC
            ({marks()}) {marks()} (x) 1 0 0 RG ({marks()}) q 1 w ({marks()}) Q /{marks()} /A MP /P << /MCID 1 /{marks()} ({marks()}) /Lang ({marks()}) >> BDC EMC % {marks()}
            BX ({marks()}) {marks()} EX /{marks()} ri [3 ({marks()})] 0 d
            q 20 0 0 20 400 600 cm BI /W 2 /H 2 /BPC 8 /CS /G /{marks()} ({marks()}) ID abcd{marks()}
            EI Q q 20 0 0 20 430 600 cm BI /W 2 /H 2 /BPC 8 /CS [/I /RGB 1 <000000ffffff{marks.data().hex()}>] /L ({marks()}) ID \0\1\0\1{marks()}
            EI Q ({marks()})""".encode())  # fmt: skip
        _structure(made, page, marks)
        page.obj.MediaBox = Array([0, 0, 612, 792, marks.text()])
        page.obj.Tabs, page.obj.Group = (
            marks.name(),
            Dictionary(S=Name.Transparency, CS=marks.name(), Note=marks.text()),
        )
        made.Root.Lang, made.Root.PageMode, made.Root.Note = marks.text(), marks.name(), marks.text()
        made.Root.PageLabels = Dictionary(
            Nums=Array([0, Dictionary(S=Name.D, Note=marks.text())]), Limits=Array([marks.text()])
        )
        made.Root.Extensions = Dictionary({f"/{marks()}": Dictionary(URL=marks.text())})
        made.save(file, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return b"%PDF-1.7\n%" + marks.data() + b"\n" + file.getvalue()[9:] + b"%" + marks.data()


def _structure(made, page, marks) -> None:
    own, style = marks(), marks()
    element = made.make_indirect(Dictionary(
        Type=Name.StructElem, S=Name(f"/{own}"), Pg=page.obj, K=0, C=Name(f"/{style}"), ID=marks.text(), T=marks.text(), Lang=marks.text(), R=0,
        A=Array([Dictionary(O=Name.Layout, Placement=marks.name(), Note=marks.text()), Dictionary(O=marks.name(), Made=marks.text())])))  # fmt: skip
    root = made.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=element, RoleMap=Dictionary({f"/{own}": Name.P}), ClassMap=Dictionary({f"/{style}": Dictionary(O=Name.Layout, Note=marks.text())}),
                                         ParentTree=Dictionary(Nums=Array([0, Array([element])]), Limits=Array([0, 0, marks.text()])), Namespaces=Array([Dictionary(NS=marks.text())])))  # fmt: skip
    element.P = root
    made.Root.StructTreeRoot, made.Root.MarkInfo = root, Dictionary(Marked=True, Note=marks.text())
