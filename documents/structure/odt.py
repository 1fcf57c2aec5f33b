"""Convert an OpenDocument text to Markdown: headings, numbered paragraphs, lists, tables and notes."""

import re
from collections.abc import Iterator

from ..reading.list_numbers import ListNumber
from ..reading.odf_package import TABLE, TEXT, OpenDocumentPackage
from ..reading.odt import text_of
from ..reading.odt_lists import Lists, has_paragraph
from ..xml_trees import Element, remove_element
from .blocks import Block, paragraph, pipe_table, to_markdown
from .letterhead import without_letterhead
from .numbered_blocks import apply_numbers

PARAGRAPH, HEADING = TEXT + "p", TEXT + "h"
CELL, COVERED_CELL = TABLE + "table-cell", TABLE + "covered-table-cell"
REFERENCE = re.compile(r"\[\^\d+\]")
MAX_REPEATS = 64  # of a cell or a row: spreadsheets declare a million

Part = tuple[list[Block], ListNumber | None]


def markdown(data: bytes) -> str:
    """Return the text of a document as Markdown. Raise the errors of `OpenDocumentPackage`."""
    package = OpenDocumentPackage(data)
    notes = _take_notes(package.body)
    parts = _parts(package.body, Lists(package))
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
    lists: Lists,
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
            is_counted = child.tag == TEXT + "list-item" and has_paragraph(child)
            own = lists.next(child, style, depth) if is_counted else None
            yield from _parts(child, lists, style, depth, own, in_cell=in_cell)
        elif child.tag == TABLE + "table" and not in_cell and not _is_frame(child):
            yield [Block("table", _table(child, lists))], None
        else:
            yield from _parts(child, lists, in_cell=in_cell)


def _words(element: Element) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(text_of(element)).split())


def _table(table: Element, lists: Lists) -> str:
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


def _cells(cell: Element, lists: Lists) -> list[tuple[str, int]]:
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
