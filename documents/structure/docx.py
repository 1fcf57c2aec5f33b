"""Convert a Word document to Markdown, with the numbers that Word counts."""

import re
from collections.abc import Iterable, Iterator

from ..cleaning.links import LINK
from ..reading.docx import is_merged_above
from ..reading.list_numbers import ListNumber
from ..reading.word_notes import NoteTexts
from ..reading.word_numbering import Numbering
from ..reading.word_package import NOTES, R, W, WordPackage
from ..reading.word_styles import Styles, attribute, value
from ..xml_trees import Element, find_outside
from .blocks import Block, paragraph, pipe_table, to_markdown
from .letterhead import without_letterhead
from .numbered_blocks import apply_numbers
from .text_runs import TextRun, to_inline_markdown, to_plain_markdown
from .typed_lists import TypedLists

# Elements around runs that are read as if they were not there. All other elements next to runs are left out.
TRANSPARENT = {W + name for name in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "dir", "bdo")}
INSTEAD = {W + "tab": "\t", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "-"}
TAB = 36  # points to the next tab stop, as Word has it without other settings
MAX_HEADING = 120  # characters of a bold line that counts as a heading
SENTENCE_ENDS = (".", ";", ",", ":", "。", "،")


def markdown(data: bytes) -> str:
    """Return the text of a document as Markdown. Raise the errors of `WordPackage`."""
    return to_markdown(without_letterhead(_Reader(WordPackage(data)).blocks()))


class _Reader:
    """Reads one document from start to end, counting its automatic numbers and its notes."""

    def __init__(self, package: WordPackage):
        self.package = package
        self.styles = Styles(package.part("styles"))
        self.numbering = Numbering(package.part("numbering"), self.styles)
        self.notes = {tag: package.notes(kind) for tag, kind in NOTES.items()}
        self.typed_lists = TypedLists()
        self.note_count = 0
        self.note_texts = NoteTexts(self._note)
        self.pending_notes: list[Block] = []  # referred to in the element that is being read

    def blocks(self) -> list[Block]:
        """Return the blocks of the document."""
        return apply_numbers([self._part(element) for element in _block_elements(self.package.body)])

    def _part(self, element: Element) -> tuple[list[Block], ListNumber | None]:
        """Return the blocks of a paragraph or table with the notes that it refers to, and its automatic number."""
        if element.tag == W + "tbl":
            blocks, number = self._table(element), None
        else:
            blocks, number = self._paragraph(element)
        notes, self.pending_notes = self.pending_notes, []
        return [*blocks, *notes], number

    def _table(self, element: Element) -> list[Block]:
        rows = [
            [(self._cell(cell), _columns(cell)) for cell in find_outside(row, W + "tc", W + "tc")]
            for row in find_outside(element, W + "tr", W + "tc")
        ]
        return [Block("table", pipe_table(rows))] if rows else []

    def _cell(self, cell: Element) -> str:
        if is_merged_above(cell):
            return ""
        texts = []
        for element in cell.iter(W + "p"):
            number = self.numbering.next(element)
            text = to_inline_markdown(self._runs(element, element)).strip()
            texts.append(f"{number.label} {text}".strip() if number else text)
        return " ".join(text for text in texts if text)

    def _paragraph(self, element: Element) -> tuple[list[Block], ListNumber | None]:
        runs = list(self._runs(element, element))
        if not "".join(run.text + run.note for run in runs).strip():
            return [], None
        number, level = self.numbering.next(element), self.styles.heading_level(element)
        if not level and not (number and number.number_format == "decimal") and _is_bold_line(runs):
            level = 2
        if level:
            text = f"{number.label if number else ''} {to_plain_markdown(runs)}"
            return [Block("heading", re.sub(r"\s+", " ", text).strip(), level)], None
        inline = to_inline_markdown(runs)
        text = _with_single_spaces(inline)
        item = self.typed_lists.read(text, self.styles.indent(element) + _typed_indent(inline)) if not number else None
        return [item or (paragraph(text) if number is None else Block("paragraph", text))], number

    def _runs(self, holder: Element, paragraph: Element, link: str = "") -> Iterator[TextRun]:
        for element in holder:
            if element.tag == W + "r":
                yield from self._run(element, paragraph, link)
            elif element.tag == W + "hyperlink":
                yield from self._runs(element, paragraph, self._address(element))
            elif element.tag in TRANSPARENT:
                yield from self._runs(element, paragraph, link)

    def _address(self, hyperlink: Element) -> str:
        """Return the web address that a hyperlink leads to; empty if it leads elsewhere."""
        relationship = self.package.relationships.get(hyperlink.get(R + "id", ""))
        address = relationship.target if relationship is not None and relationship.is_external else ""
        return address.replace(" ", "%20") if LINK.match(address) and not address.startswith("#") else ""

    def _run(self, run: Element, paragraph: Element, link: str) -> Iterator[TextRun]:
        bold, italic = self.styles.has(run, paragraph, "b"), self.styles.has(run, paragraph, "i")
        for child in run:
            if child.tag == W + "t":
                yield TextRun(child.text or "", bold, italic, link)
            elif child.tag in INSTEAD:
                yield TextRun(INSTEAD[child.tag], bold, italic, link)
            elif child.tag in NOTES and (note := self.notes[child.tag].get(attribute(child, "id") or "")) is not None:
                self.note_count += 1
                label = str(self.note_count)
                yield TextRun("", note=label)
                self.pending_notes.append(Block("note", self.note_texts.shown_by_reference(note), label=label))

    def _note(self, note: Element) -> str:
        texts = (
            _with_single_spaces(to_inline_markdown(self._runs(element, element))) for element in note.iter(W + "p")
        )
        return " ".join(text for text in texts if text)


def _block_elements(body: Element) -> Iterator[Element]:
    """Yield paragraphs and tables, those in content controls too. A table of one cell is only a frame."""
    for element in body:
        if element.tag == W + "tbl" and len(cells := [*find_outside(element, W + "tc", W + "tc")]) == 1:
            yield from _block_elements(cells[0])
        elif element.tag in (W + "p", W + "tbl"):
            yield element
        elif element.tag in (W + "sdt", W + "sdtContent"):
            yield from _block_elements(element)


def _columns(cell: Element) -> int:
    """Return how many columns a cell spans."""
    return int(value(cell.find(W + "tcPr"), "gridSpan") or 1)


def _typed_indent(text: str) -> float:
    """Return how far tabs before the words of a paragraph indent it, in points."""
    return (len(text) - len(text.lstrip("\t"))) * TAB


def _with_single_spaces(text: str) -> str:
    """Return a line without white space for layout. A tab after a leading number stays, since it separates the two."""
    head, tab, rest = text.strip().partition("\t")
    separator = tab if head.strip("*").isdigit() else " " if tab else ""
    return re.sub(r"\s+", " ", head) + separator + re.sub(r"\s+", " ", rest)


def _is_bold_line(runs: Iterable[TextRun]) -> bool:
    """Return whether a short line is bold throughout, as headings without a heading style are."""
    words = [run for run in runs if run.text.strip()]
    text = "".join(run.text for run in words).strip()
    is_short = len(text) <= MAX_HEADING and not text.endswith(SENTENCE_ENDS)
    return bool(text) and all(run.bold for run in words) and is_short and not text[0].isdigit()
