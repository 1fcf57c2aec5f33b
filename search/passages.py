"""The place in a record where a reader's words stand, marked."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import mark_safe

from .analysis import folded, terms

CLOSER_LOOKS = 3  # passages that are read word by word, of those that seem best at a glance
WIDTH = 260  # characters of a snippet, about three lines


@dataclass(frozen=True)
class Snippet:
    """A piece of a passage as safe HTML, the reader's words in `<mark>`, and the passage's address."""

    html: str
    url: str
    label: str | Promise


def best(passages, words):
    """The snippet of the passage where most of `words` stand; None where none of them does."""
    wanted = {term for term, _, _ in terms(words)}
    glance = sorted(passages, key=lambda passage: -seems(passage.text, wanted))
    looked = ((passage, spans(passage.text, wanted)) for passage in glance)
    matching = islice((pair for pair in looked if pair[1]), CLOSER_LOOKS)
    passage, found = max(matching, key=lambda pair: score(pair[1]), default=(None, []))
    return Snippet(mark(passage.text, found), passage.url, passage.label) if passage else None


def seems(text, wanted):
    """How many of the wanted terms may stand in a text, at the price of a substring search."""
    text = folded(text)
    return sum(term[: max(3, len(term) - 1)] in text for term in wanted)


def spans(text, wanted):
    """Where wanted words stand in a text: (term, start, end), in order."""
    return [(term, start, end) for term, start, end in terms(text) if term in wanted]


def score(found):
    """Different words count most, then how close together the densest stretch has them."""
    return len({term for term, _, _ in found}), len(densest(found))


def densest(found):
    """The run of spans, no wider than a snippet, that holds most different words; a wide word is a run by itself."""
    held, begin, most, run = Counter(), 0, (0, 0), slice(0)
    for end, (term, _, stop) in enumerate(found):
        held[term] += 1
        while begin < end and stop - found[begin][1] > WIDTH:
            held[found[begin][0]] -= 1
            begin += 1
        worth = len(+held), end - begin
        if worth > most or end == 0:
            most, run = worth, slice(begin, end + 1)
    return found[run]


def mark(text, found):
    """The piece of `text` around its densest stretch, escaped first and then marked."""
    run = densest(found)
    room = max(0, WIDTH - (run[-1][2] - run[0][1])) // 2
    start = whole_word(text, max(0, run[0][1] - room), -1)
    stop = whole_word(text, min(len(text), run[-1][2] + room), 1)
    pieces, at = ["… " if start else ""], start
    for _, begin, end in run:
        pieces += [escape(text[at:begin]), "<mark>", escape(text[begin:end]), "</mark>"]
        at = end
    pieces += [escape(text[at:stop]), " …" if stop < len(text) else ""]
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is escaped


def whole_word(text, at, step):
    """The nearest place from `at` on, in direction `step`, that does not cut a word."""
    for _ in range(30):
        if at in (0, len(text)) or text[at - 1].isspace() or text[at].isspace():
            return at
        at += step
    return at
