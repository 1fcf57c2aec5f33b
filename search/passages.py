"""The place in a record where a reader's words stand, marked."""

from collections import Counter
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import mark_safe

from text.folding import MARK, MARKS_IN_WORDS, TOKEN, fold, fold_in_place, languages_of
from text.stop_words import is_stop_word

from . import grammar
from .analysis import characters, variants

SHORTEST_TRACE = 3  # letters
MOST_SPANS = 300  # of one passage; a word that stands oftener is everywhere
WIDTH = 260  # characters of a snippet, about three lines


@dataclass(frozen=True)
class Snippet:
    """A piece of a passage as safe HTML, the reader's words in `<mark>`, and the passage's address."""

    html: str
    url: str
    label: str | Promise
    words: tuple = ()  # of the tree, that stand in the passage


class Wanted:
    """The words of a tree that a reader wants to see, and where they stand in a text."""

    def __init__(self, tree):
        self.terms, self.beginnings, self.runs = {}, [], set()
        for leaf in grammar.wanted(tree):
            if isinstance(leaf, grammar.Beginning):
                self.beginnings.append(leaf.text)
                continue
            for word in leaf.words if isinstance(leaf, grammar.Phrase) else [leaf.text]:
                self.want(word)
        # What a wanted word has in it, whatever its ending: found by far faster than a text is cut into words.
        traces = {term[: max(SHORTEST_TRACE, len(term) - 1)] for term in self.terms}.union(self.beginnings, self.runs)
        self.traces = sorted(traces, key=lambda trace: (-len(trace), trace))
        self.known = {}

    def want(self, word):
        if languages_of(word) == ("zh",):
            self.runs |= {word} | {term for term, _ in characters(word) if len(term) > 1}
        elif not is_stop_word(word):
            self.terms |= dict.fromkeys({fold(word), *variants(word)}, word)

    def meaning(self, word):
        """Which wanted word a word of a text is; None where it is none of them."""
        if word not in self.known:
            folded = fold(word)
            meant = next((self.terms[term] for term in (folded, *variants(word)) if term in self.terms), None)
            self.known[word] = meant or next((one for one in self.beginnings if folded.startswith(one)), None)
        return self.known[word]

    def spans(self, text):
        """Where wanted words stand in a text: (which, start, end), in order."""
        folded, found = fold_in_place(text), {}
        if not text.isascii() and MARK.search(text):  # these hide a trace; such texts are cut into words
            found = self.by_words(text)
        for trace in self.traces:
            at = folded.find(trace)
            while at >= 0 and len(found) < MOST_SPANS:
                start, stop = self.around(text, trace, at)
                if start not in found and (meant := trace if trace in self.runs else self.meaning(text[start:stop])):
                    found[start] = (meant, start, stop)
                at = folded.find(trace, stop)
        return without_overlaps(sorted(found.values(), key=lambda span: span[1:]))

    def by_words(self, text):
        words = ((word.start(), word.end()) for word in TOKEN.finditer(text))
        meant = ((self.meaning(text[start:stop]), start, stop) for start, stop in words)
        return {start: (meaning, start, stop) for meaning, start, stop in meant if meaning}

    def around(self, text, trace, at):
        """Begin and end of the word in which a trace stands; a Chinese one is a word itself."""
        if trace in self.runs:
            return at, at + len(trace)
        start = at
        while start and (text[start - 1].isalnum() or text[start - 1] in MARKS_IN_WORDS):
            start -= 1
        return start, TOKEN.match(text, start).end() if TOKEN.match(text, start) else at + len(trace)


def without_overlaps(spans):
    """Spans in order, each beginning where the one before has ended or later."""
    kept = []
    for span in spans:
        if not kept or span[1] >= kept[-1][2]:
            kept.append(span)
    return kept


def best(passages, tree):
    """The snippet of the passage where most of a tree's words stand, or else of how the record begins; None of none."""
    wanted = Wanted(tree)
    passages = [passage for passage in passages if passage.text.strip()]
    looked = ((passage, wanted.spans(passage.text)) for passage in passages)
    passage, found = max((pair for pair in looked if pair[1]), key=lambda pair: score(pair[1]), default=(None, []))
    if passage is None:
        return Snippet(beginning(passages[0].text), passages[0].url, "") if passages else None
    words = tuple(dict.fromkeys(term for term, _, _ in found))
    return Snippet(mark(passage.text, found), passage.url, passage.label, words)


def beginning(text):
    """How a text begins, escaped."""
    stop = whole_word(text, min(len(text), WIDTH), 1)
    return escape(text[:stop] + (" …" if stop < len(text) else ""))


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
