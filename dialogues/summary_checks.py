"""What staff should look at in a summary's text before it is published, said in words."""

import re
from collections import Counter
from itertools import pairwise

from django.utils.translation import gettext as _

from .paragraphs import read_blocks

WIDEST = 6  # columns of a table that a page still shows well
MOST_NAMED = 10  # numbers that a sentence names
NOTE = re.compile(r"\[\^(\w{1,8})\](:?)")
TABLE_RULE = re.compile(r"^[ ]*\|(?:\s*:?-+:?\s*\|)+[ ]*$", re.MULTILINE)


def warnings(text):
    """Sentences about a Markdown text, none if there is nothing to say."""
    numbers = [block.number for block in read_blocks(text) if block.number is not None]
    found = [
        (_("Numbers that are missing: %(numbers)s."), missing(numbers)),
        (_("Numbers that occur twice: %(numbers)s."), twice(numbers)),
        (_("Numbers that are out of order: %(numbers)s."), out_of_order(numbers)),
        (_("Footnotes without a text: %(numbers)s."), notes(text, "") - notes(text, ":")),
        (_("Footnotes that nothing refers to: %(numbers)s."), notes(text, ":") - notes(text, "")),
        (_("Tables too wide for a page, by their number of columns: %(numbers)s."), wide_tables(text)),
    ]
    return [sentence % {"numbers": named(numbers)} for sentence, numbers in found if numbers]


def language_warnings(numbers, others):
    """Sentences about languages (pairs of a name and the numbers it has) that do not have the same paragraphs."""
    for name, theirs in others:
        if lacking := set(numbers) - set(theirs):
            yield _("Not in %(language)s: %(numbers)s.") % {"language": name, "numbers": named(lacking)}
        if more := set(theirs) - set(numbers):
            yield _("Only in %(language)s: %(numbers)s.") % {"language": name, "numbers": named(more)}


def missing(numbers):
    return set(range(1, max(numbers, default=0))) - set(numbers)


def twice(numbers):
    return {number for number, times in Counter(numbers).items() if times > 1}


def out_of_order(numbers):
    return {number for before, number in pairwise(numbers) if number < before}


def notes(text, mark):
    """The notes that a text refers to (no mark behind), or those whose text it has (a colon)."""
    return {name for name, behind in NOTE.findall(text) if behind == mark}


def wide_tables(text):
    return [width for rule in TABLE_RULE.findall(text) if (width := rule.count("|") - 1) > WIDEST]


def named(numbers):
    """Numbers in a sentence, in order, and not more than can be read."""
    ordered = sorted(numbers, key=lambda number: (len(str(number)), str(number)))
    return ", ".join(map(str, ordered[:MOST_NAMED])) + (" …" if len(ordered) > MOST_NAMED else "")
