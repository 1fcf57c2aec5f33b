# ruff: noqa: E501  each mark is on one line with its place
"""A PDF with a mark in every place for details about people, places and machines; see `planted`."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests import files, planted
from tests.planted import SHOWN

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("PLANT-script"))
MARKED = b"""% PLANT-remark
/Span <</MCID 0 /PLANTkey (PLANT-mark)>> BDC BT /F1 12 Tf 72 700 Td (SHOWN 50% of it) Tj ET EMC
/Point <</A (PLANT-point)>> DP q 100 0 0 100 72 500 cm /Im0 Do Q q 100 0 0 100 200 500 cm /Im1 Do Q /Fm0 Do
/OC /Layer BDC BT /F1 12 Tf 72 400 Td (SHOWN in a layer) Tj ET EMC
"""


def pdf() -> bytes:
    """Return a PDF of two pages with marks in all that belongs to them, saved twice so that it contains an old revision."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf([f"{SHOWN} first", f"{SHOWN} second"]))) as made:
        _catalog(made)
        _page(made, made.pages[0])
        _annotations(made, made.pages[1])
        made.trailer.PLANTtrailer = String("PLANT-trailer")
        with made.open_metadata() as xmp:
            xmp["dc:creator"] = ["PLANT-xmp-creator"]
        made.docinfo["/Author"], made.docinfo["/Company"] = "PLANT-author", "PLANT-company"
        made.save(file, static_id=True)
    return _revised(file.getvalue())


def _revised(data: bytes) -> bytes:
    """Add an incremental update: it replaces the author, whose name remains in the first revision."""
    start = data.rindex(b"startxref")
    last = int(data[start:].split()[1])
    new = len(data)
    return data + (
        b"9999 0 obj\n<</Title (PLANT-second-title)>>\nendobj\nxref\n9999 1\n%010d 00000 n \ntrailer\n"
        b"<</Root %s /Info 9999 0 R /Size 10000 /Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        % (new, data.split(b"/Root ")[1].split(b"R")[0] + b"R", last, new + len(b"9999 0 obj\n<</Title (PLANT-second-title)>>\nendobj\n"))
    )  # fmt: skip


def _catalog(made: pikepdf.Pdf) -> None:
    root, page = made.Root, made.pages[0].obj
    made.attachments["PLANT-attached.txt"] = b"PLANT-attachment"
    root.OpenAction, root.Lang, root.PieceInfo = SCRIPT, String("ar"), Dictionary(P=Dictionary(Private=String("PLANT")))
    root.AA, root.PLANTkey, root.URI = Dictionary(WC=SCRIPT), String("PLANT-key"), Dictionary(Base=String("PLANT-base"))
    root.Names.JavaScript = Dictionary(Names=Array([String("PLANT"), SCRIPT]))
    root.Names.Dests = Dictionary(Names=Array([String("PLANT-place"), Array([page, Name.Fit])]))
    root.ViewerPreferences = Dictionary(Direction=Name.R2L, PLANTkey=String("PLANT"))
    root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFA1, Info=String("PLANT-intent"))])
    root.Collection = Dictionary(D=String("PLANT"))
    item = made.make_indirect(Dictionary(Title=String(f"{SHOWN} bookmark"), Dest=String("PLANT-place"),
                                         PLANTkey=String("PLANT")))  # fmt: skip
    root.Outlines = made.make_indirect(
        Dictionary(Type=Name.Outlines, Title=String("PLANT-outlines"), First=item, Last=item, Count=1)
    )
    item.Parent = root.Outlines
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("PLANT-layer"), Usage=Dictionary(
        CreatorInfo=Dictionary(Creator=String("PLANT")), User=Dictionary(Type=Name.Ind, Name=String("PLANT-user")))))  # fmt: skip
    root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Name=String("PLANT"), Creator=String("PLANT"),
                                                                     Order=Array([String("PLANT"), layer])))  # fmt: skip
    page.Resources.Properties = Dictionary(Layer=layer)
    gone = made.make_indirect(Dictionary(Type=Name.Page, Contents=made.make_stream(b"(PLANT-removed-page) Tj")))
    element = made.make_indirect(Dictionary(
        Type=Name.StructElem, S=Name.P, K=Array([0, Dictionary(Type=Name.OBJR, Obj=Dictionary(Subtype=Name.Text,
        Contents=String("PLANT-orphan")))]), Pg=page, T=String("PLANT-title"), ID=String("PLANT-id"),
        Alt=String("C:\\PLANT.jpg"), A=Dictionary(O=Name.UserProperties, P=Array([String("PLANT-user-property")]))))  # fmt: skip
    lost = made.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, Pg=gone, Alt=String(f"{SHOWN} words")))
    root.StructTreeRoot = made.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([element, lost]),
                                                        IDTree=Dictionary(Names=Array([String("PLANT-id"), element]))))  # fmt: skip
    element.P = lost.P = root.StructTreeRoot


