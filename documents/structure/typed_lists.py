"""Lists whose numbers are typed into the text: "(a)", "(ii)", "b)". Their levels show in indents and in the numbers."""

import re
from dataclasses import dataclass

from .blocks import Block

LABEL = re.compile(r"(?:\*\*|\*)?(\([a-z]{1,5}\)|[a-z]\)|[ivx]{1,5}\))(?:\*\*|\*)?\s+(?=\S)", re.IGNORECASE)
ROMAN = re.compile(r"[ivx]+", re.IGNORECASE)
STEP = 6  # points by which a deeper level is indented, at least


@dataclass
class _Level:
    """An open level: how far it is indented, and the last number in it."""

    indent: float
    label: str


class TypedLists:
    """The levels of the items of a document, in the order of the text."""

    def __init__(self) -> None:
        self.open: list[_Level] = []

    def read(self, text: str, indent: float) -> Block | None:
        """Return the item that a paragraph is, or None if no number is typed before its words.

        `indent` is that of its number, in points.
        """
        found = LABEL.match(text)
        if found is None:
            self.open = []
            return None
        label = found[1].strip("()").lower()
        while self.open and self.open[-1].indent > indent + STEP:
            self.open.pop()
        above = self.open[-1] if self.open else None
        if above is None or indent > above.indent + STEP or _begins_roman(label, above.label):
            self.open.append(_Level(indent, label))
        else:
            self._continue(label, indent)
        return Block("item", text[found.end() :].replace("\t", " ").strip(), len(self.open) - 1, found[1])

    def _continue(self, label: str, indent: float) -> None:
        """Continue at this indent: on the level whose last number comes before this one, if several have it."""
        same = [at for at, level in enumerate(self.open) if abs(level.indent - indent) <= STEP]
        at = next((at for at in same if _follows(label, self.open[at].label)), same[-1] if same else 0)
        self.open[at + 1 :] = []
        self.open[at] = _Level(indent, label)


def _begins_roman(label: str, before: str) -> bool:
    """Return whether a number begins Roman numerals below a letter: "i" after any letter but "h"."""
    return label == "i" and before != "h" and not ROMAN.fullmatch(before)


def _follows(label: str, before: str) -> bool:
    """Return whether a letter is the next one after another."""
    return len(label) == len(before) == 1 and ord(label) == ord(before) + 1
