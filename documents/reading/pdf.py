"""Text of PDF pages, with Arabic and Hebrew in reading order.

A PDF positions glyphs and does not record which way they run. PDFium guesses, and gets many words of PDFs printed by
browsers wrong, so that a search never finds them. The positions of the letters give the order reliably.
"""

import ctypes
import re
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from ..errors import UnreadableError
from .cut_off import require_whole

MAX_PAGES = 1000  # of dense text, each costs a tenth of a second to clean


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """Return an opened PDF; raise UnreadableError if it needs a password, has an unknown lock, or is damaged."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY)
        raise UnreadableError("locked" if locked else "damaged") from error
    require_whole(data)
    return pdf


def pages(data: bytes) -> Iterator[str]:
    """Yield the text of each page; raise UnreadableError."""
    pdf = open_pdf(data)
    if len(pdf) > MAX_PAGES:
        raise UnreadableError("too_many_pages")
    for number in range(len(pdf)):
        page = pdf[number]
        words = page.get_textpage()
        yield in_reading_order(words.get_text_range(), words)
        words.close()
        page.close()


LETTER = "[\u0590-\u05ff\u0610-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
MARKS = "[\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670]"
WORD = re.compile(f"((?:{MARKS}*+(?!{MARKS}){LETTER})++|{LETTER})({MARKS}*+)(?!{LETTER})")
LAM, ALEFS = "\u0644", "\u0622\u0623\u0625\u0627"
LINE = re.compile(f"{LETTER}+(?: {LETTER}+)*")


def in_reading_order(text: str, page: pypdfium2.PdfTextPage) -> str:
    """Return the text of a page with its Arabic and Hebrew words in reading order."""
    if not re.search(LETTER, text):
        return text
    letters = [chr(raw.FPDFText_GetUnicode(page, index)) for index in range(page.count_chars())]
    return order_letters("".join(letters), [_place(page, index) for index in range(len(letters))])


def order_letters(letters: str, places: list[float]) -> str:
    """Return letters with their words in reading order; `places` are the x coordinates of the letters' origins."""
    ordered = LINE.sub(lambda line: _line(line, places), letters)
    # PDFium returns the surrogates of a pair one by one.
    return ordered.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _place(page: pypdfium2.PdfTextPage, index: int) -> float:
    """Return the x coordinate of a letter's origin, in points."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, index, x, y)
    return x.value


def _line(line: re.Match[str], places: list[float]) -> str:
    words = WORD.finditer(line.string, line.start(), line.end())
    rightmost_first = sorted(words, key=lambda word: -max(places[word.start() : word.end()]))
    return " ".join(_word(word, places) for word in rightmost_first)


def _word(word: re.Match[str], places: list[float]) -> str:
    body, marks = word.groups()
    start, end = word.span(1)
    if places[start] >= places[end - 1]:
        return _with_pairs(body, places[start:end]) + marks
    clusters: list[str] = []
    for letter, place, before in zip(body, places[start:end], [None, *places[start:end]], strict=False):
        # Letters in one place come from one glyph (lam-alef) and are already in order.
        if place == before:
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return "".join(reversed(clusters)) + marks


def _with_pairs(body: str, places: list[float]) -> str:
    """Return a word with each lam-alef in order: PDFium swaps the two letters of that glyph."""
    letters, at = list(body), [None, *places, None]
    for index in range(len(body) - 1):
        is_pair = at[index] != at[index + 1] == at[index + 2] != at[index + 3]
        if is_pair and letters[index] in ALEFS and letters[index + 1] == LAM:
            letters[index : index + 2] = LAM, letters[index]
    return "".join(letters)
