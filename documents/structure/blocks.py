"""What a text is made of, and the Markdown that says so."""

import re
from dataclasses import dataclass
from itertools import groupby

INDENT = "    "
NUMBER = re.compile(r"(?:\*\*)?(\d{1,4})(?:[.)](?:\*\*)?\s+|\t|[.)]?\*\*\s+)(?=\S)")
BEGINS_SOMETHING = re.compile(r"(#{1,6}\s|[-+>]\s)")


@dataclass
class Block:
    """A part of a text. `kind` is heading, paragraph, item, table or note; `text` is Markdown of a line.

    `level` is that of a heading (1 to 4) or of a list (from 0); `label` the number that the original shows.
    """

    kind: str
    text: str
    level: int = 0
    label: str = ""


def numbered(text: str) -> Block:
    """Return a paragraph; a number that is typed before its words is its number."""
    if found := NUMBER.match(text):
        bold = "**" if found[0].startswith("**") and "**" not in found[0][2:] else ""
        return Block("paragraph", bold + text[found.end() :].strip(), label=found[1])
    return Block("paragraph", text.replace("\t", " ").strip())


def write(blocks: list[Block]) -> str:
    """Return the Markdown of a text; what belongs to a numbered paragraph is indented below it."""
    parts, under, first = [], False, True
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        run = list(run)
        for text, block in [(_list(run), run[0])] if kind == "item" else [(_line(block), block) for block in run]:
            if block.kind == "heading":
                under, first = False, True
            elif block.kind == "paragraph" and block.label:
                under = True
            elif under or (kind == "item" and not first):
                text = "\n".join(INDENT + line for line in text.split("\n"))
            first = kind == "heading"
            parts.append(text)
    return "\n\n".join(parts)


def _line(block: Block) -> str:
    if block.kind == "heading":
        return f"{'#' * block.level} {block.text}"
    if block.kind == "note":
        return f"[^{block.label}]: {block.text}"
    if block.kind == "table":
        return block.text
    return f"{block.label}. {block.text}" if block.label else BEGINS_SOMETHING.sub(r"\\\1", block.text)


def _list(items: list[Block]) -> str:
    """The lines of a list; one that begins deep begins at the margin all the same, and none jumps a level."""
    lines, open_levels = [], []
    for item in items:
        while open_levels and open_levels[-1] >= item.level:
            open_levels.pop()
        lines.append(f"{INDENT * len(open_levels)}{_mark(item.label)} {item.text}")
        open_levels.append(item.level)
    return "\n".join(lines)


def _mark(label: str) -> str:
    """A bullet; a number of the list's own; or, for a letter that Markdown has no list for, a bullet and the letter."""
    if not label:
        return "-"
    return f"{label[:-1]}." if re.fullmatch(r"\d+[.)]", label) else f"- {label}"
