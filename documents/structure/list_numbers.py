"""Automatic numbers: format them, and decide which of them number a document's paragraphs.

Word and OpenDocument do not store these numbers in the text, so their readers count them and use this module.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .blocks import Block

ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]  # fmt: skip
ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
HAN = "〇一二三四五六七八九"


@dataclass(frozen=True)
class ListNumber:
    """The automatic number of one paragraph.

    `label` is the text that the document shows, such as `(a)` or `3.1`. `level` counts from 0.
    `number_format` is a value of Word's `w:numFmt` (ECMA-376, 17.18.59), such as `decimal`.
    """

    label: str
    list_id: str
    level: int
    number_format: str
    number: int


def to_roman(number: int) -> str:
    """Return a number in lower-case Roman numerals."""
    letters = ""
    for value, letter in ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters


def to_letter(number: int) -> str:
    """Return a, b … z, aa, bb …, which is how Word continues after z."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def to_han(number: int) -> str:
    """Return a number below 100 in Han characters, and a larger one in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return (HAN[tens] if tens > 1 else "") + ("十" if tens else "") + (HAN[ones] if ones else "")


FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerRoman": to_roman,
    "upperRoman": lambda number: to_roman(number).upper(),
    "lowerLetter": to_letter,
    "upperLetter": lambda number: to_letter(number).upper(),
    "arabicAbjad": lambda number: ABJAD[(number - 1) % len(ABJAD)],
    "arabicAlpha": lambda number: ALPHA[(number - 1) % len(ALPHA)],
    "none": lambda number: "",
} | dict.fromkeys(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital"), to_han
)


def format_number(number: int, number_format: str) -> str:
    """Return a number in one of Word's number formats, and in digits if the format is unknown."""
    return FORMATS.get(number_format, str)(number) if number > 0 else str(number)


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
