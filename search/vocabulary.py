"""Widen a query by the vocabulary: where it has a term of a concept, the concept's other terms are searched for too."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from text.localized import LocalizedText, content_language
from text.words import fold, is_acronym, languages_of, words_of

from . import grammar
from .analysis import analyze
from .models import Concept
from .name_variants import KnownName, known_names
from .query_tokens import tokens_of
from .terms import TermKey, split_terms, term_key

MAX_CONCEPTS = 4  # of one query that are widened; each takes some fifteen lookups in the index

Terms: TypeAlias = tuple[LocalizedText, ...]
Stems: TypeAlias = tuple[str, TermKey]  # (language, stems of the words of a term)


@dataclass(frozen=True)
class Widening:
    """A tree with other terms beside the reader's own, and those terms, in the reader's language first."""

    tree: grammar.Node
    terms: Terms


class Vocabulary:
    """All concepts, by the words of their terms and by the stems of these words; then the known names.

    A term of a concept is not a known name. A name of one word is understood only as it is spelled, because short stems
    mean many things.
    """

    def __init__(self, concepts: Iterable[Concept], names: Iterable[KnownName] = ()) -> None:
        self._terms: list[list[tuple[LocalizedText, TermKey, Stems]]] = []  # of each concept
        self._by_key: dict[TermKey, int] = {}  # the number of the concept
        self._by_stems: dict[Stems, int] = {}
        self._ambiguous: dict[TermKey, tuple[str, ...]] = {}  # {term: its words as they must be written}
        for number, concept in enumerate(concepts):
            unclear = split_terms(concept.ambiguous_terms)
            acronyms = [LocalizedText(term, concept.original_language) for term in unclear if is_acronym(term)]
            searched = [*concept.terms, *acronyms]
            keyed = [(term, term_key(term), _stems(words_of(term), term.language)) for term in searched]
            ambiguous = {term_key(term): tuple(words_of(term)) for term in unclear}
            self._terms.append(keyed)
            self._by_key |= {key: number for _term, key, _stems in keyed} | dict.fromkeys(ambiguous, number)
            self._by_stems = {stems: number for _t, key, stems in keyed if key not in ambiguous} | self._by_stems
            self._ambiguous |= ambiguous
        self._concepts = len(self._terms)
        for name in names:
            self._add_name(name)
        self._first_words = {key[0] for key in self._by_key}
        self._first_stems = {(language, stems[:1]) for language, stems in self._by_stems}
        chinese = [key[0] for key in self._by_key if len(key) == 1 and languages_of(key[0]) == ("zh",)]
        self._chinese = sorted(chinese, key=len, reverse=True)
        self.longest = max(map(len, self._by_key), default=0)  # words of a term

    def _add_name(self, name: KnownName) -> None:
        number = len(self._terms)
        keyed = [(term, term_key(term), _stems(words_of(term), term.language)) for term in name.names]
        self._terms.append(keyed)
        for key in name.keys:
            self._by_key.setdefault(key, number)
        for key, words in name.unclear:
            if self._by_key.setdefault(key, number) == number:
                self._ambiguous[key] = words
        for _term, key, stems in keyed:
            if len(key) > 1:
                self._by_stems.setdefault(stems, number)

    def may_begin(self, word: str) -> bool:
        """Return whether a term may begin with a word, in any form."""
        return fold(word) in self._first_words or not self._first_stems.isdisjoint(_readings((word,)))

    def concept_of(self, words: Sequence[str], *, is_whole: bool) -> int | None:
        """Return the number of the concept that has these words, in any form, as a term, or None.

        An ambiguous term counts as it is written in the vocabulary, or in any case if it `is_whole`: the whole query.
        """
        key = term_key(" ".join(words))
        if key in self._ambiguous and tuple(words) != self._ambiguous[key] and not is_whole:
            return None
        if (number := self._by_key.get(key)) is not None:
            return number
        return next((self._by_stems[stems] for stems in _readings(words) if stems in self._by_stems), None)

    def terms(self) -> Iterator[tuple[LocalizedText, TermKey]]:
        """Yield the terms of all concepts, with their words; no known names."""
        return ((term, key) for terms in self._terms[: self._concepts] for term, key, _stems in terms)

    def chinese_term_in(self, run: str) -> str | None:
        """Return the longest Chinese term in a run of Han characters, or None."""
        return next((term for term in self._chinese if term in run), None)

    def others(self, number: int, own: Sequence[str]) -> Terms:
        """Return the terms of a concept without the reader's own. If several have the same words, the first counts."""
        key, readings = term_key(" ".join(own)), _readings(own)
        others: dict[TermKey, LocalizedText] = {}
        for term, other, stems in self._terms[number]:
            if other != key and stems not in readings:
                others.setdefault(other, term)
        return tuple(others.values())

    def widen(self, tree: grammar.Node | None, text: str) -> Widening | None:
        """Return the tree of a query with the other terms of its concepts, or None if it names no concept.

        Phrases that are in quotation marks in `text`, and parts that must not occur, stay as they are.
        """
        if tree is None or not self.longest:
            return None
        widener = _Widener(self, tree, text)
        wider = widener.widen(tree)
        return Widening(wider, widener.added_terms()) if widener.found else None


