"""Numbers as Word counts them in lists."""

ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]  # fmt: skip
ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
HAN = "〇一二三四五六七八九"


def roman(number: int) -> str:
    """Return a number in small Roman letters."""
    letters = ""
    for value, letter in ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters


def letter(number: int) -> str:
    """Return a, b … z, aa, bb, as Word goes on after z."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def han(number: int) -> str:
    """Return a number below 100 in Han characters; a larger one in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return (HAN[tens] if tens > 1 else "") + ("十" if tens else "") + (HAN[ones] if ones else "")


FORMATS = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerLetter": letter,
    "upperLetter": lambda number: letter(number).upper(),
    "arabicAbjad": lambda number: ABJAD[(number - 1) % len(ABJAD)],
    "arabicAlpha": lambda number: ALPHA[(number - 1) % len(ALPHA)],
    "none": lambda number: "",
} | dict.fromkeys(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital"), han
)


def label(number: int, kind: str) -> str:
    """Return a number as a list of that kind (a `w:numFmt`) shows it; of a kind that is not known, in digits."""
    return FORMATS.get(kind, str)(number) if number > 0 else str(number)
