"""Fonts that visible text uses: the glyphs of a subset font reveal what was written with it."""

from collections.abc import Iterable
from typing import Any

from pikepdf import Dictionary, Name, Object

TEXT_OPERATORS = {"Tj", "TJ", "'", '"'}


class UsedFonts:
    """The fonts of one PDF, and which of them visible text uses.

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
                for entry in set(font.keys()):
                    del font[entry]
                font["/Type"], font["/Subtype"], font["/BaseFont"] = Name.Font, Name.Type1, Name.Helvetica
