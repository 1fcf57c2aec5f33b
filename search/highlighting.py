"""Find the words of a query in the passages of a record, and highlight them in a snippet."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from text.words import (
    ACRONYM_STOP,
    LATIN,
    MARKS,
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
SHORT = 60  # characters of a paragraph that may be a heading
MAX_TARGETS = 5  # words that a browser marks in the text
DISTINCT = 100  # characters; words of a shorter text, such as a name, can be on a page more often
CONTEXT = 20  # characters on each side, to the end of a word, by which a browser tells a word from others
ANY_MARKS = f"[{MARKS}]*"

Span: TypeAlias = tuple[str, int, int]  # (word or phrase of the query, start, stop)


@dataclass(frozen=True)
class Snippet:
    """A part of a passage as safe HTML with the query's words in `<mark>`, and the address of the passage, if any."""

    html: str
    url: str
    label: str | Promise
    words: tuple[str, ...] = ()  # of the query, that occur in the passage
    targets: str = ""  # the same words as directives of a text fragment, for browsers that mark them

    @property
    def fragment(self) -> str:
        """What a script appends to the address, so that the browser marks the words there; empty without any."""
        return self.targets and f"{'' if '#' in self.url else '#'}:~:{self.targets}"


class Highlighter:
    """Finds the words that a reader searches for in texts."""

    def __init__(self, tree: grammar.Node | None) -> None:
        self.terms: dict[str, str] = {}  # {term: the word of the query}
        self.prefixes: list[str] = []
        self.han_runs: set[str] = set()
        self.phrases: dict[str, re.Pattern[str]] = {}  # {phrase: what finds it in a folded text}
        leaves = grammar.positive_leaves(tree)
        words = [word for leaf in leaves for word in _words_of(leaf)]
        for leaf in leaves:
            if isinstance(leaf, grammar.Prefix):
                self.prefixes.append(leaf.text)
            elif isinstance(leaf, grammar.Phrase) and not leaf.field and len(leaf.words) > 1:
                self.phrases[" ".join(leaf.words)] = _phrase_pattern(leaf.words)
        # Stop words are everywhere, and show a reader nothing unless they are all that was asked for.
        for word in [word for word in words if not is_stop_word(word)] or words:
            self._add(word)
        # Letters that all forms of a word share. Searching for them is much faster than tokenizing a text.
        letters = {term.lower()[: max(MIN_STEM_LENGTH, len(term) - 1)] for term in self.terms}
        stems = letters.union(self.prefixes, self.han_runs)
        self.stems = sorted(stems, key=lambda stem: (-len(stem), stem))
        self.is_tokenizing = any(map(is_spelled_differently, self.terms))
        self.has_acronyms = any(term.isupper() for term in self.terms)
        # In Latin letters, all forms of a word begin with the same one. To analyze a word takes much longer.
        self.beginnings = {term[0].lower() for term in [*self.terms, *self.prefixes] if term}
        self._matches: dict[str, str | None] = {}

    def _add(self, word: str) -> None:
        if languages_of(word) == ("zh",):
            self.han_runs |= {word} | {term for term, _ in han_ngrams(word) if len(term) > 1}
        else:
            own = () if is_acronym(word) else (fold(word),)
            self.terms |= dict.fromkeys({*own, *query_terms(word)}, word)

    def match(self, word: str) -> str | None:
        """Return the word of the query that a word of a text is a form of; None if there is none."""
        if word not in self._matches:
            folded = fold(word)
            is_possible = folded[:1] in self.beginnings or languages_of(word) != LATIN
            self._matches[word] = self._match_folded(word, folded) if is_possible else None
        return self._matches[word]

    def _match_folded(self, word: str, folded: str) -> str | None:
        terms = text_terms(word) if is_acronym(word) else (folded, *text_terms(word))
        match = next((self.terms[term] for term in terms if term in self.terms), None)
        return match or next((one for one in self.prefixes if folded.startswith(one)), None)

    def find_spans(self, text: str) -> list[Span]:
        """Return where words of the query occur in a text, in order and without overlaps.

        Of a phrase that occurs whole, the words alone are left out.
        """
        folded = fold_in_place(text)
        # Combining marks, the stops of U.S.S.R. and other spellings hide stems; such texts are tokenized.
        is_plain = text.isascii() or not NOT_IN_PLACE.search(text)
        hides_acronyms = self.has_acronyms and ACRONYM_STOP.search(text) is not None
        is_tokenized = self.is_tokenizing or hides_acronyms or not is_plain
        if not is_tokenized and not any(stem in folded for stem in self.stems):
            return []  # most texts; this is much faster than what follows
        text = quieten(text)
        whole = list(self._find_phrases(folded)) if self.phrases else []
        alone = {word for phrase, _, _ in whole for word in phrase.split()}
        words = self._find_words(text, folded, self._match_tokens(text) if is_tokenized else {})
        spans = [span for span in words if span[0] not in alone]
        return _without_overlaps(sorted([*whole, *spans], key=lambda span: (span[1], -span[2])))

    def _find_phrases(self, folded: str) -> Iterator[Span]:
        for phrase, pattern in self.phrases.items():
            for found, _ in zip(pattern.finditer(folded), range(MAX_SPANS), strict=False):
                yield phrase, found.start(), found.end()

    def _find_words(self, text: str, folded: str, found: dict[int, Span]) -> Iterable[Span]:
        """Return the spans in `found` and those of words that begin with the letters of a stem."""
        for stem in self.stems:
            at = folded.find(stem)
            while at >= 0 and len(found) < MAX_SPANS:
                start, stop = self._word_around(text, stem, at)
                if start not in found and (match := stem if stem in self.han_runs else self.match(text[start:stop])):
                    found[start] = (match, start, stop)
                at = folded.find(stem, stop)
        return found.values()

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


