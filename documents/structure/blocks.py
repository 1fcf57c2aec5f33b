"""The blocks of a text, and the Markdown that they become."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

INDENT = "    "
TYPED_NUMBER = re.compile(r"(?:\*\*)?(\d{1,4})(?:[.)](?:\*\*)?\s+|\t|[.)]?\*\*\s+)(?=\S)")
BLOCK_MARKER = re.compile(r"(#{1,6}\s|[-+>]\s)")


@dataclass
class Block:
    """One block of a text.

    `kind` is heading, paragraph, item, table or note. `text` is Markdown: one line, or the lines of a table.
    `level` is 1 to 4 for a heading and counts from 0 for a list item. `label` is the number that the original shows.
    """

    kind: str
    text: str
    level: int = 0
    label: str = ""


def paragraph(text: str) -> Block:
    """Return a paragraph. A number typed in front of its words becomes its label."""
    if found := TYPED_NUMBER.match(text):
        bold = "**" if found[0].startswith("**") and "**" not in found[0][2:] else ""
        return Block("paragraph", bold + text[found.end() :].strip(), label=found[1])
    return Block("paragraph", text.replace("\t", " ").strip())


def pipe_table(rows: list[list[tuple[str, int]]]) -> str:
    """Return a table in Markdown's pipe syntax; the first row is its header.

    Each cell is its text and its width in columns.
    """
    wide = [[part for text, width in row for part in (text, *[""] * (width - 1))] for row in rows]
    columns = max(len(row) for row in wide)
    header, *body = [_table_row(row + [""] * (columns - len(row))) for row in wide]
    return "\n".join([header, _table_row(["---"] * columns), *body])


def to_markdown(blocks: Iterable[Block]) -> str:
    """Return the Markdown of a text. What belongs to a numbered paragraph is indented below it."""
    parts: list[str] = []
    below_number, first = False, True
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        run = list(group)
        for text, block in [(_list(run), run[0])] if kind == "item" else [(_block(block), block) for block in run]:
            if block.kind == "heading":
                below_number, first = False, True
            elif block.kind == "paragraph" and block.label:
                below_number = True
            elif below_number or (kind == "item" and not first):
                text = "\n".join(INDENT + line for line in text.split("\n"))
            first = kind == "heading"
            parts.append(text)
    return "\n\n".join(parts)


def _table_row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _block(block: Block) -> str:
    if block.kind == "heading":
        return f"{'#' * block.level} {block.text}"
    if block.kind == "note":
        return f"[^{block.label}]: {block.text}"
    if block.kind == "table":
        return block.text
    return f"{block.label}. {block.text}" if block.label else BLOCK_MARKER.sub(r"\\\1", block.text)


def _list(items: list[Block]) -> str:
    """Return the lines of a list. The first item is always at the margin, and no item skips a level."""
    lines: list[str] = []
    open_levels: list[int] = []
    for item in items:
        while open_levels and open_levels[-1] >= item.level:
            open_levels.pop()
        lines.append(f"{INDENT * len(open_levels)}{_list_marker(item.label)} {item.text}")
        open_levels.append(item.level)
    return "\n".join(lines)


def _list_marker(label: str) -> str:
    """Return a bullet or a number. Markdown has no lists with letters, so a letter follows a bullet."""
    if not label:
        return "-"
    return f"{label[:-1]}." if re.fullmatch(r"\d+[.)]", label) else f"- {label}"
