"""Read a segment of the index as it is stored.

Whoosh's own codec unpickles each block of 128 postings. Here a segment has four long arrays, which numpy reads in
place: `ids` (records) and `freqs` (occurrences in the record) of each posting, `positions` and `forms` (which of the
term's forms it is) of each occurrence. A table says which part of them belongs to each term of each field. It is small,
is read completely, and holds the checksums of the arrays.
"""

import zipfile
import zlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

ARRAYS = {"ids": "<u4", "freqs": "<u4", "positions": "<u4", "forms": "<u2"}  # {name: type of its elements}
TABLES = (
    *("terms", "ends", "starts", "counts", "position_starts", "lengths"),
    *("forms", "form_ends", "form_starts"),
)
Array: TypeAlias = NDArray[Any]
Postings: TypeAlias = tuple[Array, Array]  # (records, occurrences in each)


class CorruptIndexError(Exception):
    """A file of the index is missing, or differs from what was written."""


def checksum(values: Array) -> int:
    """Return the CRC-32 of an array's bytes; 0 for an empty one."""
    return zlib.crc32(values.data.cast("B")) if len(values) else 0


class StringTable:
    """Byte strings, one after the other in an array of bytes. A part of them may be sorted."""

    def __init__(self, content: Array, ends: Array) -> None:
        self.blob, self.ends = content.tobytes(), ends

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> bytes:
        return self.blob[self.ends[number - 1] if number else 0 : self.ends[number]]

    def bisect(self, string: bytes, low: int, high: int) -> int:
        """Return the number of the first string from `low` to `high` that does not sort before `string`."""
        while low < high:
            middle = (low + high) // 2
            if self[middle] < string:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, string: bytes, low: int, high: int) -> int | None:
        """Return the number of a string in the sorted part from `low` to `high`, or None."""
        number = self.bisect(string, low, high)
        return number if number < high and self[number] == string else None


class TermDictionary:
    """The sorted terms of one field in a segment, with their forms."""

    def __init__(self, tables: Mapping[str, Array]) -> None:
        self.terms = StringTable(tables["terms"], tables["ends"])
        self.forms = StringTable(tables["forms"], tables["form_ends"])
        self.form_starts = tables["form_starts"]
        self.starts, self.counts = tables["starts"], tables["counts"]
        self.position_starts = tables["position_starts"]
        self.lengths = tables["lengths"].astype("f4")

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, number: int) -> bytes:
        return self.terms[number]

    def find(self, term: bytes) -> int | None:
        """Return the number of a term, or None if the field does not have it."""
        return self.terms.find(term, 0, len(self))

    def with_prefix(self, prefix: bytes) -> range:
        """Return the numbers of all terms that begin with `prefix`."""
        first = self.terms.bisect(prefix, 0, len(self))
        return range(first, self.terms.bisect(prefix + b"\xff\xff\xff\xff", first, len(self)))

    def find_form(self, number: int, form: bytes) -> int | None:
        """Return the number of a form within the term `number`, or None if it does not occur."""
        first, stop = int(self.form_starts[number]), int(self.form_starts[number + 1])
        found = self.forms.find(form, first, stop)
        return None if found is None else found - first

    def keys(self) -> list[tuple[bytes, bytes]]:
        """Return (term, form) for each form of each term in order, or (term, b"") in a field of values."""
        if not len(self.forms):
            return [(self[number], b"") for number in range(len(self))]
        owners = np.repeat(np.arange(len(self)), np.diff(self.form_starts))
        return [(self[owner], self.forms[form]) for form, owner in enumerate(owners.tolist())]


