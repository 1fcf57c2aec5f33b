"""From one Markdown text to the numbered paragraphs of a summary, and back."""

import re
import textwrap
from dataclasses import dataclass

HEADING = re.compile(r"(#{1,4})[^\S\n]+(.+)")
HEADING_LINE = re.compile(rf"^[^\S\n]*{HEADING.pattern}", re.MULTILINE)
LIST_ITEM = re.compile(r"([-*+]|\d+[.)]) ")
NUMBERED = re.compile(r"(\d{1,4})[.)]\s+(.+)", re.DOTALL)


@dataclass
class Block:
    """A heading (level 1 to 4) or a paragraph (level 0), numbered as in the original or not at all."""

    text: str
    level: int = 0
    number: int | None = None


def split(text):
    """The blocks of a Markdown text, which blank lines part.

    A paragraph that begins with `12. ` is paragraph 12; one without a number that follows a numbered one belongs to
    it (a list, a second thought). In a text without any number, all paragraphs are counted from 1.
    Raises ValueError, with a sentence for the reader, when a number occurs twice.
    """
    blocks = read_blocks(text)
    refuse_twice(blocks)
    return blocks


def read_blocks(text):
    """The same for those who look for what is wrong: a number may occur twice."""
    blocks = []
    for part in parts_of(text):
        hangs = bool(blocks) and may_hang(part, blocks[-1])
        block = read_block(part if hangs else part.strip())
        if hangs and not block.level and block.number is None:
            blocks[-1].text += f"\n\n{block.text}"
        else:
            blocks.append(block)
    number_where_none_is(blocks)
    return blocks


def parts_of(text):
    """What blank lines part; a heading stands alone even where no blank line parts it from the next paragraph."""
    # Texts pasted from Word and PDF part lines in half a dozen ways, and indent them with tabs.
    lines = "\n".join(text.splitlines()).expandtabs(4)
    parts = re.split(r"\n\s*\n", HEADING_LINE.sub(r"\n\g<0>\n", lines))
    return [part.strip("\n").rstrip() for part in parts if part.strip()]


def may_hang(part, above):
    """Whether a part without a number belongs to the block above: any to a numbered one, else an indented list."""
    return above.number is not None or (
        not above.level and part.startswith(" ") and LIST_ITEM.match(part.lstrip()) is not None
    )


def read_block(part):
    if heading := HEADING.fullmatch(part.strip()):
        return Block(heading[2].strip(), level=len(heading[1]))
    if numbered := NUMBERED.fullmatch(part):
        return Block(unindent(numbered[2]), number=int(numbered[1]))
    return Block(unindent(part))


def unindent(text):
    """Lines that hang under the first lose their indent; a list among them is parted from it, as Markdown wants."""
    first, *rest = text.split("\n")
    if first.startswith(" "):
        return textwrap.dedent(text)
    rest = textwrap.dedent("\n".join(rest)).split("\n") if rest else []
    if rest and LIST_ITEM.match(rest[0]) and not LIST_ITEM.match(first):
        first = f"{first.rstrip()}\n"
    return "\n".join([first, *rest])


def number_where_none_is(blocks):
    if all(block.number is None for block in blocks):
        for number, block in enumerate((block for block in blocks if not block.level), start=1):
            block.number = number


def refuse_twice(blocks):
    seen = set()
    for block in blocks:
        if block.number in seen:
            raise ValueError(f"Paragraph {block.number} occurs twice.")
        if block.number is not None:
            seen.add(block.number)


def join(blocks):
    """One Markdown text of blocks (or saved paragraphs), which `split` reads back to the same."""
    return "\n\n".join(write_block(block) for block in blocks)


def write_block(block):
    if block.level:
        return f"{'#' * block.level} {block.text}"
    # What hangs under a paragraph's first line is indented, so that its own numbers are not taken for paragraphs'.
    text = textwrap.indent(block.text, "    ").lstrip()
    return text if block.number is None else f"{block.number}. {text}"
