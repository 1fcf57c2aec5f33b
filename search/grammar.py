"""What a reader's line means: a tree of words, phrases, beginnings and operators that any engine can answer.

Whoosh's parser reads the line; nothing else of it is needed here. A line that can't be read is searched as words.
"""

from dataclasses import dataclass

from whoosh import qparser, query

from text.folding import TOKEN, fold, languages_of
from text.stop_words import is_stop_word

from .analysis import characters, terms_of

LONGEST_QUERY = 300  # characters; what is beyond is not read
MOST_WORDS = 24
SHORTEST_BEGINNING = 2  # letters before a *
PREFIXED = ("speaker", "dialogue", "organization")  # what may stand before a colon
QUOTATION_MARKS = dict.fromkeys(map(ord, "“”„«»"), '"')  # as phones and word processors write them


@dataclass(frozen=True)
class Word:
    """A word anywhere, or in one of the PREFIXED fields; one too common in some language is not asked of its texts."""

    text: str
    field: str = ""
    is_common: bool = False


@dataclass(frozen=True)
class Beginning:
    """Words that begin with these letters."""

    text: str
    field: str = ""


@dataclass(frozen=True)
class Phrase:
    """Words one after another; a run of Chinese characters is one as well."""

    words: tuple
    field: str = ""


@dataclass(frozen=True)
class Every:
    """All of its parts."""

    parts: tuple


@dataclass(frozen=True)
class Any:
    """At least one of its parts."""

    parts: tuple


@dataclass(frozen=True)
class Without:
    """Whatever its part does not match."""

    part: object


def parse(line):
    """The tree of a line of at most LONGEST_QUERY characters; None where there is nothing to ask for."""
    line = line[:LONGEST_QUERY].translate(QUOTATION_MARKS)
    try:
        tree = build(parser().parse(line))
    except Exception:  # whatever the parser stumbles over: operators with nothing between them
        tree = None
    return tree or plain_words(line)


def parser():
    fields = qparser.FieldsPlugin(expr=rf"(?P<text>{'|'.join(PREFIXED)}):(?=\S)")
    operators = qparser.OperatorsPlugin(AndNot=None, AndMaybe=None, Require=None)
    plugins = [
        qparser.WhitespacePlugin(), qparser.PhrasePlugin(), fields, qparser.GroupPlugin(), operators,
        qparser.PrefixPlugin(),
    ]  # fmt: skip
    return qparser.QueryParser("", schema=None, plugins=plugins)


def plain_words(line):
    """All words of a line, whatever stands between them."""
    return every([from_text(word, "") for word in TOKEN.findall(line)[:MOST_WORDS]])


def build(node):
    """Our tree for Whoosh's."""
    match node:
        case query.Prefix():
            words = TOKEN.findall(node.text)
            whole, last = words[:-1], fold(words[-1]) if words else ""
            if len(last) < SHORTEST_BEGINNING or languages_of(last) == ("zh",):
                return from_text(node.text, node.fieldname)
            return every([*(from_text(word, node.fieldname) for word in whole), Beginning(last, node.fieldname)])
        case query.Term():
            return from_text(node.text, node.fieldname)
        case query.Phrase():
            return from_text(" ".join(node.words), node.fieldname)
        case query.Not():
            part = build(node.query)
            return Without(part) if part else None
        case query.Or():
            parts = [part for part in map(build, node.subqueries) if part]
            return Any(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)
        case query.CompoundQuery():
            return every([build(part) for part in node.subqueries])
    return None


def every(parts):
    """All of these that ask for anything; words in surplus are not asked for."""
    within = [part.parts if isinstance(part, Every) else [part] for part in parts if part]
    parts = tuple(part for some in within for part in some)[:MOST_WORDS]
    return Every(parts) if len(parts) > 1 else next(iter(parts), None)


def from_text(text, field):
    """A word, or a phrase where punctuation divides it or Chinese characters follow one another."""
    words = tuple(TOKEN.findall(text))[:MOST_WORDS]
    if not words:
        return None
    if not field and len(words) > 1 and all(map(is_stop_word, words)):  # "it's", "qu'une": nothing to stand in order
        return every([from_text(word, field) for word in words])
    if len(words) > 1 or (languages_of(words[0]) == ("zh",) and len(words[0]) > 1):
        return Phrase(words, field)
    return Word(words[0], field, is_common=not field and is_stop_word(words[0]))


def terms_in_order(phrase, language):
    """The terms of a phrase taken to be in `language`, (alternatives, place); common words are gaps."""
    at = 0
    for word in phrase.words:
        if languages_of(word) == ("zh",):
            pairs = [(term, offset) for term, offset in characters(word) if len(term) == min(2, len(word))]
            yield from ((frozenset({term}), at + offset) for term, offset in pairs)
            at += len(word)
        else:
            if terms := terms_of(word, language):
                yield frozenset(terms), at
            at += 1


def wanted(tree):
    """The words, beginnings and phrases of a tree that a reader wants to see: all but what must not occur."""
    match tree:
        case Every() | Any():
            return [leaf for part in tree.parts for leaf in wanted(part)]
        case Word() | Beginning() | Phrase():
            return [tree]
    return []
