"""Suggestions while someone types: titles, people, topics, organizations, terms of the vocabulary, then words.

All names are read through the gate when they are suggested. The index and what a process remembers only propose them.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from django.db.models import Max
from haystack import connections

from publishing.models import Transition
from text.localized import content_language
from text.words import TOKEN, fold, is_stop_word, languages_of

from . import grammar, vocabulary
from .analysis import analyze
from .engine_api import EngineAwayError, EngineQuery, IndexUnavailableError, QueryTimeoutError, SearchEngine
from .indexes import RecordIndex, registered_indexes
from .query import request_repair
from .spellings import right_spellings
from .terms import TermKey, term_key
from .waiting import waiting_records

MAX_SUGGESTIONS = 10
MAX_TITLES, MAX_PEOPLE, MAX_NAMES, MAX_TERMS = 4, 2, 3, 2
MAX_OF_KIND = 2  # titles
MAX_FOLLOWING = 5  # words that are looked for after the word before
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
        parts: list[grammar.Node] = [grammar.Word(word, field) for word in whole if not is_stop_word(word)]
        if not parts or not is_stop_word(last):  # a stop word at the end may be complete, and titles are found without
            parts.append(end)
        return grammar.And(tuple(parts)) if len(parts) > 1 else parts[0]


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
        excluded = waiting_records().excluded()
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


def _words(engine: SearchEngine, beginning: Beginning, excluded: tuple[str, ...]) -> list[str]:
    """Return the text with its last word completed by words of the index that are right in the reader's language.

    Only the most frequent form of a word is suggested. If some of them follow the preceding word somewhere, only these
    are suggested.
    """
    last = TOKEN.findall(beginning.text)[-1]
    if len(last) < grammar.MIN_PREFIX_LENGTH:
        return []
    possible = languages_of(last)
    language = content_language() if content_language() in possible else possible[0]
    spellings = right_spellings(beginning.words[-1], language)
    forms: dict[tuple[str, ...], str] = {}
    for word in engine.completions(last, excluded) if spellings else []:
        if word in spellings:
            forms.setdefault(analyze(spellings[word], language), spellings[word])
    words = list(forms.values())
    if len(beginning.words) > 1:
        words = words[:MAX_FOLLOWING]
        pairs = {word: grammar.Phrase((beginning.words[-2], word)) for word in words}
        queries = {word: EngineQuery(pair, excluded_ids=excluded, stop=1) for word, pair in pairs.items()}
        words = [word for word, query in queries.items() if engine.find(query).total] or words
    return [beginning.text[: -len(last)] + word for word in words]


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


def _terms(beginning: Beginning) -> list[str]:
    """Return terms of the vocabulary: in the reader's language with the words anywhere, in others at their beginning.

    The reader's language comes first, then terms that begin with the text, then short ones.
    """
    found: list[tuple[bool, bool, int, str]] = []
    for term, key in vocabulary.current().terms():
        is_foreign = term.language != content_language()
        is_inside = not beginning.is_in(key[: len(beginning.words)])
        if beginning.is_in(key) and not (is_foreign and is_inside):
            found.append((is_foreign, is_inside, len(term), term.text))
    return [term for *_rank, term in sorted(found)[:MAX_TERMS]]
