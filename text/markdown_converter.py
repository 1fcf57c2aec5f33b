"""The conversion of Markdown to HTML that is not clean yet.

Raw HTML and images are converted as they were typed, and so is a text that would take too long.
"""

import re
import threading
from collections.abc import Callable
from functools import cached_property
from xml.etree import ElementTree

from django.utils.html import escape
from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

ITEM_LABEL = re.compile(r"\(?\w{1,5}[).]\s|\d+(?:\.\d+)+\.?\s")
NOTE_MARK = re.compile(r"\[\^(\w{1,8})\]")
NOTE_LINE = re.compile(r"^(\s*)(\[\^\w{1,8}\]):\s+", re.MULTILINE)

# Estimated costs of a conversion in nanoseconds, measured on a slow machine. The converter reads the rest of a block
# again for each heading in it, and a text again for each mark in it: a page of "# a" lines would take minutes.
COST_LIMIT = 1_000_000_000
COST_PER_PIECE = 30_000  # a block, or a text inside it
COST_PER_BLOCK_CHARACTER = 100
COST_PER_CELL = 15_000  # of a table, whose rows are filled up to the length of the first
COST_PER_CHARACTER_AND_MARK = 2  # searched and copied
COST_PER_CHARACTER_AND_BRACKET = 250  # read one by one
COSTLY_MARK = re.compile(r"[*_`\\&<]|  \n")
# One search of the converter takes quadratic time for such a run, and the counters would not notice.
LONG_RUN = re.compile("#{50}")


class TooCostlyError(Exception):
    """The conversion of a text would take too long."""


def convert(text: str, headings_below: int) -> str:
    """Return a Markdown text as HTML that is not clean yet, or escaped as it was typed if it is too costly."""
    try:
        return converters.of(headings_below).reset().convert(text)
    except (TooCostlyError, RecursionError):  # RecursionError: deeply nested lists
        converters.forget(headings_below)
        return f"<p>{escape(text)}</p>"


class Converters(threading.local):
    """The converters of a thread. Building one takes as long as converting a page; each converts one text at a time."""

    @cached_property
    def _by_level(self) -> dict[int, Markdown]:
        return {}

    def of(self, headings_below: int) -> Markdown:
        """Return the converter that lowers headings to below this level; `reset` it for each text."""
        if headings_below not in self._by_level:
            self._by_level[headings_below] = build_converter(headings_below)
        return self._by_level[headings_below]

    def forget(self, headings_below: int) -> None:
        """Drop a converter that was stopped in the middle of a text, because `reset` does not undo everything."""
        self._by_level.pop(headings_below, None)


converters = Converters()


def build_converter(headings_below: int) -> Markdown:
    """Return a new converter."""
    converter = Markdown(
        extensions=["sane_lists", TableExtension(use_align_attribute=True), ShowHtml(), Footnotes(), CostLimit()],
        output_format="html",
    )
    converter.treeprocessors.register(LowerHeadings(converter, headings_below), "lower-headings", 0)
    converter.treeprocessors.register(LabelledLists(converter), "labelled-lists", 0)
    converter.treeprocessors.register(NoteParagraphs(converter), "note-paragraphs", 0)
    converter.treeprocessors.register(LinkTitles(converter), "link-titles", 0)
    return converter


class ShowHtml(Extension):
    """Shows raw HTML and images as they were typed."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("image_link")
        md.inlinePatterns.deregister("image_reference")


class Footnotes(Extension):
    """Shows the mark `[^1]` as a raised number, in the text and before the note, which stays in its place."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        # Before the library, which would read a note of one word as the address of a link.
        md.preprocessors.register(NoteLines(md), "note-lines", 20)
        md.inlinePatterns.register(NoteMark(NOTE_MARK.pattern, md), "note-mark", 175)


class NoteLines(Preprocessor):
    """Removes the colon after the mark of a note, which the library would read as a link definition."""

    def run(self, lines: list[str]) -> list[str]:
        return [NOTE_LINE.sub(r"\1\2 ", line) for line in lines]


class NoteMark(InlineProcessor):
    """Makes the mark of a note a `sup` element."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ElementTree.Element, int, int]:  # type: ignore[override]  # noqa: N802
        mark = ElementTree.Element("sup")
        mark.text = m[1]
        return mark, m.start(0), m.end(0)


class LowerHeadings(Treeprocessor):
    """Lowers each heading by some levels, at most to `h6`."""

    def __init__(self, md: Markdown, levels: int) -> None:
        super().__init__(md)
        self.levels = levels

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            if match := re.fullmatch(r"h([1-6])", element.tag if isinstance(element.tag, str) else ""):
                element.tag = f"h{min(6, int(match[1]) + self.levels)}"


class LabelledLists(Treeprocessor):
    """Gives lists whose items begin with labels of their own, such as `(a)`, the class `labelled`."""

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter("ul"):
            if all(ITEM_LABEL.match("".join(item.itertext()).strip()) for item in element):
                element.set("class", "labelled")


class NoteParagraphs(Treeprocessor):
    """Gives paragraphs that begin with the mark of a note the class `note`."""

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter("p"):
            if not (element.text or "").strip() and len(element) and element[0].tag == "sup":
                element.set("class", "note")


class LinkTitles(Treeprocessor):
    """Shows the title of a link in brackets after it, because only a pointer would show it, and a phone has none."""

    def run(self, root: ElementTree.Element) -> None:
        for link in root.iter("a"):
            if title := link.attrib.pop("title", ""):
                link.tail = f" ({title}){link.tail or ''}"


class CostLimit(Extension):
    """Stops a conversion when its estimated cost passes COST_LIMIT. Must come after the extensions that it counts."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        self.reset()
        md.registerExtension(self)
        md.parser.blockprocessors.register(BlockCounter(md.parser, self.spend), "block-counter", 1000)
        md.inlinePatterns.register(TextCounter(md, self.spend), "text-counter", 1000)

    def reset(self) -> None:
        """Start at zero for the next text."""
        self.spent = 0

    def spend(self, nanoseconds: int) -> None:
        """Add the cost of one piece. Raises TooCostlyError."""
        self.spent += COST_PER_PIECE + nanoseconds
        if self.spent > COST_LIMIT:
            raise TooCostlyError


class BlockCounter(BlockProcessor):
    """Counts each block before the other processors see it, and handles none."""

    def __init__(self, parser: BlockParser, spend: Callable[[int], None]) -> None:
        super().__init__(parser)
        self.spend = spend

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        if LONG_RUN.search(block):
            raise TooCostlyError
        columns, rows = block.partition("\n")[0].count("|"), block.count("\n")
        self.spend(COST_PER_BLOCK_CHARACTER * len(block) + COST_PER_CELL * columns * rows)
        return False


class TextCounter(InlineProcessor):
    """Counts each text inside a block once, at its beginning, and handles none."""

    def __init__(self, md: Markdown, spend: Callable[[int], None]) -> None:
        super().__init__(r"\A", md)
        self.spend = spend

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[None, None, None]:  # type: ignore[override]  # noqa: N802
        marks, brackets = len(COSTLY_MARK.findall(data)), data.count("[")
        self.spend(len(data) * (marks * COST_PER_CHARACTER_AND_MARK + brackets * COST_PER_CHARACTER_AND_BRACKET))
        return None, None, None
