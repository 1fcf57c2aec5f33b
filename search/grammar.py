"""Parse what a reader types into a tree of words, phrases, prefixes and operators that any engine can answer.

Whoosh's query parser reads the text; nothing else of Whoosh is needed here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from whoosh import qparser
from whoosh import query as whoosh_query

from text.words import TOKEN, fold, is_stop_word, languages_of

from .analysis import analyze, han_ngrams

MAX_QUERY_LENGTH = 300  # characters; the rest is ignored
MAX_WORDS = 24  # the rest is ignored
MIN_PREFIX_LENGTH = 2  # letters before a *
QUERY_FIELDS = ("speaker", "dialogue", "organization")  # field names that may come before a colon
QUOTATION_MARKS = dict.fromkeys(map(ord, "“”„«»"), '"')  # as phones and word processors type them


@dataclass(frozen=True)
class Word:
    """A word anywhere in a record, or in one of QUERY_FIELDS.

    A common word is a stop word of some language. Records in that language need not have it.
    """

    text: str
    field: str = ""
    is_common: bool = False


@dataclass(frozen=True)
class Prefix:
    """All words that begin with these letters."""

    text: str
    field: str = ""


@dataclass(frozen=True)
class Phrase:
    """Words that follow one another. A run of Chinese characters is a phrase too.

    A phrase `in_any_form` is a term of the vocabulary: its words may have other endings, as in a text in Russian.
    """

    words: tuple[str, ...]
    field: str = ""
    in_any_form: bool = False


@dataclass(frozen=True)
class And:
    """All parts must match."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    """At least one part must match."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    """The part must not match."""

    part: "Node"


Leaf: TypeAlias = Word | Prefix | Phrase
Node: TypeAlias = Leaf | And | Or | Not


def parse(text: str) -> Node | None:
    """Return the tree of a reader's text, or None if it has no word.

    Text that is not a valid query is a list of words.
    """
    text = text[:MAX_QUERY_LENGTH].translate(QUOTATION_MARKS)
    try:
        tree = _convert(_whoosh_parser().parse(text))
    except Exception:  # the parser fails in many ways, on operators with nothing between them for example
        tree = None
    return tree or _parse_as_words(text)


def _whoosh_parser() -> Any:
    fields = qparser.FieldsPlugin(expr=rf"(?P<text>{'|'.join(QUERY_FIELDS)}):(?=\S)")
    operators = qparser.OperatorsPlugin(AndNot=None, AndMaybe=None, Require=None)
    plugins = [
        qparser.WhitespacePlugin(), qparser.PhrasePlugin(), fields, qparser.GroupPlugin(), operators,
        qparser.PrefixPlugin(),
    ]  # fmt: skip
    return qparser.QueryParser("", schema=None, plugins=plugins)


def _parse_as_words(text: str) -> Node | None:
    return _all_of(_from_text(word, "") for word in TOKEN.findall(text)[:MAX_WORDS])


def _convert(node: Any) -> Node | None:
    """Return our tree for one of Whoosh's."""
    match node:
        case whoosh_query.Prefix():
            words = TOKEN.findall(node.text)
            whole, last = words[:-1], fold(words[-1]) if words else ""
            if len(last) < MIN_PREFIX_LENGTH or languages_of(last) == ("zh",):
                return _from_text(node.text, node.fieldname)
            return _all_of([*(_from_text(word, node.fieldname) for word in whole), Prefix(last, node.fieldname)])
        case whoosh_query.Term():
            return _from_text(node.text, node.fieldname)
        case whoosh_query.Phrase():
            return _from_text(" ".join(node.words), node.fieldname)
        case whoosh_query.Not():
            part = _convert(node.query)
            return Not(part) if part else None
        case whoosh_query.Or():
            parts = [part for part in map(_convert, node.subqueries) if part]
            return Or(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)
        case whoosh_query.CompoundQuery():
            return _all_of(_convert(part) for part in node.subqueries)
    return None


def _all_of(parts: Iterable[Node | None]) -> Node | None:
    """Join parts with And, without those that are None and those beyond MAX_WORDS."""
    flat: list[Node] = []
    for part in parts:
        if part:
            flat += part.parts if isinstance(part, And) else [part]
    flat = flat[:MAX_WORDS]
    return And(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _from_text(text: str, field: str) -> Node | None:
    """Return a word, or a phrase where punctuation divides the text or Chinese characters follow one another."""
    words = tuple(TOKEN.findall(text))[:MAX_WORDS]
    if not words:
        return None
    if not field and len(words) > 1 and all(map(is_stop_word, words)):  # "it's", "qu'une": not a phrase of stop words
        return _all_of(_from_text(word, field) for word in words)
    if len(words) > 1 or (languages_of(words[0]) == ("zh",) and len(words[0]) > 1):
        return Phrase(words, field)
    return Word(words[0], field, is_common=not field and is_stop_word(words[0]))


def phrase_terms(phrase: Phrase, language: str) -> Iterator[tuple[frozenset[str], int]]:
    """Yield (alternative terms, position) for a phrase read as `language`; stop words leave gaps in the positions."""
    position = 0
    for word in phrase.words:
        if languages_of(word) == ("zh",):
            pairs = [(term, offset) for term, offset in han_ngrams(word) if len(term) == min(2, len(word))]
            yield from ((frozenset({term}), position + offset) for term, offset in pairs)
            position += len(word)
        else:
            if terms := analyze(word, language):
                yield frozenset(terms), position
            position += 1


def positive_leaves(tree: Node | None) -> list[Leaf]:
    """Return the words, prefixes and phrases that a reader wants to find, without those that must not occur."""
    match tree:
        case And() | Or():
            return [leaf for part in tree.parts for leaf in positive_leaves(part)]
        case Word() | Prefix() | Phrase():
            return [tree]
    return []
