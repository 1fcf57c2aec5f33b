"""Automatic numbers in the formats of Word and OpenDocument, which do not store them in the text."""

from collections.abc import Callable
from dataclasses import dataclass

ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]  # fmt: skip
ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
MAX_IN_LETTERS = 10_000  # the largest number written in letters: a million has a thousand Roman numerals
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


def numbered(words: str, number: ListNumber | None) -> str:
    """Return the text of a paragraph with its automatic number, if it has one. An empty paragraph stays empty."""
    return f"{number.label} {words.lstrip()}" if number and number.label and words.strip() else words


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
    """Return a number in one of Word's number formats, and in digits if the format is unknown or the number large."""
    return FORMATS.get(number_format, str)(number) if 0 < number <= MAX_IN_LETTERS else str(number)
