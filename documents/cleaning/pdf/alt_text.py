"""Text alternatives in the structure tree of a PDF (ISO 32000-2, 14.9): removed with the content that they describe."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

ALTERNATIVES = {"/ActualText", "/Alt", "/E"}
MAX_DEPTH = 50  # of elements in elements


class TextAlternatives:
    """The text alternatives of one PDF.

    `numbers` holds, by content stream, the key in the parent tree under which its marked content is listed.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        root = pdf.Root.get("/StructTreeRoot")
        tree = root.get("/ParentTree") if isinstance(root, Dictionary) else None
        self.numbers: dict[tuple[int, int], Any] = {}
        self.elements = dict(_number_tree(tree))

    def silence(self, number: Any, mark: Any = None) -> None:
        """Remove the alternatives of an element and of the parents that describe only it.

        `number` is the element's key in the parent tree; if it is that of a content stream, `mark` is the MCID.
        """
        element = self.elements.get(number) if isinstance(number, int) else None
        if isinstance(element, Array) and isinstance(mark, int):
            element = element[mark] if 0 <= mark < len(element) else None
        for _ in range(MAX_DEPTH):
            if not isinstance(element, Dictionary):
                return
            self.strip(element)
            element = element.get("/P")
            if not isinstance(element, Dictionary) or _has_more(element):
                return

    def strip(self, holder: pikepdf.Object) -> bool:
        """Remove the alternatives of an element or of marked content, and tell whether there were any."""
        found = ALTERNATIVES & set(holder.keys())
        for key in found:
            del holder[key]
        return bool(found)


def _has_more(element: pikepdf.Object) -> bool:
    kids = element.get("/K")
    return isinstance(kids, Array) and len(kids) > 1


def _number_tree(tree: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a number tree (7.9.7)."""
    if not isinstance(tree, Dictionary) or depth > MAX_DEPTH:
        return
    numbers, kids = tree.get("/Nums"), tree.get("/Kids")
    if isinstance(numbers, Array):
        pairs: list[Any] = list(numbers)
        yield from ((number, value) for number, value in zip(pairs[::2], pairs[1::2], strict=False)
                    if isinstance(number, int))  # fmt: skip
    if isinstance(kids, Array):
        for kid in kids:
            yield from _number_tree(kid, depth + 1)
