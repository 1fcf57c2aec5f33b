"""Find the words of a query in the passages of a record."""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import lru_cache
from itertools import pairwise
from math import inf
from operator import itemgetter

from text.words import (
    ACRONYM_STOP,
    MARKS,
    MARKS_IN_WORDS,
    NOT_IN_PLACE,
    PREFIX_HYPHEN,
    TOKEN,
    beyond_ascii,
    fold,
    fold_in_place,
    is_acronym,
    is_stop_word,
    joined_places,
    languages_of,
    quieten,
    without_typography,
    word_places,
    words_of,
)

from . import grammar
from .analysis import han_ngrams, query_terms, text_terms
from .english_spelling import beginnings
from .passages import SEPARATOR, PassageTexts
from .spans import Span, score, without_overlaps, worth_of

MAX_SPANS = 300  # in one passage; a word that occurs more often is everywhere in it
MAX_GAP = 20  # characters of the stop words between two words of a term: "victims of the traffic"
PREFIXED = ("coo", "ree", "pree", "email")  # how terms begin that a text may have with a hyphen
ANY_MARKS = f"[{MARKS}]*"
PATTERNS_KEPT = 500  # of phrases; those of the vocabulary are in many queries


class Highlighter:
    """Finds the words that a reader searches for in texts."""

    def __init__(self, tree: grammar.Node | None) -> None:
        self.terms: dict[str, str] = {}  # {term: the word of the query}
        self.prefixes: list[str] = []
        self.han_runs: set[str] = set()
        self.phrases: dict[str, tuple[str, ...]] = {}  # {phrase: its words, folded}
        leaves = grammar.positive_leaves(tree)
        words = [word for leaf in leaves for word in _words_of(leaf)]
        own_words = {word for leaf in leaves if not _is_term(leaf) for word in _words_of(leaf)}
        self.words_of_terms = {word for leaf in leaves if _is_term(leaf) for word in _words_of(leaf)} - own_words
        for leaf in leaves:
            if isinstance(leaf, grammar.Prefix):
                self.prefixes.append(leaf.text)
            elif isinstance(leaf, grammar.Phrase) and not leaf.field and len(leaf.words) > 1:
                self.phrases[" ".join(leaf.words)] = tuple(map(fold, leaf.words))
        # Stop words are everywhere, and show a reader nothing unless they are all that was asked for.
        for word in [word for word in words if not is_stop_word(word)] or words:
            self._add(word)
        # Letters that all forms of a word share. Searching for them is much faster than tokenizing a text.
        words_of_stem = {stem: {stem} for stem in (*self.prefixes, *self.han_runs)}
        for term, word in self.terms.items():
            for stem in beginnings(term.lower()):
                words_of_stem.setdefault(stem, set()).add(word)
        self.stems = sorted(words_of_stem, key=lambda stem: (-len(stem), stem))
        # The words of each stem as bits of a number, which are counted faster than sets of words.
        bits: dict[str, int] = {word: 1 << number for number, word in enumerate(set().union(*words_of_stem.values()))}
        self.bits_of_stem = {stem: sum(bits[word] for word in some) for stem, some in words_of_stem.items()}
        # Where one of the others is, one of these is: each form of a word has at least one of them.
        self.shortest = [stem for stem in self.stems if not any(one in stem for one in self.stems if one != stem)]
        # What divides words of the query where a text has it, so that their letters are not found together.
        self.dividing = [ACRONYM_STOP] if any(term.isupper() for term in self.terms) else []
        self.dividing += [PREFIX_HYPHEN] if any(term.startswith(PREFIXED) for term in self.terms) else []
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
            # To analyze a word takes much longer than to look for the letters of the query's words in it.
            is_possible = any(stem in folded for stem in self.stems)
            self._matches[word] = self._match_folded(word, folded) if is_possible else None
        return self._matches[word]

    def _match_folded(self, word: str, folded: str) -> str | None:
        terms = text_terms(word) if is_acronym(word) else (folded, *text_terms(word))
        match = next((self.terms[term] for term in terms if term in self.terms), None)
        if match and is_stop_word(word) and fold(match) != folded:  # "be" shares a stem with "beings"
            match = None
        return match or next((one for one in self.prefixes if folded.startswith(one)), None)

    def find_best(self, texts: PassageTexts) -> tuple[int, list[Span]] | None:
        """Return the number of the passage with most words of the query and where they are in it; None if none has any.

        Only passages that may have as many words as the best one so far, and as often, are looked at. In a long text
        those are few.
        """
        folded = _folded_parts(texts)
        hiding = self._hiding(texts)
        highlighter = self if hiding else self._narrowed(SEPARATOR.join(folded))
        return highlighter._find_best(texts, folded, hiding)

    def _narrowed(self, folded: str) -> "Highlighter":
        """Return a highlighter without the stems and phrases whose letters a text does not have.

        The terms of a concept are in six languages, of which a text has one.
        """
        narrowed = copy(self)
        narrowed.stems = [stem for stem in self.stems if stem in folded]
        narrowed.shortest = [stem for stem in self.shortest if stem in folded]
        narrowed.phrases = {
            phrase: words for phrase, words in self.phrases.items() if all(word in folded for word in words)
        }
        return narrowed

    def _hiding(self, texts: PassageTexts) -> list[int]:
        """Return the numbers of the passages in which a full stop, a hyphen or a mark may divide a word."""
        hiding = [pattern for pattern in self.dividing if pattern.search(texts.text)]
        if NOT_IN_PLACE.search(beyond_ascii(texts.text)):
            hiding.append(NOT_IN_PLACE)
        return [number for pattern in hiding for number, part in enumerate(texts.parts) if pattern.search(part)]

    def _find_best(
        self, texts: PassageTexts, folded: Sequence[str], hiding: Iterable[int]
    ) -> tuple[int, list[Span]] | None:
        most = self._most_words(folded) | dict.fromkeys(hiding, inf)
        best, best_score = None, (0, 0)
        for worth in sorted(set(most.values()), reverse=True):
            if worth < best_score[0]:
                break
            bounds = {number: self._most_spans(folded[number], worth) for number in most if most[number] == worth}
            for number in sorted(bounds, key=lambda number: (-bounds[number], number)):
                if (worth, bounds[number]) < best_score:
                    break
                if best and (worth, bounds[number]) == best_score and number > best[0]:
                    continue  # it could at most be as good, and the first one is shown
                spans = self.find_spans(texts.parts[number], folded[number])
                own_score = score(spans)
                if own_score > best_score or (best and own_score == best_score and number < best[0]):
                    best, best_score = (number, spans), own_score
        return best

    def _most_words(self, folded: Sequence[str]) -> dict[int, float]:
        """Return {number of a passage: the most that its words can count, as `score` counts them}.

        Where words may be divided, or letters have marks, stems are not found by their letters.
        """
        found = [0] * len(folded)
        for stem in self.stems:
            bits = self.bits_of_stem[stem]
            for number, part in enumerate(folded):
                if stem in part:
                    found[number] |= bits
        most = {number: float(bits.bit_count()) for number, bits in enumerate(found) if bits}
        for phrase, words in self.phrases.items():
            letters = max(words, key=len)
            for number, part in enumerate(folded):
                if _may_have(letters, part) and _phrase_pattern(words, part.isascii()).search(part):
                    most[number] = most.get(number, 0) + worth_of(phrase)
        return most

    def _most_spans(self, folded: str, worth: float) -> float:
        """Return a number that the spans in a passage do not exceed: each has the letters of a stem, or is a phrase."""
        if worth == inf:
            return inf
        whole = sum(1 for _ in self._find_phrases(folded))
        return sum(map(folded.count, self.shortest)) + whole

    def find_spans(self, text: str, folded: str = "") -> list[Span]:
        """Return where words of the query occur in a text, in order and without overlaps.

        If a phrase occurs as a whole, its words alone are left out. Words of a term of the vocabulary are left out
        where they stand alone. `folded` is the text in `fold_in_place`, if known.
        """
        folded = folded or fold_in_place(text)
        # Combining marks hide stems; such texts are split into words.
        is_split = not text.isascii() and NOT_IN_PLACE.search(text) is not None
        is_divided = any(pattern.search(text) for pattern in self.dividing)
        if not (is_split or is_divided or any(stem in folded for stem in self.stems)):
            return []  # this is much faster than what follows
        text = quieten(text)
        places = word_places(text) if is_split else joined_places(text) if is_divided else ()
        whole = list(self._find_phrases(folded)) if self.phrases else []
        alone = {word for phrase, _, _ in whole for word in phrase.split()}
        words = self._find_words(text, folded, self._match_words(places))
        spans = [span for span in words if span[0] not in alone]
        if self.words_of_terms:
            spans = list(self._without_lone_words(text, sorted(spans, key=itemgetter(1))))
        return without_overlaps(sorted([*whole, *spans], key=lambda span: (span[1], -span[2])))

    def _without_lone_words(self, text: str, spans: Sequence[Span]) -> Iterator[Span]:
        """Yield spans in order without those of a term's words that have no other beside them, stop words aside."""
        is_beside = [
            one in self.words_of_terms
            and other in self.words_of_terms
            and start - stop < MAX_GAP
            and all(map(is_stop_word, words_of(text[stop:start])))
            for (one, _, stop), (other, start, _) in pairwise(spans)
        ]
        for span, before, after in zip(spans, [False, *is_beside], [*is_beside, False], strict=False):
            if before or after or span[0] not in self.words_of_terms:
                yield span

    def _find_phrases(self, folded: str) -> Iterator[Span]:
        for phrase, words in self.phrases.items():
            if _may_have(max(words, key=len), folded):
                places = _phrase_pattern(words, folded.isascii()).finditer(folded)
                for found, _ in zip(places, range(MAX_SPANS), strict=False):
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

    def _match_words(self, places: Iterable[tuple[str, int, int]]) -> dict[int, Span]:
        matches = ((self.match(word), start, stop) for word, start, stop in places)
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


