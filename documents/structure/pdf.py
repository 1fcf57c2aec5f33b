"""A PDF as Markdown, by where its lines stand and how large they are."""

import re
from collections import Counter
from itertools import pairwise

from documents.errors import UnreadableError
from documents.reading.pdf import MAX_PAGES, open_pdf
from documents.structure import furniture
from documents.structure.blocks import Block, write
from documents.structure.hyphens import Vocabulary, together
from documents.structure.pdf_joined import joined
from documents.structure.pdf_pages import pages
from documents.structure.pdf_tables import Table
from documents.structure.runs import inline, plain
from documents.structure.tables import table

NUMBER = re.compile(r"(?:\*\*)?(\d{1,4})[.)](?:\*\*)?\s+(?=\S)")
MARK = re.compile(r"([•▪◦‣·●○–—-]|\uf0b7)\s+|(\([a-z]{1,4}\)|[a-z]\)|[ivx]{1,4}\))\s+", re.IGNORECASE)
NOTE = re.compile(r"(?:\[\^(\d{1,3})\]|(\d{1,3})[.)]?\s)\s*")
ENDS = re.compile(r"[.!?:;。！？؟][\"”’»)\]\d]*\s*(?:\[\^\d+\])?$")
SMALL = 0.93  # of the text's size: from here down it is a note's
LARGE = 1.1  # and from here up a heading's
STEP = 8  # points by which a list within a list is further in, at least
SHORT = 120  # characters that a heading may have


def markdown(data: bytes) -> str:
    """Return the text of a PDF as Markdown; raises UnreadableError."""
    pdf = open_pdf(data)
    if len(pdf) > MAX_PAGES:
        raise UnreadableError("too_many_pages")
    found = furniture.without(pages(pdf))
    return write(Text(found).blocks()) if any(found) else ""


