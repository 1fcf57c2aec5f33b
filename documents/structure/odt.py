"""Convert an OpenDocument text to Markdown: headings, numbered paragraphs, lists, tables and notes."""

import re
from collections.abc import Iterator

from ..reading.odt import NAMESPACE, TEXT, OpenDocumentPackage, text_of
from ..xml_trees import Element, remove_element
from .blocks import Block, paragraph, pipe_table, to_markdown
from .letterhead import without_letterhead
from .list_numbers import ListNumber, apply_numbers, format_number

STYLE, TABLE = f"{{{NAMESPACE}:style:1.0}}", f"{{{NAMESPACE}:table:1.0}}"
PARAGRAPH, HEADING = TEXT + "p", TEXT + "h"
CELL, COVERED_CELL = TABLE + "table-cell", TABLE + "covered-table-cell"
NUMBER_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
REFERENCE = re.compile(r"\[\^\d+\]")
MAX_REPEATS = 64  # of a cell or a row: spreadsheets declare a million

Part = tuple[list[Block], ListNumber | None]


def markdown(data: bytes) -> str:
    """Return the text of a document as Markdown. Raise the errors of `OpenDocumentPackage`."""
    package = OpenDocumentPackage(data)
    notes = _take_notes(package.body)
    parts = _parts(package.body, _Lists(package))
    numbered = [([*blocks, *_notes_of(blocks[0], notes)], number) for blocks, number in parts if blocks[0].text]
    return to_markdown(without_letterhead(apply_numbers(numbered)))


def _take_notes(body: Element) -> dict[str, Block]:
    """Replace each note with a reference to it, and return the notes by their references."""
    notes = {}
    for count, note in enumerate(list(body.iter(TEXT + "note")), start=1):
        reference = f"[^{count}]"
        words = " ".join(_words(part) for part in note.iter(TEXT + "note-body"))
        notes[reference] = Block("note", words, label=str(count))
        note.tail = reference + (note.tail or "")
        remove_element(note)
    return notes


def _notes_of(block: Block, notes: dict[str, Block]) -> list[Block]:
    return [notes[reference] for reference in REFERENCE.findall(block.text) if reference in notes]


def _parts(
    holder: Element,
    lists: "_Lists",
    style: str = "",
    depth: int = -1,
    number: ListNumber | None = None,
    *,
    in_cell: bool = False,
) -> Iterator[Part]:
    """Yield the block of each paragraph below an element with its number.

    `style` and `depth` are those of the list around it. A table in a cell is read as its paragraphs, since Markdown
    has no nested tables.
    """
    for child in holder:
        if child.tag == HEADING:
            text = f"{number.label} {_words(child)}" if number else _words(child)
            yield [Block("heading", text, min(4, int(child.get(TEXT + "outline-level") or 1) + 1))], None
        elif child.tag == PARAGRAPH:
            yield [Block("paragraph", _words(child)) if number else paragraph(_words(child))], number
            number = None  # only the first paragraph of an item has the number
        elif child.tag == TEXT + "list":
            yield from _parts(child, lists, lists.begin(child, style, depth + 1), depth + 1, in_cell=in_cell)
        elif child.tag in (TEXT + "list-item", TEXT + "list-header"):
            is_counted = child.tag == TEXT + "list-item" and _has_paragraph(child)
            own = lists.next(child, style, depth) if is_counted else None
            yield from _parts(child, lists, style, depth, own, in_cell=in_cell)
        elif child.tag == TABLE + "table" and not in_cell and not _is_frame(child):
            yield [Block("table", _table(child, lists))], None
        else:
            yield from _parts(child, lists, in_cell=in_cell)


def _has_paragraph(item: Element) -> bool:
    """Return whether a list item has text of its own, and does not only hold another list."""
    return any(child.tag in (PARAGRAPH, HEADING) for child in item)


def _words(element: Element) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(text_of(element)).split())


