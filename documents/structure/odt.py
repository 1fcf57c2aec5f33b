"""An OpenDocument text as Markdown: headings, numbered paragraphs, lists and tables."""

from odf.element import Text
from odf.namespaces import TEXTNS
from odf.opendocument import load
from odf.text import Note, NoteBody

from documents.packages import open_package
from documents.reading.odt import parts
from documents.structure.blocks import Block, numbered, write
from documents.structure.counted import counted
from documents.structure.odt_lists import Lists
from documents.structure.odt_tables import TABLE, is_one_cell, rows
from documents.structure.tables import table

LISTED = ((TEXTNS, "list-item"), (TEXTNS, "list-header"))


def markdown(data: bytes) -> str:
    """Return the text of a document as Markdown."""
    document = load(open_package(data))
    notes = take_notes(document)
    read = read_parts(document.text, Lists(document))
    with_notes = [([*blocks, *notes_of(blocks[0], notes)], number) for blocks, number in read if blocks[0].text]
    return write(counted(with_notes))


def take_notes(document):
    """Put a mark in the place of each note, and return the notes by their marks."""
    notes = {}
    for count, note in enumerate(document.getElementsByType(Note), start=1):
        body = " ".join(words(part) for part in note.getElementsByType(NoteBody))
        notes[f"[^{count}]"] = Block("note", body, label=str(count))
        note.parentNode.insertBefore(Text(f"[^{count}]"), note)
        note.parentNode.removeChild(note)
    return notes


def notes_of(block, notes):
    """The notes that a block refers to."""
    return [note for mark, note in notes.items() if mark in block.text]


def read_parts(node, lists, style="", depth=-1, number=None, *, in_cell=False):
    """Yield the blocks of each paragraph below a node with its number; `depth` is that of the list it stands in.

    A table in a cell is read as its paragraphs: Markdown has no such thing.
    """
    for child in node.childNodes:
        name = getattr(child, "qname", None)
        if name == (TEXTNS, "h"):
            text = f"{number.shown} {words(child)}" if number else words(child)
            yield [Block("heading", text, min(4, int(child.getAttribute("outlinelevel") or 1) + 1))], None
        elif name == (TEXTNS, "p"):
            yield [Block("paragraph", words(child)) if number else numbered(words(child))], number
            number = None  # a second paragraph of an item has none
        elif name == (TEXTNS, "list"):
            yield from read_parts(child, lists, lists.begin(child, style, depth + 1), depth + 1, in_cell=in_cell)
        elif name in LISTED:
            own = lists.next(child, style, depth) if name[1] == "list-item" and has_words(child) else None
            yield from read_parts(child, lists, style, depth, own, in_cell=in_cell)
        elif name == TABLE and not in_cell and not is_one_cell(child):
            yield [Block("table", read_table(child, lists))], None
        elif child.nodeType == child.ELEMENT_NODE:
            yield from read_parts(child, lists, in_cell=in_cell)


def read_table(node, lists):
    """A table, each cell on one line with the numbers of its lists; empty where it says nothing."""

    def say(cell):
        return " ".join(filter(None, (said(*part) for part in read_parts(cell, lists, in_cell=True))))

    found = rows(node, say)
    return table(found) if any(text for row in found for text, _width in row) else ""


def said(blocks, number):
    """The words of a part of a cell, with the number that is counted or typed."""
    label = number.shown if number else f"{blocks[0].label}." if blocks[0].label else ""
    return f"{label} {blocks[0].text}".strip()


def has_words(item):
    """Whether an item says something itself, and does not only hold a list further in."""
    return any(getattr(child, "qname", None) in ((TEXTNS, "p"), (TEXTNS, "h")) for child in item.childNodes)


def words(node):
    """The text of a paragraph on one line."""
    return " ".join("".join(parts(node)).split())
