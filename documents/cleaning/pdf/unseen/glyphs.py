"""Content streams whose text is taken apart into single glyphs, and put together again without some of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Stream, String

from ..hidden_traces import TextAlternatives
from ..streams import NO_CONTENT
from .drawing import MAX_DEPTH
from .glyph_codes import Splitter, is_vertical, splitter_of

SHOWING = {"Tj", "TJ", "'", '"'}
MOVING = {"BT", "ET", "Td", "TD", "Tm", "T*"}

Place = tuple[float, float, float, float, float, float]  # the matrix of a glyph in its content stream


@dataclass
class Glyph:
    """One glyph that a page shows, or a string whose glyphs cannot be told apart."""

    word: int  # the number of the string that it is part of
    is_whole: bool  # the string could not be split
    is_removed: bool = False
    place: Place | None = None


@dataclass
class _State:
    """What affects the text of a content stream and is saved with the graphics state."""

    font: Any = None
    size: float = 0.0


@dataclass
class GlyphStreams:
    """The content streams of one page of a PDF with the forms that they draw, in the order in which these are drawn."""

    pdf: pikepdf.Pdf
    page: pikepdf.Page
    glyphs: list[Glyph] = field(default_factory=list)
    removing: bool = False
    words: int = 0
    position: int = 0
    splitters: dict[tuple[int, int], Splitter] = field(default_factory=dict)
    alternatives: TextAlternatives | None = None

    def take_apart(self) -> list[Glyph]:
        """Rewrite the page so that each of its glyphs is shown by an operator of its own; return them in order."""
        self.removing = False
        self._rewrite_page()
        return self.glyphs

    def remove(self, glyphs: list[Glyph]) -> None:
        """Rewrite the page without the glyphs that are marked as removed; the others stay where they are."""
        self.glyphs, self.removing, self.position = glyphs, True, 0
        self.alternatives = TextAlternatives(self.pdf)
        self._rewrite_page()

    def _rewrite_page(self) -> None:
        page = self.page.obj
        self.page.contents_coalesce()
        contents = page.get("/Contents")
        if not isinstance(contents, Stream):
            return
        resources = Dictionary(dict(self.page.resources.items()))
        content = self._rewritten(contents, resources, page.get("/StructParents"), 0)
        page["/Resources"] = resources
        page["/Contents"] = self.pdf.make_stream(content)

    def _rewritten(self, stream: Object, resources: Object, number: Any, depth: int) -> bytes:
        writer = _Writer(self, resources, number, depth)
        kept = [one for instruction in pikepdf.parse_content_stream(stream) for one in writer.follow(instruction)]
        return pikepdf.unparse_content_stream(kept) or NO_CONTENT

    def copy_of_form(self, form: Object, resources: Object, depth: int) -> Object:
        """Return a form of this page's own in place of one that it may share with others."""
        first = self.position if self.removing else len(self.glyphs)
        own = Dictionary(dict((form.get("/Resources") or resources).items()))
        content = self._rewritten(form, own, form.get("/StructParents"), depth + 1)
        if self.removing and not any(one.is_removed for one in self.glyphs[first : self.position]):
            return form
        keys = {key: value for key, value in form.items() if key not in ("/Length", "/Filter", "/DecodeParms")}
        copy = self.pdf.make_stream(content)
        for key, value in (keys | {"/Resources": own}).items():
            copy[key] = value
        return copy

    def splitter(self, font: Any) -> Splitter:
        """Return what splits the strings of a font."""
        if not isinstance(font, Dictionary) or not font.is_indirect:
            return splitter_of(font)
        if font.objgen not in self.splitters:
            self.splitters[font.objgen] = splitter_of(font)
        return self.splitters[font.objgen]

    def next_glyph(self, *, is_whole: bool) -> Glyph:
        """Return the next glyph: a new one while the page is taken apart, else one that is known."""
        if not self.removing:
            self.glyphs.append(Glyph(self.words, is_whole))
            return self.glyphs[-1]
        self.position += 1
        return self.glyphs[self.position - 1]


