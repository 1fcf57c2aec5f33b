"""A PDF with layers, some of which are off when it is opened; see `planted`."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests import files

CONTENT = b"""BT /F1 12 Tf 72 700 Td (SHOWN plain) Tj ET
/OC /Off BDC q 1 0 0 1 9 9 cm BT /F1 12 Tf 72 600 Td (PLANT-off) Tj [(PLANT) -20 (-array)] TJ ET
/Span <</ActualText (PLANT-actual)>> BDC BT 72 500 Td (PLANT-nested) Tj ET EMC 0 0 50 50 re f /Hidden Do
BI /W 1 /H 1 /BPC 8 /CS /G ID P EI Q EMC
/OC /On BDC BT /F1 12 Tf 72 400 Td (SHOWN on) Tj ET EMC
/OC /None BDC BT /F1 12 Tf 72 380 Td (PLANT-rule) Tj ET EMC
/OC /Either BDC BT /F1 12 Tf 72 360 Td (SHOWN either) Tj ET EMC
/OC /Expression BDC BT /F1 12 Tf 72 340 Td (PLANT-expression) Tj ET EMC
BT /F1 12 Tf 14 TL 72 320 Td (SHOWN first) Tj /OC /Off BDC (PLANT-line) ' EMC (SHOWN third) ' ET
/Off1 Do /Off2 Do /Shown Do
"""


def _layer(made, **usage):
    return made.make_indirect(Dictionary(Type=Name.OCG, Name=String("PLANT-layer"), **usage))


def _form(made, words, font, **keys):
    return made.make_stream(
        f"BT /F1 12 Tf 72 200 Td ({words}) Tj ET".encode(), Type=Name.XObject, Subtype=Name.Form,
        BBox=Array([0, 0, 600, 800]), Resources=Dictionary(Font=font), **keys,
    )  # fmt: skip


def pdf(*, base="ON", hides=True) -> bytes:
    """A PDF of one page; `base` is the state of layers that are not named; all are on unless it `hides` some."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf(["SHOWN page"]))) as made:
        page = made.pages[0]
        on, off, screen = (
            _layer(made),
            _layer(made),
            _layer(made, Usage=Dictionary(View=Dictionary(ViewState=Name.OFF))),
        )
        none = Dictionary(Type=Name.OCMD, OCGs=Array([on, off]), P=Name.AllOn)
        either = Dictionary(Type=Name.OCMD, OCGs=Array([on, off]), P=Name.AnyOn)
        expression = Dictionary(Type=Name.OCMD, OCGs=on, VE=Array([Name.And, on, Array([Name.Not, on])]))
        font = page.obj.Resources.Font
        inner = _form(made, "SHOWN in a form", font)
        inner.write(inner.read_bytes() + b" /OC /Off BDC BT /F1 9 Tf 9 9 Td (PLANT-in-form) Tj ET EMC")
        inner.Resources.Properties = Dictionary(Off=off)
        page.obj.Resources.XObject = Dictionary(
            Hidden=_form(made, "PLANT-form-in-layer", font), Off1=_form(made, "PLANT-form", font, OC=screen),
            Off2=made.make_stream(b"PLANT" * 9, Type=Name.XObject, Subtype=Name.Image, Width=9, Height=5,
                                  BitsPerComponent=8, ColorSpace=Name.DeviceGray, OC=off), Shown=inner,
        )  # fmt: skip
        page.obj.Resources.Properties = Dictionary(On=on, Off=off, None_=none, Either=either, Expression=expression)
        page.obj.Resources.Properties["/None"] = page.obj.Resources.Properties.None_
        del page.obj.Resources.Properties["/None_"]
        page.contents_add(CONTENT)
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), OC=off)
        link.A = Dictionary(S=Name.URI, URI=String("https://example.org/PLANT"))
        page.obj.Annots = Array([made.make_indirect(link)])
        event = Dictionary(Event=Name.View, OCGs=Array([screen]), Category=Array([Name.View]))
        choice = Dictionary(BaseState=Name(f"/{base}"), OFF=Array([off]), AS=Array([event]))
        if not hides:
            choice = Dictionary(BaseState=Name(f"/{base}"))
            for name in ("/None", "/Expression"):
                del page.obj.Resources.Properties[name]
        if base == "OFF":
            del choice["/OFF"]
            choice.ON = Array([on])
        made.Root.OCProperties = Dictionary(OCGs=Array([on, off, screen]), D=choice)
        tag = made.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, ActualText=String("PLANT-tag"), K=0))
        made.Root.StructTreeRoot = made.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=tag))
        made.save(file)
    return file.getvalue()
