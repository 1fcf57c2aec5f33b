"""The lines of a PDF's page: their words, where they stand and how large they are."""

from collections import Counter
from dataclasses import dataclass, field

from documents.reading.pdf import order_letters
from documents.structure.hyphens import BROKEN
from documents.structure.pdf_letters import Letter
from documents.structure.runs import Run

FIRST_RTL = "\u0590"  # Hebrew's first letter; Arabic's come behind
RAISED = 0.12  # of a line's height, from which a small digit is a note's


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

    @classmethod
    def of(cls, page: int, letters: list[Letter]) -> "Line":
        """A line of letters in the order that PDFium gives them."""
        text = "".join(letter.text for letter in letters)
        # Only what is read from the right can be out of order.
        return cls(
            page, letters, order_letters(text, [one.begin for one in letters]) if max(text) >= FIRST_RTL else text
        )

    @property
    def is_rtl(self) -> bool:
        """Whether there is Arabic or Hebrew in it."""
        return any(FIRST_RTL <= one <= "\u08ff" for one in self.words)

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


def lines(page: int, letters: list[Letter]) -> list[Line]:
    """The lines of letters in PDFium's order, which ends each line, from the head of a page to its foot."""
    found = [Line.of(page, part) for part in _parts(letters) if any(one.text.strip() for one in part)]
    return of_one_height(found)


def _parts(letters):
    """The letters between the ends of lines; where a line breaks a word, PDFium writes a hyphen and no end."""
    part = []
    for letter in letters:
        if letter.text == "\n" or (part and part[-1].text in BROKEN and letter.base < part[-1].base - letter.size / 2):
            yield part
            part = []
        if letter.text not in "\r\n":
            part.append(letter)
    yield part


def of_one_height(found: list[Line]) -> list[Line]:
    """The lines from the head, those of one height as one: a number in the margin and its words."""
    joined = []
    for line in sorted(found, key=lambda line: -line.base):
        if joined and abs(joined[-1].base - line.base) < 0.3 * line.size:
            is_rtl = joined[-1].is_rtl or line.is_rtl
            first, second = sorted((joined[-1], line), key=lambda one: one.left, reverse=is_rtl)
            blank = Letter(" ", first.right, second.left, line.base, line.size)
            joined[-1] = Line(line.page, [*first.letters, blank, *second.letters], f"{first.words} {second.words}")
        else:
            joined.append(line)
    return joined
