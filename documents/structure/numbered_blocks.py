"""Decide which automatic numbers number a document's paragraphs, and which its lists."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ..reading.list_numbers import ListNumber
from .blocks import Block


def apply_numbers(parts: list[tuple[list[Block], ListNumber | None]]) -> list[Block]:
    """Return the blocks of a document as numbered paragraphs and list items.

    Each of `parts` is the blocks of one part of the document and the automatic number of the first of them.
    """
    paragraph_list = _paragraph_list(number for _blocks, number in parts)
    blocks: list[Block] = []
    last = 0
    for part, number in parts:
        if number and part:
            last = _apply_number(part[0], number, paragraph_list, last, is_below_heading=_ends_with_heading(blocks))
        blocks += part
    return blocks


def _ends_with_heading(blocks: Sequence[Block]) -> bool:
    return bool(blocks) and blocks[-1].kind == "heading"


def _paragraph_list(numbers: Iterable[ListNumber | None]) -> tuple[str, int] | None:
    """Return the list and level that number the paragraphs: the one with most numbers that could do so."""
    counts = Counter(
        (number.list_id, number.level) for number in numbers if number is not None and _can_number_paragraph(number)
    )
    return counts.most_common(1)[0][0] if counts else None


def _can_number_paragraph(number: ListNumber) -> bool:
    """Return whether a number can be that of a paragraph, as `12.` can, but not `(a)` or `3.1`."""
    return number.number_format == "decimal" and re.fullmatch(r"\d{1,4}[.)]?", number.label) is not None


def _apply_number(
    block: Block, number: ListNumber, paragraph_list: tuple[str, int] | None, last: int, *, is_below_heading: bool
) -> int:
    """Make a paragraph a numbered paragraph or a list item; return the last paragraph number so far.

    A list of its own can number the paragraphs of an annex, from 1 below its heading.
    """
    if block.kind != "paragraph":
        return last
    is_next = bool(last) and not number.level and number.number == last + 1
    is_first = bool(last) and not number.level and number.number == 1 and is_below_heading
    if _can_number_paragraph(number) and ((number.list_id, number.level) == paragraph_list or is_next or is_first):
        block.label = str(number.number)
        return number.number
    block.kind, block.level, block.label = "item", number.level, number.label
    return last
