"""Read a segment of the index as it is stored.

Whoosh's own codec unpickles each block of 128 postings. Here a segment has four long arrays, which numpy reads in
place: `ids` (records) and `freqs` (occurrences in the record) of each posting, `places` and `forms` (which of the
term's forms it is) of each occurrence. A table says which part of them belongs to each term of each field. It is small,
is read completely, and holds the checksums of the files of the arrays.

The place of a word is its position counted through the whole field, from record to record with a gap between. So the
places of a term are sorted, and phrases are found without asking which record a place belongs to.
"""

import zipfile
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

SMALL, LARGE = "<u2", "<u4"  # types of elements; a file has the smaller one if its numbers fit
ARRAYS = ("ids", "freqs", "places", "forms")
TABLES = (
    *("terms", "ends", "starts", "counts", "place_starts", "lengths", "record_starts"),
    *("forms", "form_ends", "form_starts"),
)
HEAD = 8  # bytes of a string that are compared as one number
FEW_TERMS = 4_000  # of a field, which a dictionary in memory may hold
BLOCK = 1 << 20  # bytes of a file that are read at a time
Array: TypeAlias = NDArray[Any]
Postings: TypeAlias = tuple[Array, Array]  # (records, occurrences in each)


class CorruptIndexError(Exception):
    """A file of the index is missing, or differs from what was written."""


def checksum(path: Path) -> int:
    """Return the CRC-32 of a file. It is read, not mapped: mapped pages would count as memory of the process."""
    found = 0
    with path.open("rb", buffering=0) as file:
        while block := file.read(BLOCK):
            found = zlib.crc32(block, found)
    return found


class StringTable:
    """Byte strings, one after the other in an array of bytes. A part of them may be sorted."""

    def __init__(self, content: Array, ends: Array) -> None:
        self.blob, self.ends = content.tobytes(), ends
        self._ends = ends.data  # of which a single element is read faster

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> bytes:
        return self.blob[self._ends[number - 1] if number else 0 : self._ends[number]]

    def find(self, string: bytes, low: int, high: int) -> int | None:
        """Return the number of a string in the sorted part from `low` to `high`, or None."""
        number = bisect_left(self, string, low, high)
        return number if number < high and self[number] == string else None

    @cached_property
    def heads(self) -> memoryview:
        """The first bytes of each string as a number, by which a search among sorted strings compares few of them."""
        ends = self.ends.astype("i8")
        starts = np.append(0, ends)[:-1]
        content = np.frombuffer(self.blob + b"\0", "u1")
        heads = np.zeros(len(ends), "u8")
        for at in range(HEAD):
            byte = np.where(starts + at < ends, content[np.minimum(starts + at, len(self.blob))], 0)
            heads = (heads << np.uint64(8)) | byte.astype("u8")
        return heads.data


