"""Records as Solr gets them: texts as terms with their places, the lengths of texts, and values."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from search.analysis import LANGUAGES, PASSAGE_GAP, analyze, exact, exact_term, spelling, tokenize
from search.fields import FACET_FIELDS, NAME_FIELDS, TEXT_FIELDS
from text.words import fold

VALUE_FIELDS = (*FACET_FIELDS, "date", "published", "sort_title", "sort_organization")
EXACT = "_"  # before a word as it is spelled; no term begins with it
MAX_TERM = 200  # characters; Lucene refuses a record with a term of 32,766 bytes
MAX_KEY = 1_000  # characters of a value by which records are sorted
AFTER_ALL_DAYS = "~"  # sorts after every digit: at the end of a year or a month, it stands for the last day
SPECIAL = re.compile(r"([\\,= ])")  # characters with a meaning for SimplePreAnalyzedParser


def solr_document(key: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `RecordIndex.document` returned as the fields of the schema."""
    label, _dot, pk = key.rpartition(".")
    found: dict[str, Any] = {"id": key, "label": label, "number": int(pk)}
    spellings: set[str] = set()
    for field in (*TEXT_FIELDS, *NAME_FIELDS):
        terms, length, words = _analyzed(document.get(field) or (), by_letters=field in NAME_FIELDS)
        if length:
            found[field], found[f"{field}_length"] = terms, length
            spellings |= {spelled for word in words if (spelled := spelling(word))}
    found["spelling"] = sorted(cut(word) for word in spellings)
    for field in VALUE_FIELDS:
        if values := [value[:MAX_KEY] for value in as_list(document.get(field)) if value]:
            found[field] = values if field in FACET_FIELDS and field != "kind" else values[-1]
    if date := found.get("date"):
        found["date_last"] = date if len(date) == len("YYYY-MM-DD") else date + AFTER_ALL_DAYS
    own = as_list(document.get("language"))
    texts = {language for field in TEXT_FIELDS for text, language in document.get(field) or () if text}
    found["main_language"] = own or ["en"]
    found["possible_language"] = sorted({*own, *texts}) if own else list(LANGUAGES)
    return found


def as_list(values: Any) -> list[str]:
    """Return one value or several as a list."""
    return [values] if isinstance(values, str) else list(values or ())


def cut(term: str) -> str:
    """Return a term as the index holds it."""
    return term[:MAX_TERM]


def exact_form(word: str) -> str:
    """Return the term by which a text holds a word as it is spelled."""
    return cut(EXACT + exact(word))


def text_term(term: str) -> str:
    """Return a term of the analyzer as a text holds it. A stop word has no stem, only its spelling."""
    mark = exact_term("")
    return cut(EXACT + term.removeprefix(mark) if term.startswith(mark) else term)


def name_term(word: str) -> str:
    """Return the term by which a name holds a word."""
    return cut(fold(word))


def _analyzed(texts: Iterable[tuple[str, str]], *, by_letters: bool) -> tuple[str, int, set[str]]:
    """Return (terms as PreAnalyzedField reads them, the number of words, the different words)."""
    at: dict[int, list[str]] = {}
    start, length, different = 0, 0, set()
    for text, language in texts:
        words, places, used = tokenize(text, start)
        for word, place in zip(words, places, strict=True):
            at.setdefault(place, []).extend(_terms(word, language, by_letters=by_letters))
        different.update(words)
        start += used + PASSAGE_GAP
        length += used
    return "1 " + " ".join(_with_steps(at)), length, different


def _terms(word: str, language: str, *, by_letters: bool) -> Collection[str]:
    if not (form := exact(word)):
        return ()
    if by_letters:
        return (cut(form),)
    return dict.fromkeys([*map(cut, analyze(word, language)), exact_form(word)])


def _with_steps(at: Mapping[int, Sequence[str]]) -> Iterator[str]:
    """Yield the terms of each place, each with the number of places since the term before it, if that is not 1."""
    before = -1
    for place in sorted(at):
        for term in dict.fromkeys(at[place]):
            step = place - before
            yield SPECIAL.sub(r"\\\1", term) + ("" if step == 1 else f",i={step}")
            before = place
