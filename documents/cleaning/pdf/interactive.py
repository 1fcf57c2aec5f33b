"""Interactive features of a PDF (ISO 32000-2, clause 12): annotations, form fields, links and bookmarks.

Links inside the document, to the web and to mailboxes stay; other annotations are removed. Form fields become drawings
of their values.
"""

from collections import Counter
from typing import Any

import pikepdf

from ...errors import UnreadableError
from ..addresses import is_public_link
from .hidden_layers import Layers

HIDDEN_FLAGS = 0b100011  # the annotation flags Invisible, Hidden and NoView
COUNTED = {"/FileAttachment": "attachments", "/Screen": "programs", "/Movie": "attachments", "/Sound": "attachments",
           "/RichMedia": "attachments", "/3D": "attachments", "/Popup": ""}  # fmt: skip
NEVER_COVERING = {"/Link", "/Widget", "/Popup", "/Underline", "/StrikeOut", "/Squiggly"}
FIT_TYPES = {"/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV"}
MAX_NAMES = 200_000
MAX_FIELD_DEPTH = 20


class Destinations:
    """The named destinations of a PDF. Their names, often those of a file, are replaced by explicit destinations."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pages = {page.obj.objgen for page in pdf.pages}
        self.named: dict[bytes, Any] = {}
        old, names = pdf.Root.get("/Dests"), pdf.Root.get("/Names")
        if isinstance(old, pikepdf.Dictionary):
            self.named |= {str(name)[1:].encode(): target for name, target in old.items()}
        if isinstance(names, pikepdf.Dictionary) and isinstance(names.get("/Dests"), pikepdf.Dictionary):
            self._read_name_tree(names["/Dests"])

    def _read_name_tree(self, root: pikepdf.Object) -> None:
        waiting: list[Any] = [root]
        seen: set[tuple[int, int]] = set()
        while waiting and len(self.named) < MAX_NAMES:
            node = waiting.pop()
            if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in seen):
                continue
            seen.add(node.objgen)
            waiting += list(node.get("/Kids", []))
            pairs = list(node.get("/Names", []))
            for name, target in zip(pairs[::2], pairs[1::2], strict=False):
                if isinstance(name, pikepdf.String):
                    self.named[bytes(name)] = target

    def resolve(self, target: Any) -> pikepdf.Array | None:
        """Return the explicit destination for a destination or the name of one; None if it is not in this file."""
        if isinstance(target, pikepdf.String):
            target = self.named.get(bytes(target))
        elif isinstance(target, pikepdf.Name):
            target = self.named.get(str(target)[1:].encode())
        if isinstance(target, pikepdf.Dictionary):
            target = target.get("/D")
        if not isinstance(target, pikepdf.Array) or len(target) < 1:
            return None
        page = target[0]
        if not isinstance(page, pikepdf.Dictionary) or page.objgen not in self.pages:
            return None
        position: list[Any] = list(target)
        numbers = [one if isinstance(one, (int, float)) or one is None else _number(one) for one in position[2:6]]
        fit = target[1] if len(target) > 1 and str(target[1]) in FIT_TYPES else pikepdf.Name.Fit
        return pikepdf.Array([page, fit, *numbers])


def covering_pages(pdf: pikepdf.Pdf) -> list[int]:
    """Return the indexes of pages with annotations that could cover text and that a copy does not keep.

    Raise UnreadableError if a page has words that are marked for redaction: they are still there.
    """
    kinds = [{str(one.get("/Subtype")) for one in _annotations(page)} for page in pdf.pages]
    marked = [number for number, found in enumerate(kinds, 1) if "/Redact" in found]
    if marked:
        raise UnreadableError("unseen", pages=marked)
    return [index for index, found in enumerate(kinds) if found - NEVER_COVERING]


def drop_hidden_annotations(pdf: pikepdf.Pdf, layers: Layers, found: Counter[str]) -> None:
    """Remove annotations in hidden layers."""
    for page in pdf.pages:
        annotations = _annotations(page)
        kept = [one for one in annotations if not layers.hides(one.get("/OC"))]
        if len(kept) < len(annotations):
            found["hidden_text"] += len(annotations) - len(kept)
            _set_annotations(page, kept)


def flatten_forms(pdf: pikepdf.Pdf, found: Counter[str]) -> None:
    """Draw the values of form fields on their pages, other than signatures and hidden fields."""
    form = pdf.Root.get("/AcroForm")
    for page in pdf.pages:
        kept = [one for one in _annotations(page) if _is_kept(one, found)]
        found["forms"] += len([one for one in kept if _is_widget(one)])
        _set_annotations(page, kept)
    if form is None:
        return
    found["settings"] += "/XFA" in form
    if form.get("/NeedAppearances", False):
        pdf.generate_appearance_streams()
    others = [[one for one in _annotations(page) if not _is_widget(one)] for page in pdf.pages]
    for page in pdf.pages:
        _set_annotations(page, [one for one in _annotations(page) if _is_widget(one)])
    pdf.flatten_annotations()
    for page, annotations in zip(pdf.pages, others, strict=True):
        _set_annotations(page, annotations)


def clean_annotations(page: pikepdf.Page, destinations: Destinations, found: Counter[str]) -> None:
    """Keep of a page's annotations only links that lead into its own document, to the web or to a mailbox."""
    kept = []
    for one in _annotations(page):
        kind = str(one.get("/Subtype", ""))
        if kind != "/Link":
            found[COUNTED.get(kind, "comments")] += kind != "/Popup"
        elif clean_destination(one, destinations, found):
            kept.append(one)
    _set_annotations(page, kept)
    found["previews"] += "/Thumb" in page.obj
    found["properties"] += sum(key in page.obj for key in ("/Metadata", "/PieceInfo", "/LastModified"))
    found["programs"] += "/AA" in page.obj


