"""Collect the records of a segment in memory, then sort their terms all at once.

Each word is stored as the number of its spelling, with its record and position. When the segment is written, each
spelling is analyzed once, and numpy sorts the rest.

A term that stands for several words (a stem) keeps them as its forms, so that phrases can tell them apart. A stop word
has no stem. Its term is the word itself after a mark, which only phrases look up.
"""

import dataclasses
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

import numpy as np

from search.analysis import PASSAGE_GAP, exact, exact_term, spelling, tokenize
from search.fields import TEXT_FIELDS

from .columns import distinct, joined, once, rows, sorted_together
from .reader import Array

NO_KEY = np.uint32(0xFFFFFFFF)

T = TypeVar("T")
Key: TypeAlias = tuple[bytes, bytes]  # (term, form); no form in a field of values


def _nothing() -> Array:
    return np.empty(0, "u4")


@dataclasses.dataclass
class FieldContent:
    """The occurrences in one field of a segment, sorted by term, record and place, for ArrayWriter.write_field.

    `numbers` are indexes into `terms`. `lengths` is the number of words in each record, and `record_starts` the place
    of its first word. The rest is empty for a field of values. `forms` are numbers of forms within their term.
    `all_forms` holds the forms of all terms in order, and those of a term begin at its element of `form_starts`.
    """

    terms: list[bytes]
    numbers: Array
    records: Array
    lengths: Array
    record_starts: Array
    places: Array = dataclasses.field(default_factory=_nothing)
    forms: Array = dataclasses.field(default_factory=_nothing)
    all_forms: list[bytes] = dataclasses.field(default_factory=list)
    form_starts: Array = dataclasses.field(default_factory=lambda: np.zeros(1, "u4"))


class Numbering(dict[T, int]):
    """Numbers keys in the order in which they are first used."""

    def __missing__(self, key: T) -> int:
        self[key] = len(self)
        return self[key]


class WordNumbering(dict[str, int]):
    """The numbers of words in one language. A word that was seen before costs one look-up."""

    def __init__(self, spellings: Numbering[tuple[str, str]], language: str) -> None:
        super().__init__()
        self.spellings, self.language = spellings, language

    def __missing__(self, word: str) -> int:
        self[word] = self.spellings[word, self.language]
        return self[word]


class Occurrences:
    """The occurrences in one field: number of the term or spelling, record, position."""

    def __init__(self) -> None:
        self.numbers, self.records, self.positions = array("I"), array("I"), array("I")

    def extend(self, numbers: Iterable[int], record: int, positions: Iterable[int]) -> None:
        """Add the occurrences in one record."""
        before = len(self.numbers)
        self.numbers.extend(numbers)
        self.records.extend(array("I", (record,)) * (len(self.numbers) - before))
        self.positions.extend(positions)

    def columns(self) -> tuple["array[int]", "array[int]", "array[int]"]:
        """Return numbers, records and positions as they are stored."""
        return self.numbers, self.records, self.positions

    def arrays(self) -> list[Array]:
        """Return numbers, records and positions; no positions for a field of values."""
        return [np.frombuffer(column, "u4") if len(column) else np.empty(0, "u4") for column in self.columns()]