def _words_of(leaf: grammar.Leaf) -> Sequence[str]:
    if isinstance(leaf, grammar.Prefix):
        return ()
    return leaf.words if isinstance(leaf, grammar.Phrase) else (leaf.text,)


def _phrase_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds words in this order in a folded text, with anything but words between them."""
    each = (ANY_MARKS.join(re.escape(letter) for letter in fold(word)) + ANY_MARKS for word in words)
    return re.compile(r"(?<!\w)" + r"[\W_]+".join(each) + r"(?!\w)")


def _without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Drop spans that start before the one before them has ended."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span[1] >= kept[-1][2]:
            kept.append(span)
    return kept


def best_snippet(passages: Iterable[Passage], tree: grammar.Node | None) -> Snippet | None:
    """Return the snippet of the passage with most of the query's words; None without passages.

    If only a heading has any, the snippet is the beginning of the text, and leads to the heading. If none has any, it
    has no address.
    """
    highlighter = Highlighter(tree)
    passages = [passage for passage in passages if passage.text.strip()]
    found, spans = _best(highlighter, (passage for passage in passages if not passage.is_heading))
    headings = [passage for passage in passages if passage.is_heading]
    if found:
        snippet, run = _snippet_of(found, spans), _densest(spans)
        return replace(snippet, targets=_targets(found.text, run, [heading.text for heading in headings]))
    found, spans = _best(highlighter, headings)
    texts = [passage.text for passage in passages if not passage.is_heading]
    if not texts:
        return _snippet_of(found, spans) if found else None
    opening = opening_of(next((text for text in texts if len(text) > SHORT), texts[0]))
    return replace(_snippet_of(found, spans), html=opening, words=()) if found else Snippet(opening, "", "")


def _best(highlighter: Highlighter, passages: Iterable[Passage]) -> tuple[Passage | None, list[Span]]:
    """Return the passage with most of the query's words, and where they are in it; None if none has any."""
    searched = ((passage, highlighter.find_spans(passage.text)) for passage in passages)
    return max((pair for pair in searched if pair[1]), key=lambda pair: _score(pair[1]), default=(None, []))


def _snippet_of(passage: Passage, spans: list[Span]) -> Snippet:
    words = tuple(dict.fromkeys(word for word, _, _ in spans))
    return Snippet(_highlight(passage.text, _densest(spans)), passage.url, passage.label, words)


def opening_of(text: str) -> SafeString:
    """Return the first words of a text, escaped."""
    text = text.strip()
    stop = _word_boundary(text, min(len(text), SNIPPET_WIDTH), 1)
    return escape(text[:stop] + (" …" if stop < len(text) else ""))


def _score(spans: list[Span]) -> tuple[int, int]:
    """Return a key that ranks by the number of different words, then by the number of spans in the densest part.

    A phrase that occurs whole counts more than its words would.
    """
    return sum(1 + 2 * word.count(" ") for word in {word for word, _, _ in spans}), len(_densest(spans))


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


def _targets(text: str, run: Sequence[Span], headings: Sequence[str]) -> str:
    """Return spans as directives of a text fragment: each with the words beside it, which distinguish its place.

    A browser goes to the first place that it finds, so what one of `headings`, above the text, says too is left out.
    """
    directives: list[str] = []
    if len(text) < DISTINCT:
        return ""
    for _, start, stop in run[:MAX_TARGETS]:
        first = _word_boundary(text, max(0, start - CONTEXT), -1)
        last = _word_boundary(text, min(len(text), stop + CONTEXT), 1)
        if any(text[first:last].strip() in heading for heading in headings):
            continue
        before, after = _encode(text[first:start]), _encode(text[stop:last])
        pieces = [before and f"{before}-", _encode(text[start:stop]), after and f"-{after}"]
        directives.append("text=" + ",".join(filter(None, pieces)))
    return "&".join(directives)


def _encode(text: str) -> str:
    """Return a text on one line, percent-encoded with the hyphens, which divide the pieces of a directive."""
    return quote(" ".join(text.split()), safe="").replace("-", "%2D")


def _highlight(text: str, run: Sequence[Span]) -> SafeString:
    """Return the part of a text around a run of spans: each piece escaped, the spans in `<mark>`."""
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
