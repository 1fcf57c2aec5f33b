"""Find the words of a query in the passages of a record, and highlight them in a snippet."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from text.words import (
    ACRONYM_STOP,
    MARKS_IN_WORDS,
    NOT_IN_PLACE,
    TOKEN,
    fold,
    fold_in_place,
    is_acronym,
    is_stop_word,
    languages_of,
    quieten,
    word_places,
)

from . import grammar
from .analysis import han_ngrams, query_terms, text_terms
from .english_spelling import is_spelled_differently
from .indexes import Passage

MIN_STEM_LENGTH = 3  # letters
MAX_SPANS = 300  # in one passage; a word that occurs more often is everywhere in it
SNIPPET_WIDTH = 260  # characters, about three lines

Span: TypeAlias = tuple[str, int, int]  # (word of the query, start, stop)


@dataclass(frozen=True)
class Snippet:
    """A part of a passage as safe HTML with the query's words in `<mark>`, and the address of the passage."""

    html: str
    url: str
    label: str | Promise
    words: tuple[str, ...] = ()  # of the query, that occur in the passage


class Highlighter:
    """Finds the words that a reader searches for in texts."""

    def __init__(self, tree: grammar.Node | None) -> None:
        self.terms: dict[str, str] = {}  # {term: the word of the query}
        self.prefixes: list[str] = []
        self.han_runs: set[str] = set()
        for leaf in grammar.positive_leaves(tree):
            if isinstance(leaf, grammar.Prefix):
                self.prefixes.append(leaf.text)
                continue
            for word in leaf.words if isinstance(leaf, grammar.Phrase) else [leaf.text]:
                self._add(word)
        # Letters that all forms of a word share. Searching for them is much faster than tokenizing a text.
        letters = {term.lower()[: max(MIN_STEM_LENGTH, len(term) - 1)] for term in self.terms}
        stems = letters.union(self.prefixes, self.han_runs)
        self.stems = sorted(stems, key=lambda stem: (-len(stem), stem))
        self.is_tokenizing = any(map(is_spelled_differently, self.terms))
        self._matches: dict[str, str | None] = {}

    def _add(self, word: str) -> None:
        if languages_of(word) == ("zh",):
            self.han_runs |= {word} | {term for term, _ in han_ngrams(word) if len(term) > 1}
        elif not is_stop_word(word):
            own = () if is_acronym(word) else (fold(word),)
            self.terms |= dict.fromkeys({*own, *query_terms(word)}, word)

    def match(self, word: str) -> str | None:
        """Return the word of the query that a word of a text is a form of; None if there is none."""
        if word not in self._matches:
            folded = fold(word)
            terms = text_terms(word) if is_acronym(word) else (folded, *text_terms(word))
            match = next((self.terms[term] for term in terms if term in self.terms), None)
            self._matches[word] = match or next((one for one in self.prefixes if folded.startswith(one)), None)
        return self._matches[word]

    def find_spans(self, text: str) -> list[Span]:
        """Return where words of the query occur in a text, in order and without overlaps."""
        text = quieten(text)
        folded, found = fold_in_place(text), {}
        # Combining marks, the stops of U.S.S.R. and other spellings hide stems; such texts are tokenized.
        if self.is_tokenizing or NOT_IN_PLACE.search(text) or ACRONYM_STOP.search(text):
            found = self._match_tokens(text)
        for stem in self.stems:
            at = folded.find(stem)
            while at >= 0 and len(found) < MAX_SPANS:
                start, stop = self._word_around(text, stem, at)
                if start not in found and (match := stem if stem in self.han_runs else self.match(text[start:stop])):
                    found[start] = (match, start, stop)
                at = folded.find(stem, stop)
        return _without_overlaps(sorted(found.values(), key=lambda span: span[1:]))

    def _match_tokens(self, text: str) -> dict[int, Span]:
        matches = ((self.match(word), start, stop) for word, start, stop in word_places(text))
        return {start: (match, start, stop) for match, start, stop in matches if match}

    def _word_around(self, text: str, stem: str, at: int) -> tuple[int, int]:
        """Return start and stop of the word in which a stem was found; a run of Han characters is a word itself."""
        if stem in self.han_runs:
            return at, at + len(stem)
        start = at
        while start and (text[start - 1].isalnum() or text[start - 1] in MARKS_IN_WORDS):
            start -= 1
        word = TOKEN.match(text, start)
        return start, word.end() if word else at + len(stem)


def _without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Drop spans that start before the one before them has ended."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span[1] >= kept[-1][2]:
            kept.append(span)
    return kept


def best_snippet(passages: Iterable[Passage], tree: grammar.Node | None) -> Snippet | None:
    """Return the snippet of the passage with most of the query's words, or of the first one; None without passages."""
    highlighter = Highlighter(tree)
    passages = [passage for passage in passages if passage.text.strip()]
    searched = ((passage, highlighter.find_spans(passage.text)) for passage in passages)
    passage, spans = max((pair for pair in searched if pair[1]), key=lambda pair: _score(pair[1]), default=(None, []))
    if passage is None:
        return Snippet(_opening(passages[0].text), passages[0].url, "") if passages else None
    words = tuple(dict.fromkeys(word for word, _, _ in spans))
    return Snippet(_highlight(passage.text, spans), passage.url, passage.label, words)


def _opening(text: str) -> SafeString:
    """Return the first words of a text, escaped."""
    stop = _word_boundary(text, min(len(text), SNIPPET_WIDTH), 1)
    return escape(text[:stop] + (" …" if stop < len(text) else ""))


def _score(spans: list[Span]) -> tuple[int, int]:
    """Return a key that ranks by the number of different words, then by the number of spans in the densest part."""
    return len({word for word, _, _ in spans}), len(_densest(spans))


def _densest(spans: list[Span]) -> list[Span]:
    """Return the run of spans, no wider than a snippet, with most different words; a wider word is a run of its own."""
    counts: Counter[str] = Counter()
    first, best_worth, best = 0, (0, 0), slice(0)
    for last, (word, _, stop) in enumerate(spans):
        counts[word] += 1
        while first < last and stop - spans[first][1] > SNIPPET_WIDTH:
            counts[spans[first][0]] -= 1
            first += 1
        worth = len(+counts), last - first
        if worth > best_worth or last == 0:
            best_worth, best = worth, slice(first, last + 1)
    return spans[best]


def _highlight(text: str, spans: list[Span]) -> SafeString:
    """Return the part of a text around its densest spans: each piece escaped, the spans in `<mark>`."""
    run = _densest(spans)
    margin = max(0, SNIPPET_WIDTH - (run[-1][2] - run[0][1])) // 2
    start = _word_boundary(text, max(0, run[0][1] - margin), -1)
    stop = _word_boundary(text, min(len(text), run[-1][2] + margin), 1)
    pieces, at = ["… " if start else ""], start
    for _, first, last in run:
        pieces += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    pieces += [escape(text[at:stop]), " …" if stop < len(text) else ""]
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is escaped


def _word_boundary(text: str, at: int, step: int) -> int:
    """Return the nearest position from `at` on, in the direction of `step`, that does not cut a word."""
    for _ in range(30):
        if at in (0, len(text)) or text[at - 1].isspace() or text[at].isspace():
            return at
        at += step
    return at
