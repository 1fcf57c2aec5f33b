"""What pages are drawn with stays: each page looks the same after cleaning, and otherwise without its features."""

import io
from collections import Counter

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from documents.cleaning.pdf.allowed_keys import SHAPES
from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.second_look import check_clean_copy
from documents.reading.pdf import pages
from tests import drawn, files

PLAIN_SHAPES = {"any", "words", "layer name", "back", "text", "language", "font name", "map name", "tag", "collection",
                "glyphs"}  # fmt: skip


def test_each_shape_that_a_key_has_exists():
    for keys in SHAPES.values():
        for key, shape in keys.items():
            assert shape in PLAIN_SHAPES or shape.removeprefix("each ") in {*SHAPES, "xobject", "pages or page"}, key


def linear(start=(1, 0, 0), end=(0, 0, 1)) -> Dictionary:
    """Return a function that leads from one colour to another."""
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array(start), C1=Array(end), N=2)


def sampled(made: pikepdf.Pdf) -> pikepdf.Stream:
    return made.make_stream(
        bytes([0, 255, 90, 200]), FunctionType=0, Domain=Array([0, 1]), Range=Array([0, 1]), Size=Array([4]),
        BitsPerSample=8, Order=1, Encode=Array([0, 2]), Decode=Array([0.2, 1]),
    )  # fmt: skip


def stitched(made: pikepdf.Pdf) -> Dictionary:
    parts = Array([linear(), linear((0, 1, 0), (1, 1, 0))])
    return Dictionary(
        FunctionType=3, Domain=Array([0, 1]), Functions=parts, Bounds=Array([0.3]), Encode=Array([0, 1, 1, 0])
    )


def axial(made: pikepdf.Pdf, function=None, **keys) -> Dictionary:
    return Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([90, 0, 180, 0]), Domain=Array([0, 1]),
                      Function=function or linear(), **keys)  # fmt: skip


def mesh(made: pikepdf.Pdf) -> pikepdf.Stream:
    corners = [(0, 0, b"\xff\0\0"), (255, 0, b"\0\xff\0"), (0, 255, b"\0\0\xff")]
    data = b"".join(bytes([0, x, y]) + colour for x, y, colour in corners)
    return made.make_stream(
        data, ShadingType=4, ColorSpace=Name.DeviceRGB, BitsPerCoordinate=8, BitsPerComponent=8, BitsPerFlag=8,
        Decode=Array([72, 272, 400, 600, 0, 1, 0, 1, 0, 1]),
    )  # fmt: skip


def lattice(made: pikepdf.Pdf) -> pikepdf.Stream:
    corners = [(0, 0, 0), (255, 0, 90), (0, 255, 180), (255, 255, 255)]
    return made.make_stream(
        b"".join(bytes(one) for one in corners), ShadingType=5, ColorSpace=Name.DeviceGray, BitsPerCoordinate=8,
        BitsPerComponent=8, VerticesPerRow=2, Decode=Array([72, 272, 400, 600, 0, 1]),
    )  # fmt: skip


def form(made: pikepdf.Pdf, content: bytes, **keys) -> pikepdf.Stream:
    return made.make_stream(content, **({"Type": Name.XObject, "Subtype": Name.Form,
                                         "BBox": Array([0, 0, 200, 200])} | keys))  # fmt: skip


def image(made: pikepdf.Pdf, data: bytes, space, width: int = 4, **keys) -> pikepdf.Stream:
    return made.make_stream(data, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=1,
                            **({"BitsPerComponent": 8, "ColorSpace": space} | keys))  # fmt: skip


def mask(made: pikepdf.Pdf, kind=Name.Luminosity, **keys) -> Dictionary:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray, I=True, K=False)
    return Dictionary(S=kind, G=form(made, b"0.4 g 0 0 100 200 re f", Group=group), **keys)


BOX = b"72 400 200 200 re f"
LINES = b"72 420 m 200 560 l 150 420 l S"
IMAGE = b"q 200 0 0 200 72 400 cm /I Do Q"
TINT = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 1, 1]), C1=Array([0.9, 0.1, 0.3]), N=1)


def gstate(keys, content):
    return lambda made: ({"ExtGState": Dictionary(G=Dictionary(**keys(made)))}, b"/G gs " + content)


def shading(make):
    return lambda made: ({"Shading": Dictionary(S=make(made))}, b"q 72 400 200 200 re W n /S sh Q")


def space(make, operands):
    return lambda made: ({"ColorSpace": Dictionary(C=make(made))}, b"/C cs " + operands + b" sc " + BOX)


def picture(make):
    return lambda made: ({"XObject": Dictionary(I=make(made))}, IMAGE)


def profile(made: pikepdf.Pdf, **keys) -> Array:
    return Array([Name.ICCBased, made.make_stream(b"broken", N=3, **keys)])


