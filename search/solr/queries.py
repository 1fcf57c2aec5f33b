"""Trees as queries of Solr: which records match. What each scores is in `scoring`.

A query refers to others by the names of parameters of the request, so that each is sent once however often it occurs.
"""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from search import grammar
from search.analysis import LANGUAGES, han_ngrams, query_terms, terms_by_language
from search.fields import NAME_FIELDS, YEAR_FIELD, groups_of
from search.ranking import MAX_BETWEEN_NAMES
from text.words import is_stop_word, languages_ignoring, languages_of

from .documents import AFTER_ALL_DAYS, cut, exact_form, name_term, text_term

EVERY = "every"  # the parameter that matches all records
NOTHING = "{!bool must_not=$every must=$every}"
FEW_TERMS = 16  # as clauses, these take less memory in Solr's caches than as a set, which takes a kilobyte at least


class Queries:
    """The queries of one request, each under a name. All methods that make a query return its name."""

    def __init__(self) -> None:
        self.params = {EVERY: "*:*"}
        self._names: dict[str, str] = {"*:*": EVERY}
        self._nodes: dict[grammar.Node, str] = {}

    def add(self, query: str) -> str:
        """Give a query a name."""
        if query not in self._names:
            self._names[query] = f"p{len(self._names)}"
            self.params[self._names[query]] = query
        return self._names[query]

    def kept(self, name: str) -> str:
        """Match the same, from the results that Solr keeps: a function looks them up for each record."""
        return self.add(f"filter({named(name)})")

    def where(self, name: str, then: str, otherwise: str = "0") -> str:
        """Return one function for what a query matches, and another for the rest."""
        return f"if(exists(query(${self.kept(name)})),{then},{otherwise})"

    def either(self, names: Iterable[str]) -> str:
        """Match what one of some queries matches."""
        some = sorted(set(names))
        if len(some) == 1:
            return some[0]
        return self.add(f"{{!bool {' '.join(f'should=${name}' for name in some)}}}" if some else NOTHING)

    def all(self, names: Iterable[str], without: Iterable[str] = ()) -> str:
        """Match what all of some queries match, and none of the others."""
        some, others = sorted({*names} - {EVERY}) or [EVERY], sorted(set(without))
        if len(some) == 1 and not others:
            return some[0]
        clauses = [f"must=${name}" for name in some] + [f"must_not=${name}" for name in others]
        return self.add(f"{{!bool {' '.join(clauses)}}}")

    def terms(self, field: str, terms: Iterable[str]) -> str:
        """Match records that have one of some terms or values; none of them has a comma."""
        some = sorted(terms)
        if len(some) == 1:
            return self.value(field, some[0])
        method = " method=booleanQuery" if len(some) <= FEW_TERMS else ""
        return self.add(f"{{!terms f={field}{method}}}{','.join(some)}")

    def value(self, field: str, value: str) -> str:
        """Match records that have a value, whatever characters are in it."""
        return self.add(f"{{!term f={field}}}{value}")

    def matching(self, node: grammar.Node | None) -> str:
        """Match what a tree matches; None matches every record."""
        if node is None:
            return EVERY
        if node not in self._nodes:
            self._nodes[node] = self._matching(node)
        return self._nodes[node]

    def _matching(self, node: grammar.Node) -> str:
        match node:
            case grammar.And(parts):
                return self._all_parts(parts)
            case grammar.Or(parts):
                return self.either(map(self.matching, parts))
            case grammar.Not(part):
                return self.all([EVERY], [self.matching(part)])
            case grammar.Range():
                return self._range(node)
            case grammar.Word() | grammar.Prefix() | grammar.Phrase():
                return self.either(self.in_field(name, node) for group in groups_of(node) for name in group)
        raise TypeError(node)

    def _all_parts(self, parts: Sequence[grammar.Node]) -> str:
        """Match all parts. A common word is not required of records in a language that does not index it."""
        has_required = any(not getattr(part, "is_common", False) for part in parts)
        found = []
        for part in parts:
            own = self.matching(part)
            if isinstance(part, grammar.Word) and part.is_common and has_required:
                own = self.either([own, self.in_languages(languages_ignoring(part.text))])
            found.append(own)
        return self.all(found)

    def in_field(self, field: str, leaf: grammar.Leaf) -> str:
        """Match records that have a leaf in a field."""
        match leaf:
            case grammar.Word(text):
                if field == YEAR_FIELD:
                    return self.value(field, text)
                if field in NAME_FIELDS:
                    return self.terms(field, [name_term(text)])
                return self.either(
                    self.all([self.terms(field, terms), self._with_texts_in(languages)])
                    for languages, terms in terms_of_languages(text).items()
                )
            case grammar.Prefix(text):
                return self.add(f"{{!prefix f={field}}}{text if field in NAME_FIELDS else exact_form(text)}")
        if field in NAME_FIELDS:
            return self._name(field, leaf, MAX_BETWEEN_NAMES if leaf.field else 0)
        phrase = self._phrase(field, leaf)
        joined = [self.terms(field, map(cut, query_terms("".join(leaf.words))))] if leaf.is_compound else []
        return self.either([phrase, *joined])

    def _phrase(self, field: str, phrase: grammar.Phrase) -> str:
        """Match words that follow one another, as they are spelled or in any form."""
        forms = [
            map(cut, query_terms(word)) if phrase.in_any_form and not is_stop_word(word) else [exact_form(word)]
            for whole in phrase.words
            for word in _pieces(whole)
        ]
        return self._sequence(field, [sorted(set(some)) for some in forms], 0)

    def _name(self, field: str, phrase: grammar.Phrase, between: int) -> str:
        words = [[name_term(piece)] for word in phrase.words for piece in _pieces(word)]
        return self._sequence(field, words, between)

    def _sequence(self, field: str, words: Sequence[Sequence[str]], between: int) -> str:
        """Match words, each given by its terms, that follow one another with at most so many others between two."""
        if len(words) == 1:
            return self.terms(field, words[0])
        if not between and all(len(terms) == 1 for terms in words):
            return self.add(f"{{!field f={field}}}{' '.join(terms[0] for terms in words)}")  # faster than spans
        spans = [_span(terms) for terms in words]
        if not between:
            return self.add("{!xmlparser}" + _near("".join(spans), 0, field))
        joined = spans[0]
        for following in spans[1:]:
            joined = _near(joined + following, between, field)
        return self.add("{!xmlparser}" + joined)

    def near(self, field: str, words: Iterable[str], between: int) -> str:
        """Match records where all words are close together, in any order, with at most so many others between."""
        # A long query has dozens of these, and XML takes longer to parse.
        some = [" OR ".join(f'"{cut(term)}"' for term in sorted(query_terms(word))) for word in words]
        if not all(some):
            return self.add(NOTHING)
        return self.add(f"{{!surround df={field}}}{between + 1}N({', '.join(f'({one})' for one in some)})")

    def _range(self, node: grammar.Range) -> str:
        """Match days within a range. A record of which only the year is known matches on any day of it."""
        clauses = [self.add(f"{node.field}:[* TO {node.last or AFTER_ALL_DAYS}]")]
        if node.first:
            clauses.append(self.add(f"{node.field}_last:[{node.first} TO *]"))
        return self.all(clauses)

    def _with_texts_in(self, languages: tuple[str, ...]) -> str:
        """Match records that may have a text in one of some languages."""
        return EVERY if len(languages) == len(LANGUAGES) else self.terms("possible_language", languages)

    def in_languages(self, languages: Iterable[str]) -> str:
        """Match records in one of some languages; one without a language counts as English."""
        return self.terms("main_language", languages)


def named(name: str) -> str:
    """Return a query that stands for the one with this name."""
    return f"{{!query v=${name}}}"


def terms_of_languages(word: str) -> dict[tuple[str, ...], list[str]]:
    """Return {languages: the terms by which texts in them hold a word}."""
    found: dict[tuple[str, ...], list[str]] = {}
    for term, languages in terms_by_language(word):
        found.setdefault(languages, []).append(text_term(term))
    return found


def _pieces(word: str) -> list[str]:
    """Return a word as the places of a text have it: Chinese by its characters, or pairs of them."""
    if languages_of(word) != ("zh",) or len(word) < 3:
        return [word]
    pairs = [term for term, _place in han_ngrams(word) if len(term) == 2]
    return [*pairs, word[-1]]


def _span(terms: Sequence[str]) -> str:
    """Return one place where one of some terms is."""
    some = "".join(f"<SpanTerm>{escape(term)}</SpanTerm>" for term in terms)
    return some if len(terms) == 1 else f"<SpanOr>{some}</SpanOr>"


def _near(spans: str, between: int, field: str = "") -> str:
    return f'<SpanNear fieldName="{field}" slop="{between}" inOrder="true">{spans}</SpanNear>'
