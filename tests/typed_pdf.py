"""PDFs into which people typed: form fields, text on pages and comments, as common programs write them."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests import files

PASSWORD, MULTILINE, PUSH_BUTTON, FILE_PATH = 1 << 13, 1 << 12, 1 << 16, 1 << 20
LOOK = String("/Helv 11 Tf 0 0 0.6 rg")


def drawn(made: pikepdf.Pdf, words: str, *, size: tuple[float, float] = (300, 20)) -> pikepdf.Object:
    """Return an appearance that shows words; without words, the empty one of a program that leaves them out."""
    text = f"BT /Helv 11 Tf 0 0 0.6 rg 2 6 Td ({words}) Tj ET" if words else ""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    return made.make_stream(f"/Tx BMC {text} EMC".encode(), Type=Name.XObject, Subtype=Name.Form,
                            BBox=Array([0, 0, *size]), Resources=Dictionary(Font=Dictionary(Helv=font)))  # fmt: skip


def annotation(kind: str, top: float, *, size: tuple[float, float] = (300, 20), **keys) -> Dictionary:
    """Return an annotation with the details that programs add: who made it, when, and its identifier."""
    rect = Array([72, top - size[1], 72 + size[0], top])
    details = {"T": String("PLANT-author"), "M": String("D:20260101PLANT"), "NM": String("PLANT-id"),
               "CreationDate": String("D:20260101PLANT"), "Subj": String("PLANT-subject"), "F": 4}  # fmt: skip
    return Dictionary(**(details | {"Type": Name.Annot, "Subtype": Name(f"/{kind}"), "Rect": rect} | keys))


def field(top: float, *, size: tuple[float, float] = (300, 20), **keys) -> Dictionary:
    """Return a text field."""
    return annotation("Widget", top, size=size, **({"FT": Name.Tx, "DA": LOOK} | keys))


def typed(top: float, words: str, **keys) -> Dictionary:
    """Return text that somebody put on a page, with the markup that programs keep beside it."""
    rich = String(f'<body xmlns="http://www.w3.org/1999/xhtml" xfa:APIVersion="PLANT"><p>{words} PLANT-rich</p></body>')
    return annotation("FreeText", top, Contents=String(words), DA=LOOK, RC=rich, DS=String("font: PLANT 11pt"), **keys)


def pdf(make, *, is_outdated: bool = False, in_form: bool = True) -> bytes:
    """Return a PDF of one page with the annotations that `make(pdf)` returns; fields belong to its form."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf(["Questions"]))) as made:
        annotations = [made.make_indirect(one) for one in make(made)]
        made.pages[0].obj.Annots = Array(annotations)
        fields = [one for one in annotations if one.Subtype == Name.Widget]
        if fields and in_form:
            made.Root.AcroForm = Dictionary(Fields=Array(fields), DA=String("/Helv 0 Tf 0 g"))
            if is_outdated:
                made.Root.AcroForm.NeedAppearances = True
        del made.docinfo
        made.save(file, static_id=True)
    return file.getvalue()