def clean_bookmarks(pdf: pikepdf.Pdf, destinations: Destinations, found: Counter[str]) -> None:
    """Give each bookmark an explicit destination, or none."""
    root = pdf.Root.get("/Outlines")
    waiting: list[Any] = [root] if isinstance(root, pikepdf.Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while waiting:
        item = waiting.pop()
        if item.objgen in seen:
            continue
        seen.add(item.objgen)
        if "/Dest" in item or "/A" in item:
            clean_destination(item, destinations, found)
        waiting += [item[key] for key in ("/First", "/Next") if isinstance(item.get(key), pikepdf.Dictionary)]


def clean_destination(one: pikepdf.Object, destinations: Destinations, found: Counter[str]) -> bool:
    """Reduce the target of a link or bookmark to a public address or an explicit destination.

    Return whether anything is left of it.
    """
    action = one.get("/A")
    if "/Dest" in one:
        target = destinations.resolve(one["/Dest"])
    elif not isinstance(action, pikepdf.Dictionary):
        return False
    elif action.get("/S") == pikepdf.Name.URI and is_public_link(_text(action.get("/URI"))):
        one["/A"] = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=action["/URI"])
        return True
    elif action.get("/S") == pikepdf.Name.GoTo:
        target = destinations.resolve(action.get("/D"))
    else:
        opens_file = action.get("/S") in (pikepdf.Name.URI, pikepdf.Name.GoToR, pikepdf.Name.Launch)
        found["links" if opens_file else "programs"] += 1
        target = None
    for key in ("/A", "/Dest"):
        if key in one:
            del one[key]
    if target is not None:
        one["/Dest"] = target
    return target is not None


def _is_widget(one: pikepdf.Object) -> bool:
    return bool(one.get("/Subtype") == pikepdf.Name.Widget)


def _is_kept(one: pikepdf.Object, found: Counter[str]) -> bool:
    """Return whether an annotation is left to be drawn or cleaned: a signature or a hidden field is not."""
    if not _is_widget(one):
        return True
    field = one
    for _ in range(MAX_FIELD_DEPTH):
        if "/FT" in field or not isinstance(field.get("/Parent"), pikepdf.Dictionary):
            break
        field = field["/Parent"]
    if field.get("/FT") == pikepdf.Name.Sig:
        found["signatures"] += 1
        return False
    found["hidden_text"] += (hidden := bool(int(one.get("/F", 0)) & HIDDEN_FLAGS))
    return not hidden


def _annotations(page: pikepdf.Page) -> list[pikepdf.Object]:
    annotations: Any = page.obj.get("/Annots", [])
    if not isinstance(annotations, pikepdf.Array):
        return []
    return [one for one in annotations if isinstance(one, pikepdf.Dictionary)]


def _set_annotations(page: pikepdf.Page, annotations: list[pikepdf.Object]) -> None:
    if annotations:
        page.obj["/Annots"] = pikepdf.Array(annotations)
    elif "/Annots" in page.obj:
        del page.obj["/Annots"]


def _text(address: Any) -> str:
    return bytes(address).decode("utf-8", "replace") if isinstance(address, pikepdf.String) else ""


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
