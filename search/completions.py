"""Suggestions while someone types: titles, people, topics, organizations, terms of the vocabulary, then words.

All names are read through the gate when they are suggested. The index and what a process remembers only propose them.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from django.db.models import Max
from haystack import connections

from publishing.models import Transition
from text.localized import content_language
from text.words import TOKEN, fold, is_stop_word, languages_of

from . import grammar, vocabulary
from .engine_api import EngineAwayError, EngineQuery, IndexUnavailableError, QueryTimeoutError, SearchEngine
from .indexes import RecordIndex, registered_indexes
from .query import outdated_ids, request_repair
from .spellings import right_spellings
from .terms import TermKey, term_key

MAX_SUGGESTIONS = 10
MAX_TITLES, MAX_PEOPLE, MAX_NAMES, MAX_TERMS = 4, 2, 3, 2
MAX_OF_KIND = 2  # titles
MAX_PROPOSED = 20  # records of a kind, of which those are kept whose title has the words in the order they were typed
REMEMBERED = 60  # seconds after which new names are suggested that came without a publication


@dataclass(frozen=True)
class Beginning:
    """A text that someone types: whole words, and the beginning of a last one."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        """The folded words, the last one unfinished; none if there is nothing to complete."""
        words = TOKEN.findall(self.text)
        is_unfinished = bool(words) and self.text.endswith(words[-1])
        is_enough = len(words) > 1 or len("".join(words)) >= grammar.MIN_PREFIX_LENGTH
        return list(map(fold, words)) if is_unfinished and is_enough else []

    @property
    def is_chinese(self) -> bool:
        """Whether the last word is Chinese, which has no spaces between words."""
        return languages_of(self.words[-1]) == ("zh",)

    def is_in(self, words: TermKey) -> bool:
        """Return whether folded words have these words one after the other, the last one perhaps longer."""
        *whole, last = self.words
        if self.is_chinese and not whole:
            return any(last in word for word in words)
        ends = range(len(whole), len(words))
        return any(words[end].startswith(last) and list(words[end - len(whole) : end]) == whole for end in ends)

    def tree(self, field: str) -> grammar.Node:
        """Return a query for names in a field of the index that may have these words."""
        *whole, last = self.words
        end = grammar.Phrase((last,), field) if self.is_chinese else grammar.Prefix(last, field)
        parts = [grammar.Word(word, field) for word in whole if not is_stop_word(word)]
        return grammar.And((*parts, end)) if parts else end


def complete(text: str) -> list[str]:
    """Return searches that a text may be the beginning of. Without an index, there are no titles, people and words."""
    beginning = Beginning(text[: grammar.MAX_QUERY_LENGTH])
    if not beginning.words:
        return []
    found = _from_index(beginning)
    suggestions = [*found.titles, *found.people, *_names(beginning), *_terms(beginning), *found.words]
    distinct: dict[TermKey, str] = {}
    for suggestion in suggestions:
        distinct.setdefault(term_key(suggestion), suggestion)
    return [suggestion for suggestion in distinct.values() if suggestion != text][:MAX_SUGGESTIONS]


@dataclass(frozen=True)
class _Found:
    titles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def _from_index(beginning: Beginning) -> _Found:
    engine: SearchEngine = connections["default"].get_backend()
    indexes = registered_indexes().values()
    try:
        excluded = outdated_ids()
        by_title = (_titles(engine, index, beginning, excluded) for index in indexes if index.title_field == "title")
        people = (_titles(engine, index, beginning, excluded) for index in indexes if index.title_field == "speaker")
        return _Found(
            tuple(islice((title for titles in by_title for title in titles), MAX_TITLES)),
            tuple(islice((name for names in people for name in names), MAX_PEOPLE)),
            tuple(_words(engine, beginning, excluded)),
        )
    except IndexUnavailableError:
        request_repair()
    except (EngineAwayError, QueryTimeoutError):
        pass
    return _Found()


def _titles(engine: SearchEngine, index: RecordIndex, beginning: Beginning, excluded: tuple[str, ...]) -> Iterator[str]:
    """Yield titles of public records of one kind that have the words."""
    query = EngineQuery(
        beginning.tree(index.title_field),
        filters={"kind": index.kind_name},
        excluded_ids=excluded,
        language=content_language(),
        stop=MAX_PROPOSED,
    )
    pks = [int(key.rsplit(".", 1)[1]) for key in engine.find(query).ids]
    titles = index.titles(pks) if pks else {}
    return islice((titles[pk] for pk in pks if pk in titles and beginning.is_in(term_key(titles[pk]))), MAX_OF_KIND)


def _words(engine: SearchEngine, beginning: Beginning, excluded: tuple[str, ...]) -> Iterator[str]:
    """Yield the text with its last word completed by words of the index that are right in the reader's language."""
    last = TOKEN.findall(beginning.text)[-1]
    if len(last) < grammar.MIN_PREFIX_LENGTH:
        return
    possible = languages_of(last)
    language = content_language() if content_language() in possible else possible[0]
    if spellings := right_spellings(beginning.words[-1], language):
        for word in engine.completions(last, excluded):
            if word in spellings:
                yield beginning.text[: -len(last)] + spellings[word]


def _names(beginning: Beginning) -> list[str]:
    """Return names of topics and organizations."""
    latest = Transition.objects.aggregate(latest=Max("pk"))["latest"]
    proposed = _proposed_names(content_language(), latest, int(time.monotonic() / REMEMBERED))
    names: list[str] = []
    for index, theirs in zip(registered_indexes().values(), proposed, strict=True):
        if matching := list(islice((name for name, key in theirs.items() if beginning.is_in(key)), MAX_PROPOSED)):
            public = set(index.suggested_names(matching))
            names += [name for name in matching if name in public][:MAX_NAMES]
    return names[: 2 * MAX_NAMES]


@lru_cache(12)
def _proposed_names(language: str, latest: int | None, minute: int) -> list[dict[str, TermKey]]:
    """Return the names that each index suggests, in the language of the page; they may be public no longer."""
    return [{name: term_key(name) for name in index.suggested_names()} for index in registered_indexes().values()]


def forget_names() -> None:
    """Read the proposed names again before the next suggestion."""
    _proposed_names.cache_clear()


def _terms(beginning: Beginning) -> Iterable[str]:
    """Return terms of the vocabulary, those in the reader's language first."""
    terms = [term for term, key in vocabulary.current().terms() if beginning.is_in(key)]
    return sorted(terms, key=lambda term: term.language != content_language())[:MAX_TERMS]