class SegmentBuffer:
    """The fields of a segment that is being filled."""

    def __init__(self, schema: Any) -> None:
        self.schema = schema
        self.cleanup()

    def cleanup(self) -> None:
        """Drop all records; Whoosh's writer calls this too."""
        self.spellings: Numbering[tuple[str, str]] = Numbering()  # of (word, language)
        self.words: dict[str, Occurrences] = {}  # of spellings, by text field
        self.keys: Numbering[Key] = Numbering()
        self.occurrences: dict[str, Occurrences] = {}  # of keys, by field: values, and what was copied from segments
        self.lengths: dict[str, array[int]] = {}  # {field: number of words in each record}
        self.by_language: dict[str, WordNumbering] = {}

    def add(self, record: int, document: Mapping[str, Any]) -> None:
        """Add a record: {field: values, or texts as (text, language)}."""
        for field, content in document.items():
            if self.schema[field].scorable:
                self._add_texts(field, record, content)
            else:
                self._add_values(field, record, [content] if isinstance(content, str) else content)
        texts = (pair for field in TEXT_FIELDS for pair in document.get(field, ()))
        self._add_values("text_language", record, {language for text, language in texts if text})

    def _add_values(self, field: str, record: int, values: Iterable[str]) -> None:
        numbers = sorted({self.keys[value.encode(), b""] for value in values if value})
        self.occurrences.setdefault(field, Occurrences()).extend(numbers, record, ())

    def _add_texts(self, field: str, record: int, texts: Iterable[tuple[str, str]]) -> None:
        occurrences, start, length = self.words.setdefault(field, Occurrences()), 0, 0
        for text, language in texts:
            numbers = self.by_language.setdefault(language, WordNumbering(self.spellings, language))
            words, positions, used = tokenize(text, start)
            occurrences.extend(map(numbers.__getitem__, words), record, positions)
            start += used + PASSAGE_GAP
            length += used
        self.set_length(field, record, length)

    def set_length(self, field: str, record: int, length: int) -> None:
        """Set the number of words in a field of a record. Records come in order, and missing ones have no words."""
        lengths = self.lengths.setdefault(field, array("I"))
        lengths.extend([0] * (record - len(lengths)))
        lengths.append(length)

    def add_occurrences(
        self, field: str, keys: Sequence[Key], numbers: Array, records: Array, positions: Array
    ) -> None:
        """Add many occurrences at once; `numbers` are indexes into `keys`."""
        own_numbers = np.fromiter((self.keys[key] for key in keys), "u4", len(keys))
        occurrences = self.occurrences.setdefault(field, Occurrences())
        for column, values in zip(occurrences.columns(), (own_numbers[numbers], records, positions), strict=True):
            column.frombytes(values.astype("u4").tobytes())

    def size(self) -> int:
        """Return how many occurrences are held."""
        return sum(len(held.numbers) for held in (*self.words.values(), *self.occurrences.values()))

    def fields(self, count: int) -> Iterator[tuple[str, FieldContent]]:
        """Yield (name, content) of each field, for `count` records."""
        spellings = self._spelling_occurrences()
        for field in sorted({*self.words, *self.occurrences, *(["spelling"] if spellings else [])}):
            parts = [self._analyzed(field)] if field in self.words else []
            parts += [self.occurrences[field].arrays()] if field in self.occurrences else []
            if field == "spelling" and spellings:
                parts.append([*spellings, np.empty(0, "u4")])
            numbers, records, positions = joined(parts)
            yield field, self._sorted(numbers, records, positions, self._padded_lengths(field, count))

    def _analyzed(self, field: str) -> Sequence[Array]:
        """Return the occurrences of a text field with keys for spellings; a spelling with two terms occurs twice."""
        numbers, records, positions = self.words[field].arrays()
        parts = []
        for keys in self._keys_of_spellings(field):
            found = keys[numbers]
            has_term = found != NO_KEY
            parts.append(rows(has_term, found, records, positions))
        return joined(parts)

    def _keys_of_spellings(self, field: str) -> Array:
        """Return two rows: the number of the first and of the second key of each spelling; NO_KEY without one."""
        analyze = self.schema[field].analyze
        table = np.full((2, len(self.spellings)), NO_KEY, "u4")
        words = list(self.spellings)
        for number in distinct(self.words[field].arrays()[0]):
            if form := exact(words[number][0]):
                terms = analyze(*words[number]) or (exact_term(form),)
                for row, term in enumerate(terms):
                    table[row, number] = self.keys[term.encode(), form.encode()]
        return table

    def _spelling_occurrences(self) -> list[Array]:
        """Return [numbers, records] of the spellings of all words, each once a record; an empty list without any."""
        pairs = [np.empty(0, "u8")]
        table = np.full(len(self.spellings), NO_KEY, "u4")
        for number, (word, _) in enumerate(self.spellings):
            if spelled := spelling(word):
                table[number] = self.keys[spelled.encode(), b""]
        for held in self.words.values():
            numbers, records, _ = held.arrays()
            found = table[numbers]
            pair = records.astype("u8")
            pair <<= np.uint64(32)
            pair |= found
            pairs.append(once(np.sort(pair[found != NO_KEY])))
        packed = once(np.sort(np.concatenate(pairs)))
        return [packed.astype("u4"), (packed >> np.uint64(32)).astype("u4")] if len(packed) else []

    def _sorted(self, numbers: Array, records: Array, positions: Array, lengths: Array) -> FieldContent:
        """Return the occurrences of keys, sorted by term, record and place."""
        every = list(self.keys)
        used = sorted((every[number], number) for number in distinct(numbers))  # by term, then by form
        terms = sorted({term for (term, _), _ in used})
        number_of = {term: number for number, term in enumerate(terms)}
        term_of, form_of = np.zeros(len(every), "u4"), np.zeros(len(every), "u2")
        form_starts, all_forms = np.zeros(len(terms) + 1, "u4"), []
        for (term, form), number in used:
            term_number = number_of[term]
            term_of[number], form_of[number] = term_number, form_starts[term_number + 1]
            form_starts[term_number + 1] += 1
            all_forms.append(form)
        of_term = term_of[numbers]
        if not len(positions):
            of_term, records = sorted_together(of_term, records)
            return FieldContent(terms, of_term, records, lengths, np.zeros_like(lengths))
        record_starts = _record_starts(records, positions, len(lengths))
        places = record_starts[records] + positions
        of_term, places, forms = sorted_together(of_term, places, form_of[numbers])
        end = max(places.max() + 1, record_starts[-1])  # the last records may have no words
        record_at = np.repeat(np.arange(len(lengths), dtype="u4"), np.diff(record_starts, append=end))
        records = record_at[places - record_starts[0]]
        all_starts = np.cumsum(form_starts, dtype="u4")
        return FieldContent(
            terms, of_term, records, lengths, record_starts, places, forms.astype("u2"), all_forms, all_starts
        )

    def _padded_lengths(self, field: str, count: int) -> Array:
        lengths = self.lengths.get(field, array("I"))
        return np.array([*lengths, *[0] * (count - len(lengths))], "u4")


def _record_starts(records: Array, positions: Array, count: int) -> Array:
    """Return the place of the first word of each record, for words at these positions in records."""
    spans = np.zeros(count, "u4")  # positions that each record needs
    np.maximum.at(spans, records, positions + np.uint32(1))
    # There is a gap before the first record too, so that no place minus a distance is below zero.
    return (np.cumsum(spans) - spans + PASSAGE_GAP * np.arange(1, count + 1)).astype("u4")