class Text:
    """A document on its way from lines to paragraphs."""

    def __init__(self, pages):
        every = [line for page in pages for part in page for line in (part.lines() if is_table(part) else [part])]
        sizes = Counter()
        for line in [part for page in pages for part in page if not is_table(part)] or every:
            sizes[line.size] += len(line.words)
        self.size = sizes.most_common(1)[0][0]
        self.vocabulary = Vocabulary([line.words for line in every])
        parted = [self._parted(page) for page in pages]
        self.pages = list(
            zip(joined([body for body, _notes in parted]), [notes for _body, notes in parted], strict=True)
        )
        body = [line for page, _notes in self.pages for line in page if not is_table(line)]
        self.right = max((line.right for line in body), default=0)
        self.left = min((line.left for line in body), default=0)
        self.leading = self._leading()
        self.kinds = self._headings(body)

    def blocks(self) -> list[Block]:
        """The text part by part, each note behind the paragraph that refers to it."""
        blocks, page_ends = [], []
        group, last = [], 0
        for page, _notes in self.pages:
            for line in page:
                if group and (is_table(line) or self._begins(line, group, last)):
                    blocks.append(self._block(group))
                    last = int(blocks[-1].label) if self._is_counted(blocks[-1]) else last
                    group = []
                if is_table(line):
                    blocks.append(self._table(line))
                else:
                    group.append(line)
            page_ends.append(len(blocks))
        if group:
            blocks.append(self._block(group))
        return self._with_notes(blocks, page_ends)

    def _parted(self, page):
        """The lines of the text, and those of the notes at the foot, which are smaller."""
        at = len(page)
        while at and not is_table(page[at - 1]) and page[at - 1].size <= SMALL * self.size:
            at -= 1
        return page[:at], page[at:]

    def _leading(self):
        gaps = [a.base - b.base for page, _notes in self.pages for a, b in pairwise(page)
                if not is_table(a) and not is_table(b) and a.size == b.size == self.size]  # fmt: skip
        # Most are between lines of a paragraph; in a short text, the smaller ones are.
        return sorted(gaps)[len(gaps) // 5] if gaps else 1.2 * self.size

    def _headings(self, body):
        """The level of each look that headings have: the largest first; a title is alone in its look."""
        looks = Counter(look for line in body if (look := self._look(line)))
        ordered = sorted(looks, reverse=True)
        has_title = len(ordered) > 1 and looks[ordered[0]] <= 3 and ordered[0][0] > LARGE * self.size
        return {look: min(4, at + (1 if has_title else 2)) for at, look in enumerate(ordered)}

    def _look(self, line):
        """Size and weight of a line that may be a heading; None for others."""
        if len(line.words) > SHORT:
            return None
        is_large = line.size >= LARGE * self.size
        is_bold = line.is_bold and not line.words.rstrip().endswith((".", ";", ",")) and line.words.strip()[0].isalnum()
        return (line.size, line.is_bold) if is_large or is_bold else None

    def _begins(self, line, group, last):
        """Whether a line begins another paragraph than that of the lines before it."""
        before, look = group[-1], self._look(line)
        if look or self._look(before):
            gap = 0 if before.page != line.page else before.base - line.base
            return look != self._look(before) or gap > 1.8 * line.size or before.page != line.page
        parted = self._is_apart(before, line)
        text = line.words.strip()
        if found := NUMBER.match(text):
            group_number = NUMBER.match(group[0].words.strip())
            last = int(group_number[1]) if group_number else last
            if int(found[1]) == last + 1 and self._room_before(line) <= 4 * self.size:
                return True
        return parted or (bool(MARK.match(text)) and (len(text) > 2 and self._hangs(line, before)))

    def _is_apart(self, before, line):
        ended = bool(ENDS.search(before.words.strip()))
        is_short = self._room_behind(before) > 6 * self.size
        if before.page != line.page:
            return ended and is_short
        return before.base - line.base > 1.35 * self.leading or (ended and is_short)

    def _room_before(self, line):
        return self.right - line.right if line.is_rtl else line.left - self.left

    def _room_behind(self, line):
        return line.left - self.left if line.is_rtl else self.right - line.right

    def _hangs(self, line, before):
        """Whether a line with a mark stands where an item can: not in the middle of a sentence."""
        return bool(ENDS.search(before.words.strip())) or MARK.match(before.words.strip()) or line.left != before.left

    def _table(self, found):
        return Block("table", table([[(self._cell(cell), 1) for cell in row] for row in found.in_order()]))

    def _cell(self, lines):
        return tidy(inline(self._flowed(lines))) if lines else ""

    def _flowed(self, lines):
        """The runs of lines as those of one."""
        runs = lines[0].runs()
        for line in lines[1:]:
            runs = together(runs, line.runs(), self.vocabulary)
        return runs

    def _block(self, group):
        runs = self._flowed(group)
        if look := self._look(group[0]):
            return Block("heading", tidy(plain(runs)), self.kinds[look])
        text = tidy(inline(runs))
        if found := NUMBER.match(text):
            return Block("paragraph", text[found.end() :], label=found[1])
        if found := MARK.match(text):
            # How far in it begins is its level; which levels there are, the writer sees.
            level = 0 if group[0].is_rtl else round(group[0].left / STEP)
            return Block("item", text[found.end() :], level, found[2] or "")
        return Block("paragraph", text)

    def _is_counted(self, block):
        return block.kind == "paragraph" and bool(block.label)

    def _with_notes(self, blocks, page_ends):
        """The blocks with the notes; one that nothing refers to stands behind its page."""
        behind = {}
        for at, note in self._notes(page_ends):
            own = next((at for at, block in enumerate(blocks) if f"[^{note.label}]" in block.text), at)
            behind.setdefault(min(own, len(blocks) - 1), []).append(note)
        return [part for at, block in enumerate(blocks) for part in (block, *behind.get(at, []))]

    def _notes(self, page_ends):
        found = []
        for (_page, small), end in zip(self.pages, page_ends, strict=True):
            for line in small:
                text = inline(line.runs()).strip()
                if begin := NOTE.match(text):
                    found.append((end, [line], begin[1] or begin[2]))
                elif found:
                    found[-1][1].append(line)
                else:
                    found.append((end, [line], "1"))
        for end, group, label in found:
            text = tidy(inline(self._flowed(group)))
            yield end, Block("note", NOTE.sub("", text, count=1), label=label)


def is_table(part):
    """Whether a part of a page is a table, and no line."""
    return isinstance(part, Table)


def tidy(text):
    """Text on one line, its blanks single."""
    return re.sub(r"\s+", " ", text).strip()