def _folded_parts(texts: PassageTexts) -> list[str]:
    """Return the passages of a text as `fold_in_place` does: at once if the text has no accents, else one by one.

    Most passages are ASCII, and are folded faster alone than within a text that is not.
    """
    whole = without_typography(texts.text)
    if whole.isascii():
        return whole.lower().split(SEPARATOR) if texts.places else []
    return [fold_in_place(part) for part in texts.parts]


def _may_have(letters: str, folded: str) -> bool:
    """Return whether a folded text may have a phrase with a word of these letters. A pattern takes much longer.

    In scripts other than Latin, there may be marks between the letters.
    """
    return letters in folded or not folded.isascii()


@lru_cache(PATTERNS_KEPT)
def _phrase_pattern(words: tuple[str, ...], is_plain: bool) -> re.Pattern[str]:
    """Return a pattern that finds words in this order in a folded text, with anything but words between them.

    Where the text is not `is_plain`, their letters may have marks.
    """
    if is_plain:
        first, *others = map(re.escape, words)
        # `search` finds letters at the beginning of a pattern many times as fast as what comes before a word.
        return re.compile(rf"{first}(?<!\w{first})" + "".join(rf"[\W_]+{word}" for word in others) + r"(?!\w)")
    each = (ANY_MARKS.join(map(re.escape, word)) + ANY_MARKS for word in words)
    return re.compile(r"(?<!\w)" + r"[\W_]+".join(each) + r"(?!\w)")


def _is_term(leaf: grammar.Leaf) -> bool:
    """Return whether a part of a query is a term of several words from the vocabulary."""
    return isinstance(leaf, grammar.Phrase) and leaf.in_any_form and len(leaf.words) > 1


def _words_of(leaf: grammar.Leaf) -> Sequence[str]:
    if isinstance(leaf, grammar.Prefix):
        return ()
    return leaf.words if isinstance(leaf, grammar.Phrase) else (leaf.text,)
