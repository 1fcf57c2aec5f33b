"""Which of a document's automatic numbers count its paragraphs, and which are those of lists."""

import re
from collections import Counter
from dataclasses import dataclass

from documents.structure.blocks import Block


@dataclass(frozen=True)
class Numbered:
    """The number of one paragraph: what is shown, of which list, how deep, and how it is counted."""

    shown: str
    list_id: str
    level: int
    kind: str
    number: int


def counted(read: list[tuple[list[Block], Numbered | None]]) -> list[Block]:
    """Return the blocks of a document; of each part of it, `read` has its blocks and the number of the first."""
    main = main_list([number for _blocks, number in read])
    blocks, last = [], 0
    for of_part, number in read:
        if number and of_part:
            last = place(of_part[0], number, main, last)
        blocks += of_part
    return blocks


def main_list(numbers):
    """The list that counts the paragraphs: of those in digits at the margin, the longest."""
    counted = Counter((number.list_id, number.level) for number in numbers if counts_paragraphs(number))
    return counted.most_common(1)[0][0] if counted else None


def counts_paragraphs(number):
    """Whether a number can be that of a paragraph: `12.`, and neither `(a)` nor `3.1`."""
    return number is not None and number.kind == "decimal" and re.fullmatch(r"\d{1,4}[.)]?", number.shown) is not None


def place(block, number, main, last):
    """Make a paragraph with Word's number a numbered one, or an item of a list; return the last number so far."""
    is_main = (number.list_id, number.level) == main
    goes_on = counts_paragraphs(number) and (is_main or (last and not number.level and number.number == last + 1))
    if block.kind != "paragraph":
        return last
    if goes_on:
        block.label = str(number.number)
        return number.number
    block.kind, block.level, block.label = "item", number.level, number.shown
    return last
