"""The lines of a PDF page, and how the words that line ends break are put together."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ...reading.pdf import order_letters
from ..text_runs import TextRun
from .characters import Character

FIRST_RTL, LAST_RTL = "\u0590", "\u08ff"  # from Hebrew to Arabic Extended-A
RAISED = 0.12  # of a line's size, from which a small digit refers to a note
SUPERSCRIPT = 0.85  # of a line's size, below which a digit is small
HYPHENS = ("\x02", "\ufffe", "-", "\u00ad")  # PDFium writes the first two for a hyphen at the end of a line
WORD = re.compile(r"\w+(?:-\w+)*")
FIRST_WORD, LAST_WORD = re.compile(r"^\W*\w+"), re.compile(r"\w+\W*$")


@dataclass
class Line:
    """The characters of one line of a page; `text` is their text in reading order."""

    page: int
    characters: list[Character] = field(repr=False)
    text: str = ""

    def __post_init__(self) -> None:
        visible = [one for one in self.characters if one.text.strip()]
        self.size = Counter(one.size for one in visible).most_common(1)[0][0]
        baselines = Counter(round(one.baseline, 1) for one in visible if one.size == self.size)
        self.baseline = baselines.most_common(1)[0][0]
        self.left, self.right = min(one.left for one in visible), max(one.right for one in visible)
        self.is_bold = sum(one.bold for one in visible) > 0.9 * len(visible)

    @classmethod
    def of(cls, page: int, characters: list[Character]) -> "Line":
        """Return the line that characters in PDFium's order form."""
        text = "".join(one.text for one in characters)
        # Only right-to-left text can be out of order.
        if max(text) >= FIRST_RTL:
            text = order_letters(text, [one.origin for one in characters])
        return cls(page, characters, text)

    @property
    def is_rtl(self) -> bool:
        """Whether the line holds Arabic or Hebrew."""
        return any(FIRST_RTL <= one <= LAST_RTL for one in self.text)

    def runs(self) -> list[TextRun]:
        """Return the line's text with its format. A small raised number is a reference to a note."""
        if self.is_rtl:
            return [TextRun(self.text)]  # the order of right-to-left characters is known for the text only
        runs: list[TextRun] = []
        for one in self.characters:
            if self._is_note_reference(one):
                before = runs.pop().note if runs and runs[-1].note else ""
                runs.append(TextRun("", note=before + one.text))
            else:
                runs.append(TextRun(one.text, one.bold, one.italic))
        return runs

    def _is_note_reference(self, one: Character) -> bool:
        is_small = one.size < SUPERSCRIPT * self.size
        return one.text.isdigit() and is_small and one.baseline > self.baseline + RAISED * self.size


def to_lines(page: int, characters: list[Character]) -> list[Line]:
    """Return the lines of characters in PDFium's order, from the top of the page to its bottom."""
    parts = _split_at_line_ends(characters)
    return join_by_baseline([Line.of(page, part) for part in parts if any(one.text.strip() for one in part)])


def _split_at_line_ends(characters: list[Character]) -> Iterator[list[Character]]:
    """Yield the characters of each line. Where a line breaks a word, PDFium writes a hyphen and no line end."""
    part: list[Character] = []
    for one in characters:
        is_lower = part and part[-1].text in HYPHENS and one.baseline < part[-1].baseline - one.size / 2
        if one.text == "\n" or is_lower:
            yield part
            part = []
        if one.text not in "\r\n":
            part.append(one)
    yield part


def join_by_baseline(lines: list[Line]) -> list[Line]:
    """Return the lines from the top, those on one baseline as one: a number in the margin and its paragraph."""
    joined: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.baseline):
        if joined and abs(joined[-1].baseline - line.baseline) < 0.3 * line.size:
            is_rtl = joined[-1].is_rtl or line.is_rtl
            first, second = sorted((joined[-1], line), key=lambda one: one.left, reverse=is_rtl)
            space = Character(" ", first.right, second.left, line.baseline, line.size)
            characters = [*first.characters, space, *second.characters]
            joined[-1] = Line(line.page, characters, f"{first.text} {second.text}")
        else:
            joined.append(line)
    return joined


class Vocabulary:
    """The words that a document contains unbroken. They tell which hyphens at line ends belong to a word."""

    def __init__(self, texts: Iterable[str]):
        self.words = {word.lower() for text in _without_broken_words(texts) for word in WORD.findall(text)}

    def is_one_word(self, first: str, second: str) -> bool:
        """Return whether two parts are one word: the document has that word, or has not both parts as words."""
        if first + second in self.words:
            return True
        return f"{first}-{second}" not in self.words and not {first, second} <= self.words


def _without_broken_words(texts: Iterable[str]) -> Iterator[str]:
    is_broken = False
    for text in texts:
        if is_broken:
            text = FIRST_WORD.sub("", text)
        is_broken = text.rstrip().endswith(HYPHENS)
        yield LAST_WORD.sub("", text) if is_broken else text


def join_runs(lines: list[Line], vocabulary: Vocabulary) -> list[TextRun]:
    """Return the runs of lines as those of one line."""
    runs = lines[0].runs()
    for line in lines[1:]:
        runs = _joined(runs, line.runs(), vocabulary)
    return runs


def _joined(before: list[TextRun], after: list[TextRun], vocabulary: Vocabulary) -> list[TextRun]:
    if not before or not before[-1].text.rstrip().endswith(HYPHENS):
        return [*before, TextRun(" "), *after]
    text = "".join(run.text for run in before).rstrip()
    first = (WORD.findall(text[:-1]) or [""])[-1].lower()
    second = (WORD.findall("".join(run.text for run in after)) or [""])[0].lower()
    is_one_word = text[-1] == "\u00ad" or (after[0].text[:1].islower() and vocabulary.is_one_word(first, second))
    while not before[-1].text.strip():
        before = before[:-1]
    last = before[-1]
    kept = last.text.rstrip()[:-1] + ("" if is_one_word else "-")
    return [*before[:-1], TextRun(kept, last.bold, last.italic), *after]
