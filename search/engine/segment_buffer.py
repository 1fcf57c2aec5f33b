"""Collect the records of a segment in memory, then sort their terms all at once.

Each word is stored as the number of its spelling, with its record and position. When the segment is written, each
spelling is analyzed once, and numpy sorts the rest.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from search.analysis import PASSAGE_GAP, spelling, tokenize

from .reader import Array

T = TypeVar("T")


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
        self.terms: Numbering[bytes] = Numbering()
        self.values: dict[str, Occurrences] = {}  # of terms, by field: values, and what was copied from segments
        self.lengths: dict[str, array[int]] = {}  # {field: number of words in each record}
        self.by_language: dict[str, WordNumbering] = {}

    def add(self, record: int, document: Mapping[str, Any]) -> None:
        """Add a record: {field: values, or texts as (text, language)}."""
        for field, content in document.items():
            if self.schema[field].scorable:
                self._add_texts(field, record, content)
            else:
                self._add_values(field, record, [content] if isinstance(content, str) else content)

    def _add_values(self, field: str, record: int, values: Iterable[str]) -> None:
        numbers = sorted({self.terms[value.encode()] for value in values if value})
        self.values.setdefault(field, Occurrences()).extend(numbers, record, ())

    def _add_texts(self, field: str, record: int, texts: Iterable[tuple[str, str]]) -> None:
        occurrences, start, length = self.words.setdefault(field, Occurrences()), 0, 0
        for text, language in texts:
            numbers = self.by_language.setdefault(language, WordNumbering(self.spellings, language))
            words, positions, used = tokenize(text, start)
            occurrences.extend(map(numbers.__getitem__, words), record, array("I", positions))
            start += used + PASSAGE_GAP
            length += used
        self.set_length(field, record, length)

    def set_length(self, field: str, record: int, length: int) -> None:
        """Set the number of words in a field of a record. Records come in order, and missing ones have no words."""
        lengths = self.lengths.setdefault(field, array("I"))
        lengths.extend([0] * (record - len(lengths)))
        lengths.append(length)

    def add_occurrences(
        self, field: str, terms: Sequence[bytes], numbers: Array, records: Array, positions: Array
    ) -> None:
        """Add many occurrences of terms at once; `numbers` are indexes into `terms`."""
        own_numbers = np.fromiter((self.terms[term] for term in terms), "u4", len(terms))
        occurrences = self.values.setdefault(field, Occurrences())
        for column, values in zip(occurrences.columns(), (own_numbers[numbers], records, positions), strict=True):
            column.frombytes(values.astype("u4").tobytes())

    def size(self) -> int:
        """Return how many occurrences are held."""
        return sum(len(held.numbers) for held in (*self.words.values(), *self.values.values()))

    def fields(self, count: int) -> Iterator[tuple[str, list[bytes], Array, Array, Array, Array]]:
        """Yield (name, sorted terms, numbers, records, positions, lengths) of each field, for `count` records.

        The arrays are those that ArrayWriter.write_field takes.
        """
        spellings = self._spelling_occurrences()
        for field in sorted({*self.words, *self.values, *(["spelling"] if spellings else [])}):
            parts = [self._analyzed(field)] if field in self.words else []
            parts += [self.values[field].arrays()] if field in self.values else []
            if field == "spelling" and spellings:
                parts.append([*spellings, np.empty(0, "u4")])
            numbers, records, positions = (np.concatenate(column) for column in zip(*parts, strict=True))
            yield field, *self._sorted(numbers, records, positions), self._padded_lengths(field, count)

    def _analyzed(self, field: str) -> list[Array]:
        """Return the occurrences of a text field with terms for spellings; a spelling with two terms occurs twice."""
        numbers, records, positions = self.words[field].arrays()
        found = [np.where(numbers < len(terms), terms[numbers], -1) for terms in self._terms_of_spellings(field)]
        kept = [terms >= 0 for terms in found]
        return [
            np.concatenate([terms[keep] for terms, keep in zip(found, kept, strict=True)]).astype("u4"),
            np.concatenate([records[keep] for keep in kept]),
            np.concatenate([positions[keep] for keep in kept]),
        ]

    def _terms_of_spellings(self, field: str) -> Array:
        """Return two rows: the number of the first and of the second term of each spelling; -1 where there is none."""
        analyze = self.schema[field].analyze
        table = np.full((2, len(self.spellings)), -1, "i8")
        words = list(self.spellings)
        for number in _distinct(self.words[field].arrays()[0]):
            for row, term in enumerate(analyze(*words[number])):
                table[row, number] = self.terms[term.encode()]
        return table

    def _spelling_occurrences(self) -> list[Array]:
        """Return [numbers, records] of the spellings of all words, each once a record; an empty list without any."""
        pairs = [np.empty(0, "u8")]
        table = np.full(len(self.spellings), -1, "i8")
        for number, (word, _) in enumerate(self.spellings):
            if spelled := spelling(word):
                table[number] = self.terms[spelled.encode()]
        for held in self.words.values():
            numbers, records, _ = held.arrays()
            found = table[numbers]
            pairs.append((records[found >= 0].astype("u8") << np.uint64(32)) | found[found >= 0].astype("u8"))
        joined = np.concatenate(pairs)
        if not len(joined):
            return []
        joined.sort()  # np.unique hashes, which takes several times as long
        joined = joined[np.append(True, joined[1:] != joined[:-1])]
        return [(joined & np.uint64(0xFFFFFFFF)).astype("u4"), (joined >> np.uint64(32)).astype("u4")]

    def _sorted(self, numbers: Array, records: Array, positions: Array) -> tuple[list[bytes], Array, Array, Array]:
        """Return (terms, numbers, records, positions), sorted by term, record and position; numbers index `terms`."""
        every = list(self.terms)
        terms = sorted(every[number] for number in _distinct(numbers))
        rank = np.zeros(len(every), "u4")
        rank[[self.terms[term] for term in terms]] = np.arange(len(terms), dtype="u4")
        numbers = rank[numbers]
        order = np.lexsort((positions, records, numbers) if len(positions) else (records, numbers))
        return terms, numbers[order], records[order], positions[order] if len(positions) else positions

    def _padded_lengths(self, field: str, count: int) -> Array:
        lengths = self.lengths.get(field, array("I"))
        return np.array([*lengths, *[0] * (count - len(lengths))], "u4")


def _distinct(numbers: Array) -> list[int]:
    """Return the numbers that occur in an array, sorted."""
    return np.flatnonzero(np.bincount(numbers)).tolist()
