"""Reflow the lines of a PDF into headings, paragraphs, list items and notes, by their position and size."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ...errors import UnreadableError
from ...reading.pdf import MAX_PAGES, open_pdf
from ..blocks import Block, pipe_table, to_markdown
from ..letterhead import without_letterhead
from ..text_runs import to_inline_markdown, to_plain_markdown
from .lines import Line, Vocabulary, join_runs
from .pages import read_pages
from .tables import Page, Table, join_across_pages

NUMBER = re.compile(r"(?:\*\*)?(\d{1,4})[.)](?:\*\*)?\s+(?=\S)")
LIST_MARKER = re.compile(r"([•▪◦‣·●○–—-]|\uf0b7)\s+|(\([a-z]{1,4}\)|[a-z]\)|[ivx]{1,4}\))\s+", re.IGNORECASE)
NOTE_NUMBER = re.compile(r"(?:\[\^(\d{1,3})\]|(\d{1,3})[.)]?\s)\s*")
SENTENCE_END = re.compile(r"[.!?:;。！？؟][\"”’»)\]\d]*\s*(?:\[\^\d+\])?$")
SMALL = 0.93  # of the body text's size, up to which a line at the foot of a page is a note
LARGE = 1.1  # of the body text's size, from which a line is a heading
INDENT = 8  # points by which a nested list is indented, at least
MAX_HEADING = 120  # characters

Look = tuple[float, bool]  # size in points, and whether it is bold


def markdown(data: bytes) -> str:
    """Return the text of a PDF as Markdown.

    Raise UnreadableError if the PDF is locked, damaged or has too many pages.
    """
    pdf = open_pdf(data)
    if len(pdf) > MAX_PAGES:
        raise UnreadableError("too_many_pages")
    pages = read_pages(pdf)
    return to_markdown(without_letterhead(_Reflow(pages).blocks())) if any(pages) else ""


class _Reflow:
    """The text of one document: its measures, and the blocks that its lines form."""

    def __init__(self, pages: list[Page]):
        parts = [part for page in pages for part in page]
        lines = [line for part in parts for line in (part.lines() if isinstance(part, Table) else [part])]
        sizes: Counter[float] = Counter()
        for line in [part for part in parts if isinstance(part, Line)] or lines:
            sizes[line.size] += len(line.text)
        self.size = sizes.most_common(1)[0][0]
        self.vocabulary = Vocabulary(line.text for line in lines)
        split = [self._split_notes(page) for page in pages]
        self.pages = join_across_pages([body for body, _notes in split])
        self.notes = [notes for _body, notes in split]
        body = [part for page in self.pages for part in page if isinstance(part, Line)]
        self.right = max((line.right for line in body), default=0)
        self.left = min((line.left for line in body), default=0)
        self.leading = self._leading()
        self.heading_levels = self._heading_levels(body)

    def blocks(self) -> list[Block]:
        """Return the blocks of the text, each note after the block that refers to it."""
        blocks: list[Block] = []
        page_ends: list[int] = []
        group: list[Line] = []
        last_number = 0
        for page in self.pages:
            for part in page:
                if group and (isinstance(part, Table) or self._begins_block(part, group, last_number)):
                    blocks.append(self._block(group))
                    if blocks[-1].kind == "paragraph" and blocks[-1].label:
                        last_number = int(blocks[-1].label)
                    group = []
                if isinstance(part, Table):
                    blocks.append(self._table(part))
                else:
                    group.append(part)
            page_ends.append(len(blocks))
        if group:
            blocks.append(self._block(group))
        return self._with_notes(blocks, page_ends)

    def _split_notes(self, page: Page) -> tuple[Page, list[Line]]:
        """Return the body of a page, and the lines of the notes at its foot, which are smaller."""
        notes: list[Line] = []
        for part in reversed(page):
            if isinstance(part, Table) or part.size > SMALL * self.size:
                break
            notes.insert(0, part)
        return page[: len(page) - len(notes)], notes

    def _leading(self) -> float:
        """Return the distance between two lines of a paragraph, in points."""
        gaps = [before.baseline - after.baseline for page in self.pages for before, after in pairwise(page)
                if isinstance(before, Line) and isinstance(after, Line)
                and before.size == after.size == self.size]  # fmt: skip
        # Most lines are followed by one of the same paragraph. In a short text the smaller gaps are between those.
        return sorted(gaps)[len(gaps) // 5] if gaps else 1.2 * self.size

    def _heading_levels(self, body: list[Line]) -> dict[Look, int]:
        """Return the level of each look that headings have, the largest first. A title has a look of its own."""
        looks = Counter(look for line in body if (look := self._heading_look(line)))
        ordered = sorted(looks, reverse=True)
        has_title = len(ordered) > 1 and looks[ordered[0]] <= 3 and ordered[0][0] > LARGE * self.size
        return {look: min(4, at + (1 if has_title else 2)) for at, look in enumerate(ordered)}

    def _heading_look(self, line: Line) -> Look | None:
        """Return the look of a line that may be a heading; None for any other line."""
        if len(line.text) > MAX_HEADING:
            return None
        is_large = line.size >= LARGE * self.size
        is_bold = line.is_bold and not line.text.rstrip().endswith((".", ";", ",")) and line.text.strip()[0].isalnum()
        return (line.size, line.is_bold) if is_large or is_bold else None

    def _begins_block(self, line: Line, group: list[Line], last_number: int) -> bool:
        """Return whether a line begins another block than that of the lines before it."""
        before, look = group[-1], self._heading_look(line)
        if look or self._heading_look(before):
            gap = 0 if before.page != line.page else before.baseline - line.baseline
            return look != self._heading_look(before) or gap > 1.8 * line.size or before.page != line.page
        text = line.text.strip()
        if found := NUMBER.match(text):
            own_number = NUMBER.match(group[0].text.strip())
            last_number = int(own_number[1]) if own_number else last_number
            if int(found[1]) == last_number + 1 and self._space_before(line) <= 4 * self.size:
                return True
        if self._is_separate(before, line):
            return True
        return bool(LIST_MARKER.match(text)) and len(text) > 2 and self._can_be_item(line, before)

    def _is_separate(self, before: Line, line: Line) -> bool:
        has_ended = bool(SENTENCE_END.search(before.text.strip()))
        is_short = self._space_after(before) > 6 * self.size
        if before.page != line.page:
            return has_ended and is_short
        return before.baseline - line.baseline > 1.35 * self.leading or (has_ended and is_short)

    def _space_before(self, line: Line) -> float:
        return self.right - line.right if line.is_rtl else line.left - self.left

    def _space_after(self, line: Line) -> float:
        return line.left - self.left if line.is_rtl else self.right - line.right

    def _can_be_item(self, line: Line, before: Line) -> bool:
        """Return whether a line with a list marker is where an item can be, and not within a sentence."""
        text = before.text.strip()
        return bool(SENTENCE_END.search(text) or LIST_MARKER.match(text)) or line.left != before.left

    def _table(self, table: Table) -> Block:
        rows = [[(self._cell(cell), 1) for cell in row] for row in table.rows_in_reading_order()]
        return Block("table", pipe_table(rows))

    def _cell(self, lines: list[Line]) -> str:
        return self._inline(lines) if lines else ""

    def _inline(self, lines: list[Line]) -> str:
        return _with_single_spaces(to_inline_markdown(join_runs(lines, self.vocabulary)))

    def _block(self, lines: list[Line]) -> Block:
        if look := self._heading_look(lines[0]):
            text = _with_single_spaces(to_plain_markdown(join_runs(lines, self.vocabulary)))
            return Block("heading", text, self.heading_levels[look])
        text = self._inline(lines)
        if found := NUMBER.match(text):
            return Block("paragraph", text[found.end() :], label=found[1])
        if found := LIST_MARKER.match(text):
            # The level is the indentation; `to_markdown` sees which levels there are.
            level = 0 if lines[0].is_rtl else round(lines[0].left / INDENT)
            return Block("item", text[found.end() :], level, found[2] or "")
        return Block("paragraph", text)

    def _with_notes(self, blocks: list[Block], page_ends: list[int]) -> list[Block]:
        """Return the blocks with the notes. A note without a reference follows the last block of its page."""
        after: dict[int, list[Block]] = {}
        for page_end, note in self._note_blocks(page_ends):
            own = next((at for at, block in enumerate(blocks) if f"[^{note.label}]" in block.text), page_end)
            after.setdefault(min(own, len(blocks) - 1), []).append(note)
        return [part for at, block in enumerate(blocks) for part in (block, *after.get(at, []))]

    def _note_blocks(self, page_ends: list[int]) -> Iterator[tuple[int, Block]]:
        found: list[tuple[int, list[Line], str]] = []
        for lines, page_end in zip(self.notes, page_ends, strict=True):
            for line in lines:
                number = NOTE_NUMBER.match(to_inline_markdown(line.runs()).strip())
                if number or not found:
                    found.append((page_end, [line], (number[1] or number[2]) if number else "1"))
                else:
                    found[-1][1].append(line)
        for page_end, lines, label in found:
            yield page_end, Block("note", NOTE_NUMBER.sub("", self._inline(lines), count=1), label=label)


def _with_single_spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