class _Lists:
    """The counters of a document's lists, by the names of their styles."""

    def __init__(self, package: OpenDocumentPackage):
        roots = [root for root in (package.styles, package.content) if root is not None]
        self.levels = {
            style.get(STYLE + "name", ""): {int(level.get(TEXT + "level", 0)): level for level in style}
            for root in roots
            for style in root.iter(TEXT + "list-style")
        }
        self.counts: dict[str, dict[int, int]] = {}

    def begin(self, element: Element, style: str, depth: int) -> str:
        """Enter a list and return the name of its style.

        A list that does not continue another starts from its first number.
        """
        style = element.get(TEXT + "style-name") or style
        continues = element.get(TEXT + "continue-numbering") == "true" or element.get(TEXT + "continue-list")
        if depth == 0 and not continues:
            self.counts[style] = {}
        return style

    def next(self, item: Element, style: str, depth: int) -> ListNumber:
        """Count a list item and return its number."""
        counts, level = self.counts.setdefault(style, {}), self.levels.get(style, {}).get(depth + 1)
        start = item.get(TEXT + "start-value")
        if not start and depth not in counts:
            start = (level.get(TEXT + "start-value") if level is not None else None) or "1"
        counts[depth] = int(start) if start else counts[depth] + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        number_format = _number_format(level) or "none"
        label = "" if number_format == "none" else self._label(style, depth)
        return ListNumber(label, style, depth, number_format, counts[depth])

    def _label(self, style: str, depth: int) -> str:
        level, counts = self.levels[style][depth + 1], self.counts[style]
        first = depth + 1 - int(level.get(TEXT + "display-levels") or 1)
        numbers = [
            format_number(counts.get(at, 1), _number_format(self.levels[style].get(at + 1)) or "decimal")
            for at in range(max(0, first), depth + 1)
        ]
        return f"{level.get(STYLE + 'num-prefix', '')}{'.'.join(numbers)}{level.get(STYLE + 'num-suffix', '')}".strip()


def _number_format(level: Element | None) -> str | None:
    return NUMBER_FORMATS.get(level.get(STYLE + "num-format", "")) if level is not None else None


def _table(table: Element, lists: _Lists) -> str:
    """Return a table in Markdown, or nothing if it has no text. The text of a merged cell appears once."""
    rows = []
    for row in _in_table(table, (TABLE + "table-row",)):
        cells = [cell for element in _in_table(row, (CELL, COVERED_CELL)) for cell in _cells(element, lists)]
        has_text = any(text for text, _width in cells)
        rows += [cells] * (_repeats(row, "number-rows-repeated") if has_text else 1)
    return pipe_table(rows) if any(text for row in rows for text, _width in row) else ""


def _is_frame(table: Element) -> bool:
    """Return whether a table has one cell, and is therefore only a frame around text."""
    return len(list(_in_table(table, (CELL, COVERED_CELL)))) == 1


def _in_table(holder: Element, names: tuple[str, ...]) -> Iterator[Element]:
    """Yield the elements with these names below an element, without looking into cells."""
    for child in holder:
        if child.tag in names:
            yield child
        elif child.tag.startswith(TABLE) and child.tag not in (CELL, COVERED_CELL):
            yield from _in_table(child, names)


def _cells(cell: Element, lists: _Lists) -> list[tuple[str, int]]:
    """Return a cell as often as it is repeated: its text on one line, and a width of one column."""
    parts = [] if cell.tag == COVERED_CELL else _parts(cell, lists, in_cell=True)
    text = " ".join(filter(None, (_labelled(blocks[0], number) for blocks, number in parts)))
    return [(text, 1)] * _repeats(cell, "number-columns-repeated")


def _labelled(block: Block, number: ListNumber | None) -> str:
    """Return the text of a block in a cell, with its automatic or typed number."""
    label = number.label if number else f"{block.label}." if block.label else ""
    return f"{label} {block.text}".strip()


def _repeats(element: Element, name: str) -> int:
    return min(MAX_REPEATS, int(element.get(TABLE + name, 1)))
