"""A PDF with marks in all that a hidden layer can contain, beside visible content; see `planted`."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests import files
from tests.planted import SHOWN

CONTENT = b"""
/OC /On BDC BT /F1 12 Tf 72 700 Td (SHOWN in a layer) Tj ET EMC
/OC /Off BDC q 2 0 0 2 0 0 cm BT /F1 12 Tf 72 300 Td (PLANT-tj) Tj [(PLANT-) 20 (array)] TJ ET
  /Span <</MCID 1 /ActualText (PLANT-spoken)>> BDC BT (PLANT-nested) Tj ET EMC
  /Span /Said BDC 10 10 50 50 re f EMC /OC /On BDC BT (PLANT-in-both) Tj ET EMC
  BI /W 6 /H 1 /BPC 8 /CS /G ID PLANT! EI /Shade sh Q /Hidden Do /Photo Do
  q /Pattern cs /Behind scn 0 0 50 50 re B* Q EMC
/OC /Off BDC BT /F2 12 Tf 72 600 Td (PLANT-in-a-font-of-its-own) Tj /F3 12 Tf ET EMC
BT 72 240 Td (SHOWN in what was chosen unseen) Tj ET
BT /F1 12 Tf 14 TL 72 660 Td (SHOWN above) Tj
  /OC /Off BDC (PLANT-quote) ' 0 0 (PLANT-double) " 1 0 0 rg EMC T* (SHOWN below, in red) Tj ET
q /OC /Off BDC 72 560 60 40 re W f EMC 0 0 1 rg 0 540 600 40 re f Q
/OC /All BDC BT /F1 12 Tf 72 500 Td (PLANT-all-on) Tj ET EMC
/OC /Any BDC BT /F1 12 Tf 72 480 Td (SHOWN if any is on) Tj ET EMC
/OC /NotOn BDC BT /F1 12 Tf 72 460 Td (PLANT-expression) Tj ET EMC
/OC /AllOff BDC BT /F1 12 Tf 72 440 Td (PLANT-all-off) Tj ET EMC
/OC /Design BDC BT /F1 12 Tf 72 420 Td (SHOWN whatever designers think) Tj ET EMC
/Form Do /Off Do /OffPhoto Do /Pattern cs /Tile scn 72 200 100 60 re f
"""


def pdf(base_is_off: bool = False) -> bytes:
    """Return a page whose layers are turned off one by one, or, with `base_is_off`, all but those turned on."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf([f"{SHOWN} beside all layers"]))) as made:
        page = made.pages[0]
        layers = _layers(made, base_is_off)
        resources = page.obj.Resources = made.make_indirect(page.obj.Resources)
        resources.Properties = Dictionary(**layers, Said=Dictionary(ActualText=String("PLANT-said")))
        photo = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 5, "Height": 1, "BitsPerComponent": 8,
                 "ColorSpace": Name.DeviceGray}  # fmt: skip
        inside = b"BT /F1 12 Tf 72 380 Td (SHOWN in a form) Tj ET /OC /Off BDC BT (PLANT-in-form) Tj ET EMC"
        resources.XObject = Dictionary(
            Form=_form(made, inside, Resources=Dictionary(Font=resources.Font, Properties=Dictionary(**layers))),
            Off=_form(made, b"BT /F1 12 Tf 72 300 Td (PLANT-off-form) Tj ET", OC=layers["Off"], Resources=resources),
            Hidden=_form(made, b"BT /F1 12 Tf (PLANT-hidden-form) Tj ET", Resources=resources),
            Photo=made.make_stream(b"PLANT", **photo),
            OffPhoto=made.make_stream(b"PLANT", **photo, OC=layers["All"]),
        )
        resources.Pattern = Dictionary(
            Tile=_tiling_pattern(
                made, b"0 1 0 rg 0 0 5 5 re f /OC /Off BDC BT /F1 9 Tf 0 20 Td (PLANT-tile) Tj ET EMC", resources
            ),
            Behind=_tiling_pattern(made, b"BT /F1 9 Tf (PLANT-behind) Tj ET", resources),
        )
        resources.Font.F2 = _font(made, "PLANT+Courier", ToUnicode=made.make_stream(b"PLANT, letter by letter"))
        resources.Font.F3 = _font(made, "Times-Roman")
        page.contents_add(CONTENT)
        _add_hidden_annotations(made, page, layers["Off"])
        _add_structure(made, page)
        made.save(file, static_id=True)
    return file.getvalue()


def _layers(made: pikepdf.Pdf, base_is_off: bool) -> dict[str, Dictionary]:
    on, off = (made.make_indirect(Dictionary(Type=Name.OCG, Name=String(f"PLANT-{name}"))) for name in ("on", "off"))
    design = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("PLANT-design"), Intent=Name.Design))
    choice = {"BaseState": Name.OFF, "ON": Array([on])} if base_is_off else {"OFF": Array([off, design])}
    made.Root.OCProperties = Dictionary(OCGs=Array([on, off, design]), D=Dictionary(**choice))
    both = {"Type": Name.OCMD, "OCGs": Array([on, off])}
    return {
        "On": on, "Off": off, "Design": design,
        "All": made.make_indirect(Dictionary(**both, P=Name.AllOn)),
        "Any": made.make_indirect(Dictionary(**both)),
        "AllOff": made.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([on]), P=Name.AllOff)),
        "NotOn": made.make_indirect(Dictionary(Type=Name.OCMD, VE=Array([Name.Or, Array([Name.Not, on]), off]))),
    }  # fmt: skip


def _font(made: pikepdf.Pdf, name: str, **keys) -> Dictionary:
    return made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"), **keys))


def _form(made: pikepdf.Pdf, content: bytes, **keys) -> pikepdf.Stream:
    return made.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 800]), **keys)


def _tiling_pattern(made: pikepdf.Pdf, content: bytes, resources: Dictionary) -> pikepdf.Stream:
    return made.make_stream(content, Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, XStep=10, YStep=10,
                            BBox=Array([0, 0, 10, 10]), Resources=resources)  # fmt: skip


def _add_hidden_annotations(made: pikepdf.Pdf, page: pikepdf.Page, off: Dictionary) -> None:
    box, shown = Array([72, 100, 272, 120]), _form(made, b"BT /F1 12 Tf (PLANT-field) Tj ET")
    shown.Resources = page.obj.Resources
    link = Dictionary(S=Name.URI, URI=String("https://example.org/PLANT"))
    page.obj.Annots = Array([
        made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=link, OC=off)),
        made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=box, OC=off,
                                      AP=Dictionary(N=shown))),
    ])  # fmt: skip
    made.Root.AcroForm = Dictionary(Fields=Array([page.obj.Annots[1]]))


def _add_structure(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    root = made.Root.StructTreeRoot = made.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    figure = made.make_indirect(Dictionary(S=Name.Figure, P=root, Pg=page.obj, Alt=String("PLANT-portrait")))
    hidden = made.make_indirect(Dictionary(S=Name.Span, P=figure, Pg=page.obj, K=1, Alt=String("PLANT-alt")))
    shown = made.make_indirect(Dictionary(S=Name.P, P=root, Pg=page.obj, K=0, Alt=String(f"{SHOWN} aloud")))
    figure.K, root.K = Array([hidden]), Array([shown, figure])
    root.ParentTree = Dictionary(Nums=Array([0, Array([shown, hidden])]))
    page.obj.StructParents = 0