class _Widener:
    """Puts other terms beside those of one tree, and remembers which."""

    def __init__(self, vocabulary: Vocabulary, tree: grammar.Node, text: str) -> None:
        self.vocabulary = vocabulary
        self.length = len(grammar.positive_leaves(tree))
        quoted = [token.text for token in tokens_of(text)[0] if token.kind == "quoted"]
        self.quoted = {tuple(word.lower() for word in words_of(phrase)) for phrase in quoted}
        self.found: dict[int, Sequence[str]] = {}  # {concept: the words of the reader's own term}

    def added_terms(self) -> Terms:
        terms = [term for number, own in self.found.items() for term in self.vocabulary.others(number, own)]
        return tuple(sorted(terms, key=lambda term: term.language != content_language()))

    def widen(self, node: grammar.Node) -> grammar.Node:
        """Return a tree with the other terms of the concepts in it."""
        match node:
            case grammar.Or(parts):
                return grammar.Or(tuple(map(self.widen, parts)))
            case grammar.And(parts):
                widened = tuple(self._widen_neighbours(parts))
                return grammar.And(widened) if len(widened) > 1 else widened[0]
        return next(self._widen_neighbours((node,)))

    def _widen_neighbours(self, parts: Sequence[grammar.Node]) -> Iterator[grammar.Node]:
        """Yield parts that are side by side. The longest run that makes up a term becomes one part."""
        words = list(map(self._words_of, parts))
        at = 0
        while at < len(parts):
            first = words[at]
            longest = next((n for n, own in enumerate(words[at:]) if own is None), len(parts) - at)
            longest = longest if first and self.vocabulary.may_begin(first[0]) else 0
            for length in range(min(longest, self.vocabulary.longest), 0, -1):
                own = [word for part in words[at : at + length] for word in part or ()]
                if others := self._others(own, is_whole=length == self.length):
                    run = tuple(parts[at : at + length])
                    yield _either(grammar.And(run) if length > 1 else run[0], others)
                    at += length
                    break
            else:
                yield self._widen_inside(parts[at])
                at += 1

    def _widen_inside(self, part: grammar.Node) -> grammar.Node:
        """Return a part that is not a term with the other terms of what is in it: groups, Chinese without spaces."""
        if isinstance(part, grammar.And | grammar.Or):
            return self.widen(part)
        words = self._words_of(part) if isinstance(part, grammar.Phrase) else None
        if not words or len(words) > 1 or not (term := self.vocabulary.chinese_term_in(words[0])):
            return part
        if not (others := self._others([term], is_whole=False)):
            return part
        rest = tuple(_as_node(piece) for piece in words[0].split(term, 1) if piece)
        return grammar.Or((part, grammar.And((*rest, _either(_as_node(term), others)))))

    def _words_of(self, node: grammar.Node) -> tuple[str, ...] | None:
        """Return the words of a part that a term may consist of, or None."""
        match node:
            case grammar.Word(text, ""):
                return (text,)
            case grammar.Phrase(words, "") if words not in self.quoted:
                return words
        return None

    def _others(self, words: Sequence[str], *, is_whole: bool) -> Terms:
        """Return the other terms of the concept of which these words are a term; none if there is none."""
        number = self.vocabulary.concept_of(words, is_whole=is_whole)
        if number is None or (number not in self.found and len(self.found) == MAX_CONCEPTS):
            return ()
        if others := self.vocabulary.others(number, words):
            self.found.setdefault(number, words)
        return others


def _stems(words: Sequence[str], language: str) -> Stems:
    """Return a language with the stems of words in it; stop words are folded."""
    return language, tuple(next(iter(analyze(word, language)), fold(word)) for word in words)


def _readings(words: Sequence[str]) -> set[Stems]:
    """Return the stems of words in each language that they may be in."""
    return {_stems(words, language) for language in languages_of(words[0])}


def _either(own: grammar.Node, others: Terms) -> grammar.Node:
    return grammar.Or((own, *dict.fromkeys(map(_as_node, others))))


def _as_node(term: str) -> grammar.Node:
    """Return what finds a term in a text, with other endings too; an acronym in capitals finds only acronyms."""
    words = tuple(words_of(term))
    if len(words) > 1:
        return grammar.Phrase(words, in_any_form=True)
    return grammar.Phrase(words) if languages_of(words[0]) == ("zh",) else grammar.Word(words[0])


def current() -> Vocabulary:
    """Return the vocabulary. A process reads it again only after it has changed."""
    return _read(Concept.objects.state())


@lru_cache(1)
def _read(state: tuple[Any, ...]) -> Vocabulary:
    return Vocabulary(Concept.objects.all(), known_names())