class TermDictionary:
    """The sorted terms of one field in a segment, with their forms."""

    def __init__(self, tables: Mapping[str, Array]) -> None:
        self.terms = StringTable(tables["terms"], tables["ends"])
        self.forms = StringTable(tables["forms"], tables["form_ends"])
        self.form_starts = tables["form_starts"]
        self.starts, self.counts = tables["starts"], tables["counts"]
        self.place_starts, self.record_starts = tables["place_starts"], tables["record_starts"]
        self.lengths = tables["lengths"].astype("f4")

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, number: int) -> bytes:
        return self.terms[number]

    @cached_property
    def _few(self) -> dict[bytes, int] | None:
        """The number of each term, if they are few: of names, titles and values."""
        return {self[number]: number for number in range(len(self))} if len(self) <= FEW_TERMS else None

    def find(self, term: bytes) -> int | None:
        """Return the number of a term, or None if the field does not have it."""
        if self._few is not None:
            return self._few.get(term)
        number = self._bisect(term)
        return number if number < len(self) and self[number] == term else None

    def with_prefix(self, prefix: bytes) -> range:
        """Return the numbers of all terms that begin with `prefix`."""
        return range(self._bisect(prefix), self._bisect(prefix + b"\xff" * HEAD))

    def _bisect(self, string: bytes) -> int:
        """Return the number of the first term that does not sort before a string."""
        heads, head = self.terms.heads, int.from_bytes(string[:HEAD].ljust(HEAD, b"\0"))
        low = bisect_left(heads, head)
        return bisect_left(self.terms, string, low, bisect_right(heads, head, low))

    def find_form(self, number: int, form: bytes) -> int | None:
        """Return the number of a form within the term `number`, or None if it does not occur."""
        first, stop = int(self.form_starts[number]), int(self.form_starts[number + 1])
        found = self.forms.find(form, first, stop)
        return None if found is None else found - first

    def has_several_forms(self, number: int) -> bool:
        """Return whether the term `number` has more than one form."""
        return bool(self.form_starts[number + 1] - self.form_starts[number] > 1)

    def count_places(self, number: int) -> int:
        """Return how often the term `number` occurs."""
        return int(self.place_starts[number + 1] - self.place_starts[number])

    def count_by_record(self, places: Array) -> Postings:
        """Return (records, number of places in each) for sorted places."""
        if len(places) > len(self.record_starts):
            counts = np.diff(np.searchsorted(places, self.record_starts), append=len(places))
            records = np.flatnonzero(counts)
            return records.astype("u4"), counts[records]
        records = np.searchsorted(self.record_starts, places, side="right") - 1
        starts = np.flatnonzero(np.append(True, records[1:] != records[:-1])[: len(records)])
        return records[starts].astype("u4"), np.diff(starts, append=len(records))

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
        if list(map(checksum, self.files[:-1])) != tables["checks"].tolist():
            raise CorruptIndexError(self.name)
        mapped = (np.load(file, mmap_mode="r") for file in self.files[:-1])
        self.arrays = {name: np.asarray(values) for name, values in zip(ARRAYS, mapped, strict=True)}
        names = tables["fields"].tobytes().decode().split()
        ends = np.cumsum(tables["sizes"], axis=0)[:-1]  # of the part of each field in each table
        parts = {name: np.split(tables[name], ends[:, at]) for at, name in enumerate(TABLES)}
        self.fields = {
            name: TermDictionary({table: parts[table][at] for table in TABLES}) for at, name in enumerate(names)
        }

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

    def places(self, field: str, number: int) -> Array:
        """Return all places of a term of a field, sorted."""
        return self.arrays["places"][self._occurrences_of(field, number)]

    def forms(self, field: str, number: int) -> Array:
        """Return the number of the form of each occurrence of a term, in the order of `places`."""
        return self.arrays["forms"][self._occurrences_of(field, number)]

    def _occurrences_of(self, field: str, number: int) -> slice:
        starts = self.fields[field].place_starts
        return slice(int(starts[number]), int(starts[number + 1]))

    def occurrences(self, field: str) -> tuple[Array, Array, Array]:
        """Return (number of the term, record, position in it) of each occurrence; values have no positions."""
        terms = self.fields[field]
        if not len(terms):
            return np.empty(0, "u4"), np.empty(0, "u4"), np.empty(0, "u4")
        part = self.postings_of(field)
        ids, freqs = self.arrays["ids"][part], self.arrays["freqs"][part]
        numbers = np.repeat(np.arange(len(terms), dtype="u4"), terms.counts)
        records = np.repeat(ids, freqs)
        places = self.arrays["places"][int(terms.place_starts[0]) : int(terms.place_starts[-1])]
        return np.repeat(numbers, freqs), records, places - terms.record_starts[records] if len(places) else places

    def postings_of(self, field: str) -> slice:
        """Return the part of `ids` and `freqs` that belongs to a field with at least one term."""
        terms = self.fields[field]
        return slice(int(terms.starts[0]), int(terms.starts[-1]) + int(terms.counts[-1]))

    def key_numbers(self, field: str, numbers: Array) -> Array:
        """Return, for the `numbers` of `occurrences(field)`, those of their keys in `TermDictionary.keys`."""
        terms = self.fields[field]
        if not len(terms.forms):
            return numbers
        forms = self.arrays["forms"][int(terms.place_starts[0]) : int(terms.place_starts[-1])]
        return terms.form_starts[numbers] + forms