class _Writer:
    """Follows one content stream and yields the instructions of the new one."""

    def __init__(self, streams: GlyphStreams, resources: Object, number: Any, depth: int) -> None:
        self.streams, self.resources, self.number, self.depth = streams, resources, number, depth
        self.state = _State()
        self.saved: list[_State] = []
        self.marks: list[Any] = []
        self.gap: Place | None = None  # where the first of the glyphs that were just removed stood

    def follow(self, instruction: Any) -> Iterator[Any]:
        """Yield what replaces an instruction."""
        operator = str(instruction.operator)
        operands: list[Any] = list(instruction.operands)
        if operator == "q":
            self.saved.append(_State(self.state.font, self.state.size))
        elif operator == "Q" and self.saved:
            self.state = self.saved.pop()
        elif operator == "Tf" and len(operands) > 1:
            self.state = _State(_named(self.resources, "/Font", operands[0]), float(operands[1]))
        elif operator == "gs" and operands:
            self._set_state(_named(self.resources, "/ExtGState", operands[0]))
        elif operator in ("BDC", "BMC"):
            self.marks.append(operands[1] if operator == "BDC" and len(operands) > 1 else None)
        elif operator == "EMC" and self.marks:
            self.marks.pop()
        elif operator in MOVING:
            self.gap = None
        if operator in SHOWING and operands:
            yield from self._show(operator, operands)
        elif operator == "Do" and operands:
            yield [self._drawn(operands[0])], instruction.operator
        else:
            yield instruction

    def _set_state(self, state: Any) -> None:
        font = state.get("/Font") if isinstance(state, Dictionary) else None
        if isinstance(font, Array) and len(font) > 1:
            self.state = _State(font[0], float(font[1]))

    def _drawn(self, name: Any) -> Any:
        form = _named(self.resources, "/XObject", name)
        if not isinstance(form, Stream) or form.get("/Subtype") != Name.Form or self.depth >= MAX_DEPTH:
            return name
        copy = self.streams.copy_of_form(form, self.resources, self.depth)
        if copy.objgen == form.objgen:
            return name
        own = Dictionary(dict(self.resources["/XObject"].items()))
        new = next(name for number in range(len(own) + 1) if (name := Name(f"/X{number}")) not in own)
        own[new] = copy
        self.resources["/XObject"] = own
        return new

    def _show(self, operator: str, operands: list[Any]) -> Iterator[Any]:
        if operator == '"' and len(operands) > 2:
            yield [operands[0]], Operator("Tw")
            yield [operands[1]], Operator("Tc")
        if operator in ("'", '"'):
            self.gap = None
            yield [], Operator("T*")
        shown = list(operands[-1]) if operator == "TJ" and isinstance(operands[-1], Array) else [operands[-1]]
        kept: list[Any] = []
        for one in shown:
            if isinstance(one, String):
                self.streams.words += 1
                kept += self._codes(bytes(one))
            elif self.gap is None:
                kept.append(one)
        if self.streams.removing:
            yield from [([Array(_joined(kept))], Operator("TJ"))] if kept else []
        else:
            yield from (([one], Operator("Tj")) if isinstance(one, String) else ([Array([one])], Operator("TJ"))
                        for one in kept)  # fmt: skip

    def _codes(self, string: bytes) -> Iterator[Any]:
        """Yield the codes of a string that stay, and numbers that move the text over those that do not."""
        codes = self.streams.splitter(self.state.font)(string) if string else []
        for code in codes:
            glyph = self.streams.next_glyph(is_whole=len(codes) == 1 and self._is_unsplit(string))
            if glyph.is_removed:
                self.gap = self.gap or glyph.place
                self._silence()
                continue
            if self.gap is not None and glyph.place is not None:
                yield self._move(self.gap, glyph.place)
                self.gap = None
            yield String(code)

    def _is_unsplit(self, string: bytes) -> bool:
        return len(string) > 2 or self.streams.splitter(self.state.font)(string * 2) == [string * 2]

    def _move(self, start: Place, end: Place) -> float:
        """Return the number that moves the text from one place to another on its line (9.4.3)."""
        along = end[2:4] if is_vertical(self.state.font) else end[:2]
        length = along[0] ** 2 + along[1] ** 2
        if not length or not self.state.size:
            return 0
        distance = ((end[4] - start[4]) * along[0] + (end[5] - start[5]) * along[1]) / length
        return round(-1000 * distance / self.state.size, 3)

    def _silence(self) -> None:
        """Remove the text alternatives of the marked content that a removed glyph is in."""
        alternatives = self.streams.alternatives
        for properties in self.marks if alternatives else ():
            if isinstance(properties, Name):
                properties = _named(self.resources, "/Properties", properties)
            if isinstance(properties, Dictionary) and alternatives:
                alternatives.strip(properties)
                alternatives.silence(self.number, properties.get("/MCID"))


def _named(resources: Object, kind: str, name: Any) -> Any:
    named = resources.get(kind)
    return named.get(str(name)) if isinstance(named, Dictionary) and isinstance(name, Name) else None


def _joined(shown: list[Any]) -> list[Any]:
    """Return strings and numbers with neighbouring strings joined."""
    joined: list[Any] = []
    for one in shown:
        if isinstance(one, String) and joined and isinstance(joined[-1], String):
            joined[-1] = String(bytes(joined[-1]) + bytes(one))
        else:
            joined.append(one)
    return joined
