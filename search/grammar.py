"""The query language: what a reader types becomes a tree of words, phrases, dates and operators for any engine.

    debt wages          both words, in any form        "debt bondage"      exactly these words, one after the other
    debt AND wages      both, always                   recruit*            words that start with recruit
    debt OR wages       at least one of them           speaker:name        also organization: and dialogue:
    debt NOT wages      the first without the second   year:2022..2024     also before: and after:
    debt -wages         the same

AND binds more than OR, and OR more than a space. Parentheses group. Nothing fails: what has no meaning is read as
words, and reported, so that the page can say so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from text.words import fold, is_stop_word, languages_of, words_of

from .date_filters import DATE_FIELDS, bounds
from .query_tokens import NAME_FIELDS, Token, tokens_of

MAX_QUERY_LENGTH = 300  # characters; the rest is ignored
MAX_WORDS = 24  # words, phrases and prefixes; the rest is ignored
MIN_PREFIX_LENGTH = 2  # letters before a *
COMPOUND = re.compile(r"\W*\w+[-‐‑]\w+\W*")  # of two words: anti-trafficking


@dataclass(frozen=True)
class Word:
    """A word in any of its forms, anywhere in a record or in one of NAME_FIELDS.

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
    """Words in small letters that follow one another, stop words too, in exactly this form; only accents do not count.

    In one of NAME_FIELDS, other words may stand between them. A run of Chinese characters is a phrase too. A phrase
    `in_any_form` is a term of the vocabulary: its words may have other endings, as in a text in Russian. The words of
    one that `is_compound` may also be written in one piece.
    """

    words: tuple[str, ...]
    field: str = ""
    in_any_form: bool = False
    is_compound: bool = False


@dataclass(frozen=True)
class Range:
    """Days from `first` to `last`, both included, as `YYYY-MM-DD`. An empty one sets no limit."""

    field: str
    first: str
    last: str


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
Node: TypeAlias = Leaf | Range | And | Or | Not


@dataclass(frozen=True)
class ParsedQuery:
    """The tree of a query, None if it has no word, and the pieces that were read as words because they mean nothing."""

    tree: Node | None
    not_understood: tuple[str, ...] = ()


def parse(text: str) -> Node | None:
    """Return the tree of a reader's text, or None if it has no word."""
    return parse_query(text).tree


def parse_query(text: str) -> ParsedQuery:
    """Return the tree of a reader's text and what in it was not understood."""
    text = text[:MAX_QUERY_LENGTH]
    parser = _Parser(*tokens_of(text))
    tree = parser.sequence("") or _all_of(_word(word.lower(), "") for word in words_of(text)[:MAX_WORDS])
    return ParsedQuery(tree, tuple(sorted(dict.fromkeys(parser.not_understood), key=text.find)))


def positive_leaves(tree: Node | None) -> list[Leaf]:
    """Return the words, prefixes and phrases that a reader wants to find, without those that must not occur."""
    match tree:
        case And() | Or():
            return [leaf for part in tree.parts for leaf in positive_leaves(part)]
        case Word() | Prefix() | Phrase():
            return [tree]
    return []


@dataclass
class _Parser:
    """A recursive descent over tokens."""

    tokens: list[Token]
    not_understood: list[str]
    at: int = 0
    words_left: int = MAX_WORDS

    def _take(self, *kinds: str) -> Token | None:
        """Return the next token and go on, if it is of one of these kinds."""
        if self.at < len(self.tokens) and self.tokens[self.at].kind in kinds:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def sequence(self, name: str) -> Node | None:
        """Read parts one after the other, to the end or to a closing parenthesis."""
        parts = []
        while self.at < len(self.tokens) and self.tokens[self.at].kind != ")":
            parts.append(self._either(name))
        return _all_of(parts)

    def _either(self, name: str) -> Node | None:
        parts = [self._both(name)]
        while self._take("OR"):
            parts.append(self._both(name))
        kept = tuple(part for part in parts if part)
        return Or(kept) if len(kept) > 1 else next(iter(kept), None)

    def _both(self, name: str) -> Node | None:
        parts = [self._negated(name)]
        while self._take("AND"):
            parts.append(self._negated(name))
        return _all_of(parts)

    def _negated(self, name: str) -> Node | None:
        is_negated = False
        while self._take("NOT"):
            is_negated = not is_negated
        part = self._operand(name)
        return Not(part) if part and is_negated else part

    def _operand(self, name: str) -> Node | None:
        while token := self._take("name"):
            name = token.text.lower()
        if self._take("("):
            group = self.sequence(name)
            self._take(")")
            return group
        token = self._take("quoted", "chunk")
        if token is None:
            return None
        if name in DATE_FIELDS:
            if period := bounds(name, token.text):
                return Range("date", *period)
            self.not_understood.append(f"{name}:{token.text}")
            return self._limited([_word(name, ""), _from_chunk(token.text, "")])
        searched = NAME_FIELDS.get(name, "")
        node = _from_quoted(token.text, searched) if token.kind == "quoted" else _from_chunk(token.text, searched)
        return self._limited([node])

    def _limited(self, nodes: Iterable[Node | None]) -> Node | None:
        """Join nodes with And, as far as MAX_WORDS allows."""
        joined = _all_of(nodes)
        parts = joined.parts if isinstance(joined, And) else (joined,) if joined else ()
        parts = parts[: self.words_left]
        self.words_left -= len(parts)
        return _all_of(parts)


def _all_of(parts: Iterable[Node | None]) -> Node | None:
    """Join parts with And, without those that are None."""
    flat: list[Node] = []
    for part in parts:
        if part:
            flat += part.parts if isinstance(part, And) else [part]
    return And(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _word(word: str, name: str) -> Node:
    """Return a word; a run of Chinese characters is a phrase."""
    if languages_of(word) == ("zh",) and len(word) > 1:
        return Phrase((word,), name)
    return Word(word, name, is_common=not name and is_stop_word(word))


def _from_quoted(text: str, name: str) -> Node | None:
    words = tuple(word.lower() for word in words_of(text))
    return Phrase(words, name) if words else None


def _from_chunk(text: str, name: str) -> Node | None:
    """Return the node of a piece without spaces.

    Its words are a phrase where they are joined by a hyphen or belong to a symbol: A/RES/64/293. They are words where a
    stop word is among them, as in "l'esclavage", and where a stroke divides them: HIV/AIDS.
    """
    words = words_of(text)
    if not words:
        return None
    if text.endswith("*") and languages_of(words[-1]) != ("zh",):
        prefix = fold(words[-1])
        if len(prefix) >= MIN_PREFIX_LENGTH:
            return _all_of([*(_word(word, name) for word in words[:-1]), Prefix(prefix, name)])
    if len(words) == 1:
        return _word(words[0], name)
    if not name and not any(map(str.isdigit, text)) and ("/" in text or any(map(is_stop_word, words))):
        return _all_of(_word(word, name) for word in words)
    is_compound = not name and all(map(str.isalpha, words)) and bool(COMPOUND.fullmatch(text))
    return Phrase(tuple(word.lower() for word in words), name, is_compound=is_compound)
