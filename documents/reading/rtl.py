"""Arabic and Hebrew in a PDF: letters put back in the order they are read.

A PDF places glyphs; which way they run it does not say. PDFium's guess fails for a good part of the words that
browsers print, and such a word is never found. Where the letters lie tells the order for certain.
"""

import ctypes
import re

from pypdfium2 import raw

LETTER = "[\u0590-\u05ff\u0610-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
MARKS = "[\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670]"
WORD = re.compile(f"({LETTER}+?)({MARKS}*)(?!{LETTER})")
LAM, ALEFS = "\u0644", "\u0622\u0623\u0625\u0627"
LINE = re.compile(f"{LETTER}+(?: {LETTER}+)*")


def in_reading_order(text: str, page) -> str:
    """Return the text of a page (a `PdfTextPage`), which need not be all right-to-left, with its words in order."""
    if not re.search(LETTER, text):
        return text
    letters = [chr(raw.FPDFText_GetUnicode(page, index)) for index in range(page.count_chars())]
    return by_places("".join(letters), [_place(page, index) for index in range(len(letters))])


def by_places(letters: str, places: list[float]) -> str:
    """Return letters with their words in order, by how far to the right each letter begins."""
    ordered = LINE.sub(lambda line: _line(line, places), letters)
    # PDFium hands out the halves of a pair one by one.
    return ordered.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _place(page, index: int) -> float:
    """Return how far to the right a letter begins, in points."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, index, x, y)
    return x.value


def _line(line: re.Match, places: list[float]) -> str:
    words = WORD.finditer(line.string, line.start(), line.end())
    rightmost_first = sorted(words, key=lambda word: -max(places[word.start() : word.end()]))
    return " ".join(_word(word, places) for word in rightmost_first)


def _word(word: re.Match, places: list[float]) -> str:
    body, marks = word.groups()
    start, end = word.span(1)
    if places[start] >= places[end - 1]:
        return _with_pairs(body, places[start:end]) + marks
    clusters: list[str] = []
    for letter, place, before in zip(body, places[start:end], [None, *places[start:end]], strict=False):
        # Letters in one place come from one glyph (lam-alef) and are in order already.
        if place == before:
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return "".join(reversed(clusters)) + marks


def _with_pairs(body: str, places: list[float]) -> str:
    """Return a word that is in order with each lam-alef in order too: PDFium turns the pair of one glyph around."""
    letters, at = list(body), [None, *places, None]
    for index in range(len(body) - 1):
        is_pair = at[index] != at[index + 1] == at[index + 2] != at[index + 3]
        if is_pair and letters[index] in ALEFS and letters[index + 1] == LAM:
            letters[index : index + 2] = LAM, letters[index]
    return "".join(letters)
