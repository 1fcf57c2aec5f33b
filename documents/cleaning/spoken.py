"""What a PDF says aloud of things on its pages: it goes with what is not seen."""

import pikepdf
from pikepdf import Array, Dictionary

WORDS = {"/ActualText", "/Alt", "/E"}
HIGHEST = 50  # elements above an element


class Spoken:
    """The structure of one PDF; `numbers` tells under which number the marks of a content stream are listed in it."""

    def __init__(self, pdf: pikepdf.Pdf):
        root = pdf.Root.get("/StructTreeRoot")
        tree = root.get("/ParentTree") if isinstance(root, Dictionary) else None
        self.numbers: dict[tuple[int, int], int | None] = {}
        self.elements = dict(_listed(tree))

    def silence(self, number, mark=None) -> None:
        """Take the words from the element that a number, and a mark if it is a page's number, lead to."""
        element = self.elements.get(number) if isinstance(number, int) else None
        if isinstance(element, Array) and isinstance(mark, int):
            element = element[mark] if 0 <= mark < len(element) else None
        for _ in range(HIGHEST):
            if not isinstance(element, Dictionary):
                return
            self.strip(element)
            element = element.get("/P")
            if not isinstance(element, Dictionary) or _has_more(element):
                return

    def strip(self, holder: Dictionary) -> bool:
        """Take the words from an element or a mark, and tell whether there were any."""
        found = WORDS & set(holder.keys())
        for key in found:
            del holder[key]
        return bool(found)


def _has_more(element: Dictionary) -> bool:
    kids = element.get("/K")
    return isinstance(kids, Array) and len(kids) > 1


def _listed(tree, depth: int = 0):
    """Yield what is in a tree of numbers (7.9.7)."""
    if not isinstance(tree, Dictionary) or depth > HIGHEST:
        return
    numbers, kids = tree.get("/Nums"), tree.get("/Kids")
    if isinstance(numbers, Array):
        pairs = list(numbers)
        yield from ((number, thing) for number, thing in zip(pairs[::2], pairs[1::2], strict=False)
                    if isinstance(number, int))  # fmt: skip
    if isinstance(kids, Array):
        for kid in kids:
            yield from _listed(kid, depth + 1)
