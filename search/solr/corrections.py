"""Corrections of misspelled words: as those of the embedded engine (search/engine/corrections.py), asked of Solr.

Solr's spelling checker proposes words within two letters, from all records and for each shard. What is proposed is
counted again among visible records, so that a word that only hidden ones have is never suggested. Most steps count
for all words of a query in one request.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from search import grammar
from search.correction_rules import (
    MAX_CANDIDATES,
    MAX_RECORDS_OF_TYPO,
    MIN_LENGTH,
    Candidate,
    as_candidate,
    as_node,
    as_one,
    correctable_words,
    field_of_spellings,
    is_meant,
    is_pair_known,
    may_find,
    neighbours,
    split_candidate,
    splits,
)
from search.fields import NAME_FIELDS
from search.misspellings import respelled
from search.right_words import is_right_word
from text.words import fold, is_acronym

from .documents import cut, name_term
from .finding import Ask, measured, visible
from .queries import Queries

MAX_PROPOSED = 50  # words that Solr proposes for one


def correct(ask: Ask, tree: grammar.Node, excluded_ids: Iterable[str]) -> dict[str, str]:
    """Return {word: another} for words that no record has, or few if another is far more frequent.

    Two words that should be one, as "traf ficking", are a key together. Words that are right in some language are left.
    """
    return _Corrector(ask, excluded_ids).correct(tree)


@dataclass(frozen=True)
class _Spelled:
    """A word in exactly this spelling, in one of the fields of spellings."""

    text: str
    field: str


class _Corrector:
    """Corrects the words of one query."""

    def __init__(self, ask: Ask, excluded_ids: Iterable[str]) -> None:
        self.ask, self.excluded_ids = ask, tuple(excluded_ids)

    def correct(self, tree: grammar.Node) -> dict[str, str]:
        words = correctable_words(tree)
        pairs = list(neighbours(tree))
        counted = self._count([
            *words, *map(_spelled, words), *(one for pair in pairs for one in (*pair, as_one(*pair))),
            *(_named(word, name) for word in words for name in NAME_FIELDS),
        ])  # fmt: skip
        counts = {word: counted[word if is_acronym(word.text) else _spelled(word)] for word in words}
        joined = dict(_joined(pairs, counts, counted))
        found = dict(joined.values())
        names = {word for word in words if not word.field and any(counted[_named(word, name)] for name in NAME_FIELDS)}
        unknown = [
            word
            for word in dict.fromkeys(words)
            if word not in joined
            and counts[word] <= MAX_RECORDS_OF_TYPO
            and len(word.text) >= MIN_LENGTH
            and (is_acronym(word.text) or not (is_right_word(word.text) or word in names))
        ]
        for word, best in self._best(unknown, words, counted).items():
            if is_meant(best, counts[word]):
                found[word.text] = best.spelling
        return found

    def _best(
        self, unknown: list[grammar.Word], words: list[grammar.Word], counted: dict[grammar.Node | _Spelled, int]
    ) -> dict[grammar.Word, Candidate]:
        """Return {word: the best other spelling} for those words that are like another."""
        proposed = self._similar(unknown)
        best: dict[grammar.Word, Candidate] = {}
        compared: dict[grammar.Word, list[Candidate]] = {}
        for word in unknown:
            if not is_acronym(word.text):
                ordered = sorted(proposed[word], key=lambda one: (-one.score, one.spelling))
                compared[word] = ordered[:MAX_CANDIDATES]
            elif count := counted[_spelled(word)]:
                best[word] = Candidate(word.text.lower(), count, 0)  # DEBT is debt where it is no acronym
            else:
                same = [one for one in proposed[word] if sorted(one.spelling) == sorted(fold(word.text))]
                if same:
                    best[word] = max(same, key=lambda one: (one.score, one.spelling))
        for word, found in self._in_context(compared, words, counted).items():
            if found and not self._finds(word, found[0].spelling):
                best[word] = found[0]
        return best

    def _finds(self, word: grammar.Word, spelling: str) -> bool:
        """Return whether a word finds what has another spelling. They may share a stem in some languages only."""
        if not may_find(word, spelling):
            return False
        other = replace(word, text=spelling)
        counts = self._count([word, other])
        return counts[word] >= counts[other]

    def _in_context(
        self,
        compared: dict[grammar.Word, list[Candidate]],
        words: list[grammar.Word],
        counted: dict[grammar.Node | _Spelled, int],
    ) -> dict[grammar.Word, list[Candidate]]:
        """Return the candidates of each word, those first that records have with the other words of the query."""
        trees: dict[tuple[grammar.Word, Candidate], grammar.Node] = {}
        for word, candidates in compared.items():
            context = [other for other in words if other != word and counted[other]]
            for one in candidates if context else ():
                trees[word, one] = grammar.And((as_node(word, one.spelling), *context))
        numbers = self._count(trees.values()) if trees else {}
        found = {}
        for word, candidates in compared.items():
            # A misspelling may share the stem of a frequent word.
            both = [
                replace(one, count=min(one.count, numbers[trees[word, one]]))
                for one in candidates
                if (word, one) in trees
            ]
            if any(one.count for one in both):
                candidates = sorted(both, key=lambda one: (-one.score, one.spelling))
            found[word] = candidates
        return found

    def _similar(self, words: list[grammar.Word]) -> dict[grammar.Word, list[Candidate]]:
        """Return the spellings that differ from each word by a few letters, and the pairs of words that it may be."""
        sounding = {word: set(respelled(fold(word.text))) for word in words}
        possible: dict[grammar.Word, list[_Spelled | grammar.Phrase]] = {}
        for word in words:
            near = {*self._proposed(word), *sounding[word]} - {fold(word.text)}
            spelled = [_Spelled(cut(one), field_of_spellings(word)) for one in sorted(near)]
            possible[word] = [*spelled, *splits(word)]
        counts = self._count([one for some in possible.values() for one in some])
        found: dict[grammar.Word, list[Candidate]] = {word: [] for word in words}
        for word, some in possible.items():
            for one in filter(counts.get, some):
                if isinstance(one, grammar.Phrase):
                    found[word].append(split_candidate(one, counts[one]))
                elif near_one := as_candidate(fold(word.text), one.text, counts[one], sounding[word]):
                    found[word].append(near_one)
        return found

    def _proposed(self, word: grammar.Word) -> list[str]:
        """Return the words that Solr proposes for another."""
        answer = self.ask({
            "q": "*:*", "rows": 0, "spellcheck": "true", "spellcheck.q": fold(word.text),
            "spellcheck.dictionary": field_of_spellings(word), "spellcheck.count": MAX_PROPOSED,
            "spellcheck.alternativeTermCount": MAX_PROPOSED, "spellcheck.onlyMorePopular": "false",
        })  # fmt: skip
        found = answer.get("spellcheck", {}).get("suggestions", [])[1::2]
        return [one if isinstance(one, str) else one["word"] for some in found for one in some["suggestion"]]

    def _count(self, wanted: Iterable[grammar.Node | _Spelled]) -> dict[grammar.Node | _Spelled, int]:
        """Return how many visible records have each of these."""
        queries = Queries()
        names = {
            one: queries.value(one.field, one.text) if isinstance(one, _Spelled) else queries.matching(one)
            for one in wanted
        }
        if not names:
            return {}
        shown = visible(queries, self.excluded_ids)
        counts = measured(self.ask, queries, shown, dict.fromkeys(names.values())).counts
        return {one: counts[name] for one, name in names.items()}


def _joined(
    pairs: Iterable[tuple[grammar.Word, grammar.Word]],
    counts: dict[grammar.Word, int],
    counted: dict[grammar.Node | _Spelled, int],
) -> Iterator[tuple[grammar.Word, tuple[str, str]]]:
    """Yield (word, (two words, the one that they are)) for neighbours, one of them unknown, that are one word."""
    for pair in pairs:
        whole = as_one(*pair)
        if not is_pair_known(pair, counts) and counted[whole]:
            for word in pair:
                yield word, (" ".join(one.text for one in pair), whole.text)


def _spelled(word: grammar.Word) -> _Spelled:
    return _Spelled(name_term(word.text), field_of_spellings(word))


def _named(word: grammar.Word, field: str) -> _Spelled:
    return _Spelled(name_term(word.text), field)
