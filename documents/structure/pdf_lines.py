"""The lines of a PDF's pages: their words, where they stand and how large they are."""

import ctypes
from collections import Counter
from dataclasses import dataclass, field

from pypdfium2 import raw

from documents.reading.rtl import in_reading_order
from documents.structure.runs import Run

BOLD = 600  # of a font's weight, which is 400 where it is plain
RAISED = 0.12  # of a line's height, from which a small digit is a note's


@dataclass
class Letter:
    """One character: what, where its baseline is (points, from the foot of the page), and how it looks."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool


@dataclass
class Line:
    """Letters of one line of a page; `words` is what they say, in reading order."""

    page: int
    letters: list = field(repr=False)
    words: str = ""

    def __post_init__(self):
        seen = [letter for letter in self.letters if letter.text.strip()]
        self.size = Counter(letter.size for letter in seen).most_common(1)[0][0]
        own = [letter for letter in seen if letter.size == self.size]
        self.base = Counter(round(letter.base, 1) for letter in own).most_common(1)[0][0]
        self.left, self.right = min(one.left for one in seen), max(one.right for one in seen)
        self.is_bold = sum(letter.bold for letter in seen) > 0.9 * len(seen)

    @property
    def is_rtl(self) -> bool:
        """Whether there is Arabic or Hebrew in it."""
        return any("\u0590" <= one <= "\u08ff" for one in self.words)

    def runs(self) -> list[Run]:
        """The line's words with their looks; a small raised number refers to a note."""
        if self.is_rtl:
            return [Run(self.words)]  # the order of right-to-left letters is that of the words alone
        runs = []
        for letter in self.letters:
            if self._is_raised(letter):
                before = runs.pop().note if runs and runs[-1].note else ""
                runs.append(Run("", note=before + letter.text))
            else:
                runs.append(Run(letter.text, letter.bold, letter.italic))
        return runs

    def _is_raised(self, letter):
        return letter.text.isdigit() and letter.size < 0.85 * self.size and letter.base > self.base + RAISED * self.size


def lines(pdf) -> list[list[Line]]:
    """The lines of each page, from its head to its foot."""
    pages = []
    for number in range(len(pdf)):
        page = pdf[number]
        text = page.get_textpage()
        pages.append(_of_page(number, text))
        text.close()
        page.close()
    return pages


def _of_page(number, text):
    letters = [_letter(text, index) for index in range(text.count_chars())]
    ordered = in_reading_order("".join(letter.text for letter in letters), text)
    found, begin = [], 0
    for end, letter in enumerate([*letters, None]):
        if letter is None or letter.text == "\n":
            part = [one for one in letters[begin:end] if one.text != "\r"]
            words = (ordered if len(ordered) == len(letters) else "")[begin:end].strip("\r\n")
            if any(one.text.strip() for one in part):
                found.append(Line(number, part, words or "".join(one.text for one in part)))
            begin = end + 1
    return _joined(sorted(found, key=lambda line: -line.base))


def _joined(found):
    """Lines of one height are one line: a number in the margin and its words."""
    joined = []
    for line in found:
        if joined and abs(joined[-1].base - line.base) < 0.3 * line.size:
            is_rtl = joined[-1].is_rtl or line.is_rtl
            first, second = sorted((joined[-1], line), key=lambda one: one.left, reverse=is_rtl)
            blank = Letter(" ", first.right, second.left, line.base, line.size, False, False)
            joined[-1] = Line(line.page, [*first.letters, blank, *second.letters], f"{first.words} {second.words}")
        else:
            joined.append(line)
    return joined


def _letter(text, index):
    left, right, low, high = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, index, left, right, low, high)
    x, base = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, base)
    name = _font(text, index)
    return Letter(
        chr(raw.FPDFText_GetUnicode(text, index)), left.value, right.value, base.value,
        round(_size(text, index) * 2) / 2,
        "bold" in name or raw.FPDFText_GetFontWeight(text, index) >= BOLD,
        "italic" in name or "oblique" in name,
    )  # fmt: skip


def _size(text, index):
    """The size in points on the page: some programs write every letter with size 1 and scale it."""
    matrix = raw.FS_MATRIX()
    scale = abs(matrix.d) if raw.FPDFText_GetMatrix(text, index, matrix) else 1
    return raw.FPDFText_GetFontSize(text, index) * (scale or 1)


def _font(text, index):
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, 128, flags)
    return name.value.decode("utf8", "replace").lower()
