"""Words that a line's end has broken, put together where that is safe."""

import re

from documents.structure.runs import Run

WORD = re.compile(r"\w+(?:-\w+)*")
BEGIN, END = re.compile(r"^\W*\w+"), re.compile(r"\w+\W*$")
BROKEN = ("\x02", "\ufffe", "-", "\u00ad")


class Vocabulary:
    """The words that a document has unbroken, by its lines."""

    def __init__(self, lines):
        self.words = {word.lower() for line in unbroken(lines) for word in WORD.findall(line)}

    def joins(self, first: str, second: str) -> bool:
        """Whether two parts are one word: the document has it so, or it has not both of them as words by themselves."""
        if first + second in self.words:
            return True
        return f"{first}-{second}" not in self.words and not {first, second} <= self.words


def unbroken(lines):
    """Yield each line without a part of a word that it breaks off, or that the line before it broke off."""
    breaks = False
    for line in lines:
        if breaks:
            line = BEGIN.sub("", line)
        breaks = line.rstrip().endswith(BROKEN)
        yield END.sub("", line) if breaks else line


def together(before: list[Run], after: list[Run], vocabulary: Vocabulary) -> list[Run]:
    """The runs of two lines as one line's."""
    if not before or not before[-1].text.rstrip().endswith(BROKEN):
        return [*before, Run(" "), *after]
    text = "".join(run.text for run in before).rstrip()
    first = (WORD.findall(text[:-1]) or [""])[-1].lower()
    second = (WORD.findall("".join(run.text for run in after)) or [""])[0].lower()
    joins = text[-1] == "\u00ad" or (after[0].text[:1].islower() and vocabulary.joins(first, second))
    while not before[-1].text.strip():
        before = before[:-1]
    last = before[-1]
    kept = last.text.rstrip()[:-1] + ("" if joins else "-")
    return [*before[:-1], Run(kept, last.bold, last.italic), *after]