FEATURES = {
    "line width": gstate(lambda made: {"LW": 20}, LINES),
    "line caps": gstate(lambda made: {"LW": 20, "LC": 1}, LINES),
    "line joins": gstate(lambda made: {"LW": 20, "LJ": 1}, LINES),
    "miter limit": gstate(lambda made: {"LW": 20, "ML": 1}, LINES),
    "transparent lines": gstate(lambda made: {"LW": 20, "CA": 0.3}, LINES),
    "transparent areas": gstate(lambda made: {"ca": 0.3}, BOX),
    "blending": gstate(lambda made: {"BM": Name.Multiply}, b"1 0 0 rg " + BOX + b" 0 1 0 rg 100 420 200 50 re f"),
    "font of a state": lambda made: (
        {"ExtGState": Dictionary(G=Dictionary(Font=Array([made.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)), 30])))},
        b"BT /G gs 72 500 Td (SHOWN) Tj ET",
    ),
    "soft mask": gstate(lambda made: {"SMask": mask(made)}, b"0 0 300 300 re f"),
    "soft mask of opacity": gstate(lambda made: {"SMask": mask(made, Name.Alpha)}, b"0 0 300 300 re f"),
    "backdrop of a mask": gstate(lambda made: {"SMask": mask(made, BC=Array([0.8]))}, b"0 0 300 300 re f"),
    "transfer in a mask": gstate(lambda made: {"SMask": mask(made, TR=sampled(made))}, b"0 0 300 300 re f"),
    "axial shading": shading(axial),
    "extended shading": shading(lambda made: axial(made, Extend=Array([True, False]))),
    "background of a shading": shading(lambda made: axial(made, Background=Array([0, 1, 0]))),
    "bounds of a shading": shading(lambda made: axial(made, BBox=Array([100, 400, 150, 500]))),
    "stitched shading": shading(lambda made: axial(made, stitched(made))),
    "mesh": shading(mesh),
    "lattice": shading(lattice),
    "spot colour": space(lambda made: Array([Name.Separation, Name.Spot, Name.DeviceRGB, TINT]), b"0.7"),
    "sampled spot colour": space(
        lambda made: Array([Name.Separation, Name.Spot, Name.DeviceGray, sampled(made)]), b"0.7"
    ),
    "device colours": space(
        lambda made: Array([Name.DeviceN, Array([Name.Spot]), Name.DeviceRGB, TINT, Dictionary(Subtype=Name.DeviceN)]),
        b"0.7",
    ),
    "colours of a device": space(
        lambda made: Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.95, 1, 1.09]), Gamma=Array([2.2, 1, 1.8]),
                                                    Matrix=Array([0.4, 0.2, 0, 0.4, 0.7, 0.1, 0.2, 0.1, 0.9]))]),
        b"0.5 0.6 0.2",
    ),
    "measured colours": space(
        lambda made: Array([Name.Lab, Dictionary(WhitePoint=Array([0.95, 1, 1.09]), Range=Array([-20, 20, -20, 20]))]),
        b"60 15 -15",
    ),
    "alternate of a broken profile": space(lambda made: profile(made, Alternate=Name.DeviceRGB), b"0.5 0.6 0.2"),
    "inverted picture": picture(
        lambda made: image(made, b"\0\x60\xa0\xff", Name.DeviceGray, Decode=Array([1, 0]))
    ),
    "coarse picture": picture(lambda made: image(made, b"\x1b", Name.DeviceGray, BitsPerComponent=2)),
    "smooth picture": picture(lambda made: image(made, b"\0\x60\xa0\xff", Name.DeviceGray, Interpolate=True)),
    "stencil": picture(
        lambda made: made.make_stream(b"\xa0", Type=Name.XObject, Subtype=Name.Image, Width=4, Height=1,
                                      BitsPerComponent=1, ImageMask=True)
    ),
    "masked picture": picture(lambda made: image(
        made, b"\0\x60\xa0\xff", Name.DeviceGray, Mask=made.make_stream(
            b"\xa0", Type=Name.XObject, Subtype=Name.Image, Width=4, Height=1, BitsPerComponent=1, ImageMask=True))),
    "picture without a colour": picture(
        lambda made: image(made, b"\0\x60\xa0\xff", Name.DeviceGray, Mask=Array([0x60, 0x60]))
    ),
    "transparent picture": picture(
        lambda made: image(
            made, b"\0\x60\xa0\xff", Name.DeviceGray, SMask=image(made, b"\xff\x80\x40\0", Name.DeviceGray)
        )
    ),
    "palette": picture(lambda made: image(
        made, b"\0\1\0\1", Array([Name.Indexed, Name.DeviceRGB, 1, pikepdf.String(b"\xff\0\0\0\0\xff")]))),
    "moved form": lambda made: (
        {"XObject": Dictionary(I=form(made, b"0 0 100 100 re f", Matrix=Array([1, 0, 0, 2, 90, 300])))}, b"/I Do"
    ),
    "clipped form": lambda made: (
        {"XObject": Dictionary(I=form(made, b"0 0 500 500 re f", BBox=Array([80, 80, 120, 300])))}, b"/I Do"
    ),
    "knockout": lambda made: (
        {"XObject": Dictionary(I=form(
            made, b"/G gs 80 400 100 100 re f 1 0 0 rg 130 430 100 100 re f", BBox=Array([0, 0, 600, 800]),
            Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, K=True, I=True),
            Resources=Dictionary(ExtGState=Dictionary(G=Dictionary(ca=0.4)))))},
        b"/I Do",
    ),
    "pattern": lambda made: (
        {"Pattern": Dictionary(P=made.make_stream(
            b"0 0 4 9 re f", Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, XStep=11, YStep=17,
            BBox=Array([0, 0, 10, 10]), Matrix=Array([1, 0.5, 0, 1, 3, 2]), Resources=Dictionary()))},
        b"/Pattern cs /P scn " + BOX,
    ),
    "pattern to be coloured": lambda made: (
        {"Pattern": Dictionary(P=made.make_stream(
            b"0 0 4 9 re f", Type=Name.Pattern, PatternType=1, PaintType=2, TilingType=1, XStep=11, YStep=17,
            BBox=Array([0, 0, 10, 10]), Resources=Dictionary())),
         "ColorSpace": Dictionary(C=Array([Name.Pattern, Name.DeviceRGB]))},
        b"/C cs 1 0 0 /P scn " + BOX,
    ),
    "pattern of a shading": lambda made: (
        {"Pattern": Dictionary(P=Dictionary(Type=Name.Pattern, PatternType=2, Shading=axial(made),
                                            Matrix=Array([1, 0, 0, 1, 40, 0])))},
        b"/Pattern cs /P scn " + BOX,
    ),
    "letters that are drawn": lambda made: (
        {"Font": Dictionary(T=made.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 100, 100]), FirstChar=65, LastChar=66,
            FontMatrix=Array([0.01, 0, 0, 0.02, 0, 0]), Widths=Array([90, 50]), Resources=Dictionary(),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name.one, Name.two])),
            CharProcs=Dictionary(one=made.make_stream(b"90 0 0 0 80 80 d1 0 0 80 80 re f"),
                                 two=made.make_stream(b"50 0 d0 1 0 0 rg 0 0 40 40 re f")))))},
        b"BT /T 30 Tf 72 500 Td (ABA) Tj ET",
    ),
}  # fmt: skip


