"""What lies on a page of a PDF: of annotations, links to the open stay, and forms leave what they show."""

from collections import Counter

import pikepdf

from documents.cleaning.layers import Layers
from documents.cleaning.places import Places, clean_goal

HIDDEN = 0b100011  # invisible, hidden, not viewed
COUNTED = {"/FileAttachment": "attachments", "/Screen": "programs", "/Movie": "attachments", "/Sound": "attachments",
           "/RichMedia": "attachments", "/3D": "attachments", "/Popup": ""}  # fmt: skip


def drop_unseen(pdf: pikepdf.Pdf, layers: Layers, found: Counter) -> None:
    """Take out what lies on pages in layers that are off."""
    for page in pdf.pages:
        annotations = _annotations(page)
        kept = [one for one in annotations if not layers.hides(one.get("/OC"))]
        if len(kept) < len(annotations):
            found["hidden_text"] += len(annotations) - len(kept)
            _put(page, kept)


def flatten_forms(pdf: pikepdf.Pdf, found: Counter) -> None:
    """Draw what form fields show on their pages; signatures and what is hidden are not drawn."""
    form = pdf.Root.get("/AcroForm")
    for page in pdf.pages:
        kept = [one for one in _annotations(page) if _is_flattened(one, found)]
        widgets = [one for one in kept if one.get("/Subtype") == pikepdf.Name.Widget]
        found["forms"] += len(widgets)
        _put(page, kept)
    if form is None:
        return
    found["settings"] += "/XFA" in form
    if form.get("/NeedAppearances", False):
        pdf.generate_appearance_streams()
    others = [[one for one in _annotations(page) if one.get("/Subtype") != pikepdf.Name.Widget] for page in pdf.pages]
    for page in pdf.pages:
        _put(page, [one for one in _annotations(page) if one.get("/Subtype") == pikepdf.Name.Widget])
    pdf.flatten_annotations()
    for page, those in zip(pdf.pages, others, strict=True):
        _put(page, those)


def clean_annotations(page: pikepdf.Page, places: Places, found: Counter) -> None:
    """Leave on a page the links that lead to its own document, the web or a mailbox."""
    kept = []
    for one in _annotations(page):
        kind = str(one.get("/Subtype", ""))
        if kind != "/Link":
            found[COUNTED.get(kind, "comments")] += kind != "/Popup"
        elif clean_goal(one, places, found):
            kept.append(one)
    _put(page, kept)
    found["previews"] += "/Thumb" in page.obj
    found["properties"] += sum(key in page.obj for key in ("/Metadata", "/PieceInfo", "/LastModified"))
    found["programs"] += "/AA" in page.obj


def _is_flattened(one: pikepdf.Dictionary, found: Counter) -> bool:
    if one.get("/Subtype") != pikepdf.Name.Widget:
        return True
    field = one
    for _ in range(20):
        if "/FT" in field or not isinstance(field.get("/Parent"), pikepdf.Dictionary):
            break
        field = field.Parent
    if field.get("/FT") == pikepdf.Name.Sig:
        found["signatures"] += 1
        return False
    found["hidden_text"] += (hidden := bool(int(one.get("/F", 0)) & HIDDEN))
    return not hidden


def _annotations(page: pikepdf.Page) -> list[pikepdf.Dictionary]:
    annotations = page.obj.get("/Annots", [])
    if not isinstance(annotations, pikepdf.Array):
        return []
    return [one for one in annotations if isinstance(one, pikepdf.Dictionary)]


def _put(page: pikepdf.Page, annotations: list[pikepdf.Dictionary]) -> None:
    if annotations:
        page.obj.Annots = pikepdf.Array(annotations)
    elif "/Annots" in page.obj:
        del page.obj["/Annots"]
