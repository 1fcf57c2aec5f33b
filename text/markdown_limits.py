"""What a text costs the Markdown converter, estimated piece by piece as it comes to them, so as to give it up in time.

The converter goes over what is left of a block for each heading or rule in it, and over a text for each mark in it.
What is quadratic there is nothing in a text that someone wrote, and minutes in one that is `# a` on every line.
"""

import re

import markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor

# Nanoseconds, as measured on a slow machine.
MOST = 1_000_000_000
A_PIECE = 30_000  # a block, or a text in it, however short
A_CHARACTER_OF_A_BLOCK = 100
A_CELL = 15_000  # of a table, which fills up its rows to the length of the first
A_CHARACTER_FOR_A_MARK = 2  # searched and copied
A_CHARACTER_FOR_A_BRACKET = 250  # read one by one

MARK = re.compile(r"[*_`\\&<]|  \n")
# A run of these costs its square in one search of the library's, which no count would see.
LONG_RUN = re.compile("#{50}")


class TooMuchWorkError(Exception):
    """The text would keep the converter busy for longer than a page may take."""


class CostLimit(markdown.extensions.Extension):
    """Adds up what a conversion costs; comes after the extensions whose pieces it counts."""

    def extendMarkdown(self, md):  # noqa: N802 - the library's name
        self.reset()
        md.registerExtension(self)
        md.parser.blockprocessors.register(CountBlock(md.parser, self.spend), "count-block", 1000)
        md.inlinePatterns.register(CountText(md, self.spend), "count-text", 1000)

    def reset(self):
        self.spent = 0

    def spend(self, nanoseconds):
        """Raises TooMuchWorkError."""
        self.spent += A_PIECE + nanoseconds
        if self.spent > MOST:
            raise TooMuchWorkError


class CountBlock(BlockProcessor):
    """Is asked first about each block, and leaves it to the others."""

    def __init__(self, parser, spend):
        super().__init__(parser)
        self.spend = spend

    def test(self, parent, block):
        if LONG_RUN.search(block):
            raise TooMuchWorkError
        columns, rows = block.partition("\n")[0].count("|"), block.count("\n")
        self.spend(A_CHARACTER_OF_A_BLOCK * len(block) + A_CELL * columns * rows)
        return False


class CountText(InlineProcessor):
    """Matches once, where a text begins, and leaves it to the others."""

    def __init__(self, md, spend):
        super().__init__(r"\A", md)
        self.spend = spend

    def handleMatch(self, m, data):  # noqa: N802 - the library's name
        marks, brackets = len(MARK.findall(data)), data.count("[")
        self.spend(len(data) * (marks * A_CHARACTER_FOR_A_MARK + brackets * A_CHARACTER_FOR_A_BRACKET))
        return None, None, None