def made_with(feature, *, bare: bool = False) -> bytes:
    """Return a page with a feature, or the same page whose resources are empty."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf(["SHOWN"]))) as made:
        resources, content = feature(made)
        page = made.pages[0]
        for kind, named in resources.items():
            holder = page.obj.Resources.get(f"/{kind}", Dictionary())
            for name, value in named.items():
                holder[name] = Dictionary() if bare else value
            page.obj.Resources[f"/{kind}"] = holder
        page.contents_add(content)
        made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("feature", FEATURES.values(), ids=FEATURES)
def test_page_looks_the_same(feature):
    data = made_with(feature)
    content = clean_pdf(data, Counter())
    check_clean_copy(content, "pdf")
    assert drawn.pictures(content) == drawn.pictures(data)
    assert drawn.pictures(data) != drawn.pictures(made_with(feature, bare=True))
    assert list(pages(content)) == list(pages(data))


@pytest.mark.parametrize(
    "keys", [{"Rotate": 90}, {"CropBox": Array([50, 50, 300, 820])}, {"MediaBox": Array([0, 0, 300, 800])}],
)  # fmt: skip
def test_page_keeps_its_size_and_its_place(keys):
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf(["SHOWN"]))) as made:
        for key, value in keys.items():
            made.pages[0].obj[f"/{key}"] = value
        made.save(file)
    content = clean_pdf(file.getvalue(), Counter())
    assert drawn.pictures(content) == drawn.pictures(file.getvalue()) != drawn.pictures(files.pdf(["SHOWN"]))


def test_page_inherits_what_the_pages_above_it_have():
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf(["SHOWN"]))) as made:
        page = made.pages[0].obj
        for key in ("/Resources", "/MediaBox"):
            made.Root.Pages[key] = page[key]
            del page[key]
        made.Root.Pages.Rotate, made.Root.Pages.CropBox = 90, Array([50, 50, 300, 820])
        made.save(file)
    content = clean_pdf(file.getvalue(), Counter())
    assert drawn.pictures(content) == drawn.pictures(file.getvalue())
    assert list(pages(content)) == ["SHOWN"]
