"""Match a tree against a record as it is in the database, for records whose words in the index are outdated.

Words are compared as in the index: in texts by their stems, in names by their spelling.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from text.words import fold, languages_ignoring, languages_of, words_of

from . import grammar
from .analysis import analyze, exact, exact_term, query_terms, tokenize

TEXT_FIELDS = ("title", "text", "file")
NAME_FIELDS = ("speaker", "organization", "dialogue_title")
DEFAULT_FIELDS = (*TEXT_FIELDS, "speaker", "organization")  # those of a word without a field

Text: TypeAlias = tuple[str, str]  # (text, language)


@dataclass(frozen=True)
class LiveDocument:
    """The document of a record, as `RecordIndex.document` returns it, prepared for matching."""

    document: Mapping[str, Any]

    @cached_property
    def size(self) -> int:
        """The number of characters of its texts."""
        return sum(len(text) for name in (*TEXT_FIELDS, *NAME_FIELDS) for text, _ in self._texts(name))

    @property
    def date(self) -> str:
        """The day to sort by."""
        return str(self.document.get("date", ""))

    def values(self, facet: str) -> set[str]:
        """Return the values of a facet."""
        values = self.document.get(facet) or ()
        return {values} if isinstance(values, str) else set(values)

    def missing(self, filters: Mapping[str, str]) -> set[str]:
        """Return the names of those filters whose value the document does not have."""
        return {name for name, value in filters.items() if value not in self.values(name)}

    def matches(self, node: grammar.Node | None) -> bool:
        """Return whether the whole tree matches; None matches every document."""
        match node:
            case None:
                return True
            case grammar.And():
                return all(self._has_word_of_all(part, node) or self.matches(part) for part in node.parts)
            case grammar.Or():
                return any(map(self.matches, node.parts))
            case grammar.Not():
                return not self.matches(node.part)
            case grammar.Range(_, first, last):
                return bool(self.date) and first[: len(self.date)] <= self.date <= (last or "9999")[: len(self.date)]
            case grammar.Word() | grammar.Prefix() | grammar.Phrase():
                return any(self._has(leaf_field, node) for leaf_field in _fields_of(node))
        raise TypeError(node)

    def has_all(self, node: grammar.Node | None) -> bool:
        """Return whether each word, prefix and phrase of a tree without Not occurs. False for a tree with Not."""
        match node:
            case grammar.And() | grammar.Or():
                return all(self._has_word_of_all(part, node) or self.has_all(part) for part in node.parts)
            case grammar.Not():
                return False
        return self.matches(node)

    def _has_word_of_all(self, part: grammar.Node, node: grammar.And | grammar.Or) -> bool:
        """Return whether a part of an And is a stop word of the record's language, which it need not have."""
        if not (isinstance(node, grammar.And) and isinstance(part, grammar.Word) and part.is_common):
            return False
        others = any(not getattr(other, "is_common", False) for other in node.parts)
        return others and not (self.values("language") or {"en"}).isdisjoint(languages_ignoring(part.text))

    def _has(self, name: str, leaf: grammar.Leaf) -> bool:
        """Return whether a leaf occurs in a field."""
        match leaf:
            case grammar.Word(text):
                if name == "year":
                    return text in self.values("year")
                terms = {fold(text)} if name in NAME_FIELDS else query_terms(text)
                return not terms.isdisjoint(self._terms[name])
            case grammar.Prefix(text):
                return any(f" {text}" in line for line in self._lines[name])
        if leaf.is_compound and self._has(name, grammar.Word("".join(leaf.words))):
            return True
        words = _spellings(" ".join(leaf.words))
        if name not in NAME_FIELDS:
            return any(f" {' '.join(words)} " in line for line in self._lines[name])
        return any(_in_order(words, line.split()) for line in self._lines[name])

    @cached_property
    def _lines(self) -> dict[str, list[str]]:
        """The folded words of each text, in order, each between two spaces."""
        return {
            name: [f" {' '.join(_spellings(text))} " for text, _ in self._texts(name)]
            for name in (*TEXT_FIELDS, *NAME_FIELDS)
        }

    @cached_property
    def _terms(self) -> dict[str, set[str]]:
        """The terms of each field: in texts, those by which the index has them; in names, the folded words."""
        terms = {name: {word for line in self._lines[name] for word in line.split()} for name in NAME_FIELDS}
        for name in TEXT_FIELDS:
            terms[name] = {
                term
                for text, language in self._texts(name)
                for word in set(tokenize(text)[0])
                for term in analyze(word, language) or (exact_term(exact(word)),)
            }
        return terms

    def _texts(self, name: str) -> Iterable[Text]:
        return self.document.get(name) or ()


def _fields_of(leaf: grammar.Leaf) -> tuple[str, ...]:
    """Return the fields of a document in which a leaf is looked for. A word may be a year."""
    if leaf.field:
        return ("dialogue_title" if leaf.field == "dialogue" else leaf.field,)
    return (*DEFAULT_FIELDS, "year") if isinstance(leaf, grammar.Word) else DEFAULT_FIELDS


def _spellings(text: str) -> list[str]:
    """Return the folded words of a text in order. Each Chinese character is a word."""
    spellings: list[str] = []
    for word in words_of(text):
        spellings += word if languages_of(word) == ("zh",) else [fold(word)]
    return [spelling for spelling in spellings if spelling]


def _in_order(words: Iterable[str], line: Iterable[str]) -> bool:
    """Return whether words follow one another in a line, with others between them or not."""
    rest = iter(line)
    return all(word in rest for word in words)