class SegmentReader:
    """A segment, which never changes. The table of contents says which of its records are deleted.

    Raise CorruptIndexError if a file is missing or differs from what was written.
    """

    def __init__(self, folder: str | Path, segment: Any) -> None:
        self.name, self.count = segment.segment_id(), segment.doc_count_all()
        stem = Path(folder) / self.name
        self.files = [Path(f"{stem}.{name}.npy") for name in ARRAYS] + [Path(f"{stem}.trm")]
        try:
            self._open()
        except FileNotFoundError as error:
            raise CorruptIndexError(self.name) from error
        except (OSError, MemoryError):
            raise  # these say nothing about the content
        except Exception as error:  # numpy and zipfile raise many types on files that are not as they were written
            raise CorruptIndexError(self.name) from error
        self.opened_state = self.file_state()

    def _open(self) -> None:
        with zipfile.ZipFile(self.files[-1]) as checked:
            if checked.testzip() is not None:  # before numpy allocates what a damaged header asks for
                raise CorruptIndexError(self.name)
        with np.load(self.files[-1]) as archive:
            tables = {name: archive[name] for name in archive.files}
        self.arrays = {name: np.load(file, mmap_mode="r") for name, file in zip(ARRAYS, self.files, strict=False)}
        as_written = all(self.arrays[name].dtype == dtype for name, dtype in ARRAYS.items())
        if not as_written or [checksum(values) for values in self.arrays.values()] != tables.pop("checks").tolist():
            raise CorruptIndexError(self.name)
        fields = {name.split(".")[0] for name in tables}
        self.fields = {name: TermDictionary({table: tables[f"{name}.{table}"] for table in TABLES}) for name in fields}

    @cached_property
    def keys(self) -> list[str]:
        """The id of each record."""
        keys = [""] * self.count
        terms, records, _ = self.occurrences("id")
        for term, record in zip(terms.tolist(), records.tolist(), strict=True):
            keys[record] = self.fields["id"][term].decode()
        return keys

    def file_state(self) -> list[tuple[int, int]]:
        """Return the size and modification time of each file, to detect changes without reading the files."""
        return [(found.st_size, found.st_mtime_ns) for found in (file.stat() for file in self.files)]

    def postings(self, field: str, number: int) -> Postings:
        """Return the postings of a term of a field."""
        terms = self.fields[field]
        part = slice(int(terms.starts[number]), int(terms.starts[number]) + int(terms.counts[number]))
        return self.arrays["ids"][part], self.arrays["freqs"][part]

    def positions(self, field: str, number: int) -> Array:
        """Return all positions of a term of a field, record after record."""
        return self.arrays["positions"][self._occurrences_of(field, number)]

    def forms(self, field: str, number: int) -> Array:
        """Return the number of the form of each occurrence of a term, in the order of `positions`."""
        return self.arrays["forms"][self._occurrences_of(field, number)]

    def _occurrences_of(self, field: str, number: int) -> slice:
        starts = self.fields[field].position_starts
        return slice(int(starts[number]), int(starts[number + 1]))

    def occurrences(self, field: str) -> tuple[Array, Array, Array]:
        """Return (number of the term, record, position) of each occurrence in a field; positions may be empty."""
        terms = self.fields[field]
        if not len(terms):
            return np.empty(0, "u4"), np.empty(0, "u4"), np.empty(0, "u4")
        part = self.postings_of(field)
        ids, freqs = self.arrays["ids"][part], self.arrays["freqs"][part]
        numbers = np.repeat(np.arange(len(terms), dtype="u4"), terms.counts)
        positions = self.arrays["positions"][int(terms.position_starts[0]) : int(terms.position_starts[-1])]
        return np.repeat(numbers, freqs), np.repeat(ids, freqs), positions

    def postings_of(self, field: str) -> slice:
        """Return the part of `ids` and `freqs` that belongs to a field with at least one term."""
        terms = self.fields[field]
        return slice(int(terms.starts[0]), int(terms.starts[-1]) + int(terms.counts[-1]))

    def key_numbers(self, field: str, numbers: Array) -> Array:
        """Return, for the `numbers` of `occurrences(field)`, those of their keys in `TermDictionary.keys`."""
        terms = self.fields[field]
        if not len(terms.forms):
            return numbers
        forms = self.arrays["forms"][int(terms.position_starts[0]) : int(terms.position_starts[-1])]
        return terms.form_starts[numbers] + forms
