"""Interactive features of a PDF (ISO 32000-2, clause 12): annotations, links and bookmarks.

Links inside the document, to the web and to mailboxes stay. Other annotations are removed, after those that are typed
text have become part of their pages (`typed_text.py`).
"""

import io
from collections import Counter
from typing import Any

import pikepdf

from ...errors import UnreadableError
from ..links import is_public_link
from .hidden_layers import Layers
from .typed_text import annotations_of, is_typed_on_page, set_annotations

COUNTED = {"/FileAttachment": "attachments", "/Screen": "programs", "/Movie": "attachments", "/Sound": "attachments",
           "/RichMedia": "attachments", "/3D": "attachments", "/Popup": ""}  # fmt: skip
# Links, fields, lines and the icons of notes. Nobody hides words below them.
NEVER_COVERING = {"/Link", "/Widget", "/Popup", "/Underline", "/StrikeOut", "/Squiggly", "/Text", "/FileAttachment",
                  "/Sound", "/Movie", "/Screen"}  # fmt: skip
FIT_TYPES = {"/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV"}
MAX_NAMES = 200_000


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
    kinds = [
        {str(one.get("/Subtype")) for one in annotations_of(page) if not is_typed_on_page(one)} for page in pdf.pages
    ]
    marked = [number for number, found in enumerate(kinds, 1) if "/Redact" in found]
    if marked:
        raise UnreadableError("unseen", pages=marked)
    return [index for index, found in enumerate(kinds) if found - NEVER_COVERING]


def with_covering_annotations(data: bytes) -> bytes:
    """Return a PDF, without a lock, whose only annotations are those that could cover text."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            kept = [one for one in annotations_of(page) if str(one.get("/Subtype")) not in NEVER_COVERING]
            set_annotations(page, [one for one in kept if not is_typed_on_page(one)])
        pdf.save(file, encryption=False)
    return file.getvalue()


def drop_hidden_annotations(pdf: pikepdf.Pdf, layers: Layers, found: Counter[str]) -> None:
    """Remove annotations in hidden layers."""
    for page in pdf.pages:
        annotations = annotations_of(page)
        kept = [one for one in annotations if not layers.hides(one.get("/OC"))]
        if len(kept) < len(annotations):
            found["hidden_text"] += len(annotations) - len(kept)
            set_annotations(page, kept)


def clean_annotations(page: pikepdf.Page, destinations: Destinations, found: Counter[str]) -> None:
    """Keep of a page's annotations only links that lead into its own document, to the web or to a mailbox."""
    kept = []
    for one in annotations_of(page):
        kind = str(one.get("/Subtype", ""))
        if kind != "/Link":
            found[COUNTED.get(kind, "comments")] += kind != "/Popup"
        elif clean_destination(one, destinations, found):
            kept.append(one)
    set_annotations(page, kept)
    found["previews"] += "/Thumb" in page.obj
    found["properties"] += sum(key in page.obj for key in ("/Metadata", "/PieceInfo", "/LastModified"))
    found["programs"] += "/AA" in page.obj


def clean_bookmarks(pdf: pikepdf.Pdf, destinations: Destinations, found: Counter[str]) -> None:
    """Give each bookmark an explicit destination, or none."""
    root = pdf.Root.get("/Outlines")
    waiting: list[Any] = []
    if isinstance(root, pikepdf.Dictionary):
        waiting = [root]
        if "/Title" in root:
            del root["/Title"]  # viewers show those of bookmarks only
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


def _text(address: Any) -> str:
    return bytes(address).decode("utf-8", "replace") if isinstance(address, pikepdf.String) else ""


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