def _image(made: pikepdf.Pdf, data: bytes, **keys) -> pikepdf.Stream:
    stream = made.make_stream(
        data, Type=Name.XObject, Subtype=Name.Image, Width=40, Height=30, BitsPerComponent=8, **keys
    )
    stream.Metadata = made.make_stream(b"<x:xmpmeta>PLANT-image-xmp</x:xmpmeta>")
    stream.PLANTkey = String("PLANT-image-key")
    return stream


def _page(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    profile = made.make_stream(planted.icc(), N=3)
    page.obj.Resources.XObject = Dictionary(
        Im0=_image(made, planted.jpeg(), Filter=Name.DCTDecode, ColorSpace=Array([Name.ICCBased, profile])),
        Im1=_image(made, b"\x80" * 3600, ColorSpace=Name.DeviceRGB),
        Fm0=made.make_stream(b"BT /F1 12 Tf 72 300 Td (SHOWN in a form) Tj ET % PLANT-form-remark", Type=Name.XObject,
                             Subtype=Name.Form, BBox=Array([0, 0, 600, 800]), Resources=page.obj.Resources,
                             PieceInfo=Dictionary(A=String("PLANT")), LastModified=String("PLANT")),
    )  # fmt: skip
    form = page.obj.Resources.XObject.Fm0
    form["/PTEX.FileName"] = String("/home/PLANT/figure.pdf")
    page.contents_add(MARKED)
    page.obj.Thumb = _image(made, b"PLANT-thumb" * 400, ColorSpace=Name.DeviceGray)
    page.obj.AA, page.obj.LastModified, page.obj.PieceInfo = SCRIPT, String("PLANT"), Dictionary(A=String("PLANT"))
    page.obj.Metadata = made.make_stream(b"PLANT-page-xmp")


def _annotations(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    box, link = Array([72, 600, 200, 620]), {"Type": Name.Annot, "Subtype": Name.Link}
    shown = made.make_stream(b"/Tx BMC BT /F1 12 Tf 2 5 Td (SHOWN in a field) Tj ET EMC", Subtype=Name.Form,
                             BBox=Array([0, 0, 128, 20]), Resources=page.obj.Resources)  # fmt: skip
    signed = made.make_stream(b"BT /F1 12 Tf (PLANT-signature-look) Tj ET", Subtype=Name.Form, BBox=box)
    plain = {"Type": Name.Annot, "Rect": box, "T": String("PLANT-who"), "NM": String("PLANT-nm"),
             "M": String("PLANT-time"), "Contents": String("PLANT-contents")}  # fmt: skip
    field = {**plain, "Subtype": Name.Widget, "TU": String("PLANT"), "AA": Dictionary(K=SCRIPT)}
    page.obj.Annots = Array([made.make_indirect(one) for one in (
        Dictionary(**plain, Subtype=Name.Text),
        Dictionary(**plain, Subtype=Name.FileAttachment, FS=Dictionary(F=String("PLANT"))),
        Dictionary(Rect=box, **link, NM=String("PLANT"), A=Dictionary(S=Name.URI, URI=String("https://example.org/"))),
        Dictionary(Rect=box, **link, A=Dictionary(S=Name.URI, URI=String("file:///C:/PLANT.doc"))),
        Dictionary(Rect=box, **link, A=Dictionary(S=Name.Launch, F=String("PLANT.exe"))),
        Dictionary(Rect=box, **link, A=Dictionary(S=Name.GoTo, D=String("PLANT-place"), Next=SCRIPT)),
        Dictionary(**field, FT=Name.Tx, V=String("PLANT-value"), AP=Dictionary(N=shown)),
        Dictionary(**field, FT=Name.Tx, F=2, V=String("PLANT-hidden"), AP=Dictionary(N=signed)),
        Dictionary(**field, FT=Name.Sig, V=Dictionary(Name=String("PLANT-signer")), AP=Dictionary(N=signed)),
    )])  # fmt: skip
    made.Root.AcroForm = Dictionary(Fields=Array(list(page.obj.Annots)[6:]), XFA=String("PLANT-xfa"))
