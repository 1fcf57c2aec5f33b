"""Warnings for staff about the text of a summary before it is published."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from text.lists import joined

from .paragraph_numbers import paragraph_label
from .paragraphs import parse_blocks

MAX_COLUMNS = 6  # of a table that a page can still show
MAX_LISTED = 10  # numbers that one warning lists
NOTE = re.compile(r"\[\^(\w{1,8})\](:?)")
TABLE_RULE = re.compile(r"^[ ]*\|(?:\s*:?-+:?\s*\|)+[ ]*$", re.MULTILINE)


def text_warnings(text: str) -> list[str]:
    """Return warnings about a Markdown text: its numbers, footnotes and tables."""
    parts: dict[int, list[int]] = {}
    for block in parse_blocks(text):
        if block.number is not None:
            parts.setdefault(block.part, []).append(block.number)
    references, notes = _footnotes(text, ""), _footnotes(text, ":")
    found: list[tuple[str, Collection[int | str]]] = [
        (_("Numbers that are missing: %(numbers)s."), _in_parts(parts, _missing)),
        (_("Numbers that occur twice: %(numbers)s."), _in_parts(parts, _repeated)),
        (_("Numbers that are out of order: %(numbers)s."), _in_parts(parts, _out_of_order)),
        (_("Footnotes without a text: %(numbers)s."), references - notes),
        (_("Footnotes that nothing refers to: %(numbers)s."), notes - references),
        (_("Tables too wide for a page, by their number of columns: %(numbers)s."), _wide_tables(text)),
    ]
    return [sentence % {"numbers": _listed(numbers)} for sentence, numbers in found if numbers]


def language_warnings(numbers: Iterable[str], others: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    """Yield warnings about other language versions that do not have the same numbered paragraphs.

    `others` are pairs of the name of a language and the numbers that it has, each with its part as readers see it.
    """
    own = set(numbers)
    for name, theirs in others:
        if lacking := own - set(theirs):
            yield _("Not in %(language)s: %(numbers)s.") % {"language": name, "numbers": _listed(lacking)}
        if more := set(theirs) - own:
            yield _("Only in %(language)s: %(numbers)s.") % {"language": name, "numbers": _listed(more)}


def _in_parts(parts: Mapping[int, Sequence[int]], find: Callable[[Sequence[int]], Iterable[int]]) -> list[int | str]:
    """Return what `find` finds in the numbers of each part of a summary, as readers see them."""
    return [paragraph_label(number, part) for part, numbers in parts.items() for number in find(numbers)]


def _missing(numbers: Sequence[int]) -> set[int]:
    return set(range(1, max(numbers, default=0))) - set(numbers)


def _repeated(numbers: Sequence[int]) -> set[int]:
    return {number for number, times in Counter(numbers).items() if times > 1}


def _out_of_order(numbers: Sequence[int]) -> set[int]:
    return {number for before, number in pairwise(numbers) if number < before}


def _footnotes(text: str, mark: str) -> set[str]:
    """Return the names of footnotes that a text refers to (no mark), or whose text it contains (a colon)."""
    return {name for name, behind in NOTE.findall(text) if behind == mark}


def _wide_tables(text: str) -> list[int]:
    return [width for rule in TABLE_RULE.findall(text) if (width := rule.count("|") - 1) > MAX_COLUMNS]


def _listed(numbers: Iterable[int | str]) -> str:
    """Return numbers in order as a list in words, cut to MAX_LISTED."""
    ordered = sorted(numbers, key=lambda number: (len(str(number)), str(number)))
    return joined(ordered[:MAX_LISTED]) + (" …" if len(ordered) > MAX_LISTED else "")
