"""Which fonts of a PDF something seen is set in: the letters of a subset tell what was written with it."""

from pikepdf import Dictionary, Name

SHOWS = {"Tj", "TJ", "'", '"'}


class Typefaces:
    """The fonts of one PDF, and those of them that are needed."""

    def __init__(self):
        self.offered: dict[tuple[int, int], Dictionary] = {}
        self.needed: set[tuple[int, int]] = set()
        self.are_known = True
        self.begin()

    def begin(self) -> None:
        """Start to follow a stream of instructions."""
        self.current: tuple[int, int] | None = None
        self.saved: list[tuple[int, int] | None] = []

    def offer(self, fonts: list) -> None:
        """Note the fonts that a page, a form or a pattern may use."""
        self.offered |= {font.objgen: font for font in fonts if isinstance(font, Dictionary) and font.is_indirect}

    def choose(self, font) -> None:
        """Note that what follows is set in a font."""
        self.current = font.objgen if isinstance(font, Dictionary) else None

    def follow(self, operator: str, is_seen: bool) -> None:
        """Note what an instruction means for the fonts that are needed."""
        if operator == "q":
            self.saved.append(self.current)
        elif operator == "Q" and self.saved:
            self.current = self.saved.pop()
        elif operator in SHOWS and is_seen:
            # A form may go on with the font of who draws it.
            self.are_known = self.are_known and self.current is not None
            self.needed |= {self.current} if self.current else set()

    def empty(self) -> None:
        """Leave of fonts that nothing seen is set in only that they are fonts."""
        for place, font in self.offered.items() if self.are_known else ():
            if place not in self.needed:
                for key in set(font.keys()):
                    del font[key]
                font.Type, font.Subtype, font.BaseFont = Name.Font, Name.Type1, Name.Helvetica
