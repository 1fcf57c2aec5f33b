"""The search for unseen text in the pages of a PDF, its removal, and the proof that nothing else changed."""

import io
from collections.abc import Iterable

import pikepdf
import pypdfium2

from ....errors import UnreadableError
from .drawing import DrawnPage, differs, inside
from .glyphs import Glyph, GlyphStreams
from .verdict import UncertainError, judge
from .visible_letters import Reading, read_letters

SAME = 32  # of 255: letters that stay may be drawn a hundredth of a pixel beside their old place


class UnseenText:
    """The unseen glyphs of one PDF, by the index of their page."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.glyphs: dict[int, list[Glyph]] = {}
        self.together: dict[int, int] = {}
        self.uncertain: set[int] = set()

    def find(self) -> bool:
        """Return whether a page has unseen text. Raise UnreadableError if that is unclear."""
        readings = self._suspects()
        if not readings:
            return False
        apart, taken = _taken_apart(self.content, readings)
        for index, glyphs in taken.items():
            self._judge(index, DrawnPage(apart, index), glyphs, readings[index])
        self._require_certain()
        return bool(self.glyphs)

    def remove_from(self, pdf: pikepdf.Pdf) -> int:
        """Remove the unseen glyphs from the same PDF, opened; return from how many strings."""
        strings = 0
        for index, glyphs in self.glyphs.items():
            GlyphStreams(pdf, pdf.pages[index]).remove(glyphs)
            strings += len({glyph.word for glyph in glyphs if glyph.is_removed})
        return strings

    def require_removed(self, cleaned: bytes) -> None:
        """Raise UnreadableError unless the pages look as before and what is left of their text is seen."""
        before, after = pypdfium2.PdfDocument(self.content), pypdfium2.PdfDocument(cleaned)
        apart, taken = _taken_apart(cleaned, self.glyphs)
        for index in self.glyphs:
            old, new = DrawnPage(before, index), DrawnPage(after, index)
            difference = differs(old.draw(), new.draw(), SAME)
            for piece in old.pieces:
                if piece.is_speck:
                    inside(piece.box, difference, 1)[...] = False
            if difference.any() or not _is_seen(DrawnPage(apart, index), taken[index]):
                self.uncertain.add(index)
        self._require_certain()

    def _suspects(self) -> dict[int, Reading]:
        pdf = pypdfium2.PdfDocument(self.content)
        readings = {}
        for index in range(len(pdf)):
            drawn = DrawnPage(pdf, index)
            reading = read_letters(drawn)
            if reading.unseen or reading.overlap or any(piece.is_sliver for piece in drawn.pieces):
                readings[index] = reading
        return readings

    def _judge(self, index: int, drawn: DrawnPage, glyphs: list[Glyph], reading: Reading) -> None:
        try:
            self.together[index] = judge(drawn, glyphs)
        except UncertainError:
            self.uncertain.add(index)
            return
        removed = [piece for piece, glyph in zip(drawn.pieces, glyphs, strict=True) if glyph.is_removed]
        if removed:
            self.glyphs[index] = glyphs
        # Strings that cannot be split may have both seen and unseen letters.
        whole = any(glyph.is_whole and not glyph.is_removed for glyph in glyphs)
        if whole and len(reading.unseen) > sum(len(piece.text) for piece in removed) + self.together[index]:
            self.uncertain.add(index)

    def _require_certain(self) -> None:
        if self.uncertain:
            raise UnreadableError("unseen", pages=sorted(index + 1 for index in self.uncertain))


def _taken_apart(content: bytes, pages: Iterable[int]) -> tuple[pypdfium2.PdfDocument, dict[int, list[Glyph]]]:
    """Return a PDF in which each glyph of some pages is shown by an operator of its own, and these glyphs."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        taken = {index: GlyphStreams(pdf, pdf.pages[index]).take_apart() for index in pages}
        pdf.save(file)
    return pypdfium2.PdfDocument(file.getvalue()), taken


def _is_seen(drawn: DrawnPage, glyphs: list[Glyph]) -> bool:
    """Return whether a person sees all glyphs of a page that has been taken apart."""
    try:
        judge(drawn, glyphs)
    except UncertainError:
        return False
    return not any(glyph.is_removed for glyph in glyphs)


def require_uncovered(data: bytes, annotated: Iterable[int]) -> None:
    """Raise UnreadableError if annotations, which a copy loses, cover letters on these pages of a PDF."""
    pdf = pypdfium2.PdfDocument(data)
    covered = []
    for index in annotated:
        shown = read_letters(DrawnPage(pdf, index, with_annotations=True)).unseen
        bare = read_letters(DrawnPage(pdf, index)).unseen
        words = {(one.box, one.text) for one in shown if one.text.isalnum()} - {(one.box, one.text) for one in bare}
        if len(words) > 1:
            covered.append(index + 1)
    if covered:
        raise UnreadableError("unseen", pages=covered)
