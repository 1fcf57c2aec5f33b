"""Traces that hidden content of a PDF leaves elsewhere: text alternatives that describe it, and fonts it is set in."""

from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from .streams import drop_keys

ALTERNATIVES = {"/ActualText", "/Alt", "/E"}
MAX_DEPTH = 50  # of elements in elements
TEXT_OPERATORS = {"Tj", "TJ", "'", '"'}


class TextAlternatives:
    """The text alternatives in the structure tree of one PDF (ISO 32000-2, 14.9).

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

    def strip(self, holder: Object) -> bool:
        """Remove the alternatives of an element or of marked content, and return whether there were any."""
        found = ALTERNATIVES & set(holder.keys())
        drop_keys(holder, found)
        return bool(found)


class UsedFonts:
    """The fonts of one PDF, and which of them visible text uses: the glyphs of a subset reveal what was written.

    `are_known` is false if some visible text is set in a font that cannot be determined; then all fonts stay.
    """

    def __init__(self) -> None:
        self.available: dict[tuple[int, int], Object] = {}
        self.used: set[tuple[int, int]] = set()
        self.are_known = True
        self.begin_stream()

    def begin_stream(self) -> None:
        """Start to follow another content stream."""
        self.current: tuple[int, int] | None = None
        self.saved: list[tuple[int, int] | None] = []

    def add(self, fonts: Iterable[Any]) -> None:
        """Note the fonts among the resources of a page, form or pattern."""
        self.available |= {font.objgen: font for font in fonts if isinstance(font, Dictionary) and font.is_indirect}

    def select(self, font: Any) -> None:
        """Note that the text that follows is set in a font."""
        self.current = font.objgen if isinstance(font, Dictionary) else None

    def follow(self, operator: str, *, is_visible: bool) -> None:
        """Note what an instruction means for the fonts in use."""
        if operator == "q":
            self.saved.append(self.current)
        elif operator == "Q" and self.saved:
            self.current = self.saved.pop()
        elif operator in TEXT_OPERATORS and is_visible:
            # A form can inherit the font of the stream that draws it.
            self.are_known = self.are_known and self.current is not None
            self.used |= {self.current} if self.current else set()

    def empty_unused(self) -> None:
        """Replace fonts that no visible text uses by empty ones."""
        for key, font in self.available.items() if self.are_known else ():
            if key not in self.used:
                drop_keys(font, set(font.keys()))
                font["/Type"], font["/Subtype"], font["/BaseFont"] = Name.Font, Name.Type1, Name.Helvetica


def _has_more(element: Object) -> bool:
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
