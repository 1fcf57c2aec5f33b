"""Markdown texts and their numbered paragraphs: split, join, order headings, compare the languages of a summary."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from text.markup import may_have_markup, plain_text, strip_heading
from text.paragraphs import column_width, split_lines
from text.words import fold

from .paragraph_numbers import BlockLike, Place, paragraph_label, place_of, require_unique_numbers, set_parts

HEADING = re.compile(r"(#{1,4})[^\S\n]+(.+)")
HEADING_LINE = re.compile(rf"^[^\S\n]*{HEADING.pattern}", re.MULTILINE)
LIST_ITEM = re.compile(r"([-*+]|\d+[.)]) ")
# A line of which Markdown makes more than a paragraph: of a list, a quotation, code, below a heading, in a table.
# Search for this in a text with a line break before it: a line break is found faster than `^`.
STRUCTURE = re.compile(r"\n(?: *(?:[-*+] |>|`{3}|~{3}|={2,} *$|-{2,} *$)| {4}|[ :|-]*-[ :-]*\|[ :|-]*$)", re.MULTILINE)
OTHER_LINE_BREAKS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # at which `splitlines` splits too
TYPED_NUMBER = re.compile(r"^\d+[.)] +", re.MULTILINE)
ANY_TYPED_NUMBER = re.compile(r"\n\d+[.)] ")  # search for it in the same way as for STRUCTURE
NUMBERED = re.compile(r"(\d{1,4})[.)]\s+(.+)", re.DOTALL)
ITEM_START = re.compile(r"\n(?=(?:[-*+]|\d+[.)]) )")
LONGEST_LIST = 600  # characters; a longer one is read item by item
TEXTS_KEPT = 100  # in memory: those that are read, or indexed, at the moment
TOP_RANK = 2  # one below the title of the page
LOWEST_RANK = 6


class RankedBlock(BlockLike, Protocol):
    """A block that takes a rank."""

    rank: int


B = TypeVar("B", bound=BlockLike)
R = TypeVar("R", bound=RankedBlock)


@dataclass
class Block:
    """A heading (level 1 to 4) or a paragraph (level 0), numbered as in the original or without a number."""

    text: str
    level: int = 0
    number: int | None = None
    rank: int = 0  # of a heading on the page, see `rank_headings`
    anchor: str = ""  # its address on the page
    part: int = 1  # numbers begin again in each part, as in an annex

    @property
    def label(self) -> str:
        """Its number for readers."""
        return paragraph_label(self.number, self.part)


def split(text: str) -> list[Block]:
    """Split a Markdown text at blank lines into blocks.

    A paragraph that begins with `12. ` has the number 12. One without a number that follows a numbered one belongs to
    it, for example a list. If no paragraph has a number, all are numbered from 1. Numbers that begin again at 1 below a
    heading begin another part, as in an annex.

    Raises ValueError with a message for the user if a number occurs twice in a part.
    """
    blocks = parse_blocks(text)
    require_unique_numbers(blocks)
    return blocks


def can_split(text: str) -> bool:
    """Return whether a text has at least one block and each number once."""
    try:
        return bool(split(text))
    except ValueError:
        return False


def parse_blocks(text: str) -> list[Block]:
    """Split a text as `split` does, but accept numbers that occur twice, so that checks can report them."""
    blocks: list[Block] = []
    for part in _parts(text):
        may_continue = bool(blocks) and _may_continue(part, blocks[-1])
        block = _parse_block(part if may_continue else part.strip())
        if may_continue and not block.level and block.number is None:
            blocks[-1].text += f"\n\n{block.text}"
        else:
            blocks.append(block)
    _number_if_unnumbered(blocks)
    set_parts(blocks)
    return blocks


@lru_cache(TEXTS_KEPT)
def in_order(text: str, prefix: str = "", top_rank: int = TOP_RANK) -> tuple[Block, ...]:
    """Split a Markdown text for reading: numbers count the paragraphs, whatever numbers were typed into the text.

    The address of the third paragraph is `p3` after the prefix, that of the second heading `h2`.
    """
    blocks: list[Block] = []
    headings = 0
    for level, part in _parts_in_order(text):
        if level:
            headings += 1
            blocks.append(Block(part, level, anchor=f"{prefix}h{headings}"))
        else:
            number = len(blocks) - headings + 1
            blocks.append(Block(part, number=number, anchor=f"{prefix}p{number}"))
    rank_headings(blocks, top_rank)
    return tuple(blocks)


@lru_cache(TEXTS_KEPT)
def plain_in_order(text: str, prefix: str = "") -> tuple[tuple[str, Block], ...]:
    """Return the blocks of a text as `in_order` does, each after its plain text, for the index."""
    blocks = in_order(text, prefix)
    # Most texts have nothing to convert. Checking the whole text takes less time than checking each block.
    lines = _lines(text)
    if may_have_markup(lines) or ANY_TYPED_NUMBER.search(f"\n{lines}"):
        return tuple((_plain(block), block) for block in blocks)
    return tuple((block.text.strip(), block) for block in blocks)


def _plain(block: Block) -> str:
    return strip_heading(block.text) if block.level else plain_text(_without_numbers(block.text))


def _without_numbers(text: str) -> str:
    """Return a paragraph without its number, or a list without those of its items.

    It then rarely has Markdown that must be converted. Without a number at its start, a paragraph is no list, and a
    number at the start of a line is the end of a sentence.
    """
    return TYPED_NUMBER.sub("", text) if TYPED_NUMBER.match(text) else text


def _parts_in_order(text: str) -> Iterator[tuple[int, str]]:
    """Yield (level, Markdown) of each heading and paragraph."""
    width = column_width(text.split("\n"))
    item = ""  # of a list, with the paragraphs that belong to it
    for part in _parts(text):
        if item and part.startswith(" "):
            item += f"\n\n{part}"
            continue
        if item:
            yield 0, item
            item = ""
        if heading := HEADING.fullmatch(part.strip()):
            yield len(heading[1]), heading[2].strip()
            continue
        paragraphs = list(_paragraphs_in(part, width))
        if LIST_ITEM.match(part):
            item = paragraphs.pop()
        yield from ((0, paragraph) for paragraph in paragraphs)
    if item:
        yield 0, item


def _paragraphs_in(part: str, width: int) -> Iterator[str]:
    """Yield the paragraphs of a part without blank lines. A long list has one for each item."""
    if LIST_ITEM.match(part):
        for item in ITEM_START.split(part) if len(part) > LONGEST_LIST else [part]:
            yield from _split_at_lines(item, width) if len(item) > LONGEST_LIST else [item]
    elif STRUCTURE.search(f"\n{part}"):
        yield part
    else:
        yield from _split_at_lines(part, width)


def _split_at_lines(part: str, width: int) -> Iterator[str]:
    return ("\n".join(lines) for lines in split_lines(part.split("\n"), width))


def join(blocks: Iterable[BlockLike]) -> str:
    """Return one Markdown text of blocks or saved paragraphs, which `split` turns back into the same blocks."""
    return "\n\n".join(_format_block(block) for block in blocks)


def rank_headings(paragraphs: Iterable[R], top_rank: int = TOP_RANK) -> list[R]:
    """Return the headings among paragraphs, with the attribute `rank` set on each: its level on the page, up to 6.

    No rank is skipped on the way down, whatever levels the original file had.
    """
    headings = [paragraph for paragraph in paragraphs if paragraph.level]
    above: list[int] = []
    for heading in headings:
        above = [level for level in above if level < heading.level]
        heading.rank = min(top_rank + len(above), LOWEST_RANK)
        above.append(heading.level)
    return headings


def repeats_title(block: BlockLike, title: str) -> bool:
    """Return whether a block is the title of its text, and has a title that the page shows already."""
    return block.level == 1 and fold(title) in fold(strip_heading(block.text))


def align(left: Sequence[B], right: Sequence[B]) -> list[tuple[B | None, B | None]]:
    """Return pairs of the blocks of two texts, in order: paragraphs by part and number, headings by their order.

    A pair has None where the other text has nothing that corresponds.
    """
    keys = [[_alignment_key(block) for block in side] for side in (left, right)]
    matcher: SequenceMatcher[Any] = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    pairs: list[tuple[B | None, B | None]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(left[i1:i2], right[j1:j2], strict=True)
        else:
            pairs += [(block, None) for block in left[i1:i2]] + [(None, block) for block in right[j1:j2]]
    return pairs


def _alignment_key(block: BlockLike) -> Place | str:
    return place_of(block) if block.number else ("heading" if block.level else "paragraph")


def _parts(text: str) -> list[str]:
    """Split a text at blank lines, and around headings even if there are no blank lines."""
    lines = _lines(text)
    if "#" in lines:
        lines = HEADING_LINE.sub(r"\n\g<0>\n", lines)
    parts = re.split(r"\n\s*\n", lines)
    return [part.strip("\n").rstrip() for part in parts if part.strip()]


def _lines(text: str) -> str:
    """Return a text with line feeds and spaces. Texts pasted from Word and PDF have other line breaks, and tabs."""
    if any(mark in text for mark in OTHER_LINE_BREAKS):
        text = "\n".join(text.splitlines())
    return text.expandtabs(4)


def _may_continue(part: str, above: Block) -> bool:
    """Return whether a part without a number belongs to the block above: any if that has a number, else only a list."""
    return above.number is not None or (
        not above.level and part.startswith(" ") and LIST_ITEM.match(part.lstrip()) is not None
    )


def _parse_block(part: str) -> Block:
    if heading := HEADING.fullmatch(part.strip()):
        return Block(heading[2].strip(), level=len(heading[1]))
    if numbered := NUMBERED.fullmatch(part):
        return Block(_unindent(numbered[2]), number=int(numbered[1]))
    return Block(_unindent(part))


def _unindent(text: str) -> str:
    """Remove the indent below the first line, and put a blank line before a list, which Markdown requires."""
    first, *rest = text.split("\n")
    if first.startswith(" "):
        return textwrap.dedent(text)
    rest = textwrap.dedent("\n".join(rest)).split("\n") if rest else []
    if rest and LIST_ITEM.match(rest[0]) and not LIST_ITEM.match(first):
        first = f"{first.rstrip()}\n"
    return "\n".join([first, *rest])


def _number_if_unnumbered(blocks: Sequence[Block]) -> None:
    if all(block.number is None for block in blocks):
        for number, block in enumerate((block for block in blocks if not block.level), start=1):
            block.number = number


def _format_block(block: BlockLike) -> str:
    if block.level:
        return f"{'#' * block.level} {block.text}"
    # All but the first line is indented, so that the numbers of a list are not taken for numbers of paragraphs.
    text = textwrap.indent(block.text, "    ").lstrip()
    return text if block.number is None else f"{block.number}. {text}"
