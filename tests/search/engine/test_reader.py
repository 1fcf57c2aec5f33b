"""Segments on disk: what is written can be read, and damage is noticed."""

import random

import numpy as np
import pytest

from search.analysis import PASSAGE_GAP
from search.engine.reader import ARRAYS, BLOCK, CorruptIndexError, SegmentReader, TermDictionary, checksum
from tests.search.notes import Note, put, put_texts

FILES = [*(f"{name}.npy" for name in ARRAYS), "trm"]


def dictionary(*terms):
    numbers = np.zeros(len(terms), "u8")
    ends = np.cumsum([len(term) for term in terms], dtype="u4")
    tables = {"terms": np.frombuffer(b"".join(terms), "u1"), "ends": ends, "lengths": np.zeros(1, "u4")}
    tables["record_starts"] = np.zeros(1, "u4")
    forms = {"forms": np.empty(0, "u1"), "form_ends": np.empty(0, "u4"), "form_starts": np.zeros(1, "u4")}
    return TermDictionary(tables | forms | dict.fromkeys(("starts", "counts", "place_starts"), numbers))


def test_a_term_dictionary_finds_its_terms_and_no_others():
    terms = [b"a", b"ab", b"abc", b"b", "é".encode(), "人权".encode()]
    held = dictionary(*terms)
    assert [held[at] for at in range(len(held))] == terms
    assert [held.find(term) for term in terms] == list(range(6))
    assert [held.find(term) for term in (b"", b"aa", b"abcd", b"c", "人".encode(), b"\xff")] == [None] * 6


@pytest.mark.parametrize(
    ("prefix", "expected"), [(b"", 6), (b"a", 3), (b"ab", 2), (b"b", 1), ("人".encode(), 1), (b"c", 0), (b"\xff", 0)]
)
def test_a_term_dictionary_finds_terms_by_prefix(prefix, expected):
    terms = [b"a", b"ab", b"abc", b"b", "é".encode(), "人权".encode()]
    held = dictionary(*terms)
    found = [held[at] for at in held.with_prefix(prefix)]
    assert found == [term for term in terms if term.startswith(prefix)]
    assert len(found) == expected


def test_an_empty_term_dictionary():
    held = dictionary()
    assert (len(held), held.find(b"a"), len(held.with_prefix(b""))) == (0, None, 0)


def test_a_segment_reads_what_was_written(backend, segments, as_lists):
    put_texts(backend, "debt of debts", "ship", "ship and debt")
    (held,) = segments(backend)
    text = held.fields["text"]
    assert [text[at] for at in range(len(text))] == [b"=and", b"=of", b"debt", b"ship"]
    assert as_lists(held.postings("text", 2)) == [[0, 2], [2, 1]]
    assert as_lists(held.postings("text", 3)) == [[1, 2], [1, 1]]
    # Three words, one and three, each after a gap.
    first, second, third = text.record_starts.tolist()
    assert (first, second - first, third - second) == (PASSAGE_GAP, 3 + PASSAGE_GAP, 1 + PASSAGE_GAP)
    assert as_lists([held.places("text", 2), held.places("text", 3)]) == [
        [first, first + 2, third + 2],
        [second, third],
    ]
    assert as_lists(held.occurrences("text")) == [[0, 1, 2, 2, 2, 3, 3], [2, 0, 0, 0, 2, 1, 2], [1, 1, 0, 2, 2, 0, 0]]
    assert text.lengths.tolist() == [3, 1, 3]


def test_the_forms_of_a_term_are_told_apart(backend, segments, as_lists):
    put_texts(backend, "debt of debts", "ship", "ship and debt")
    (held,) = segments(backend)
    text = held.fields["text"]
    assert text.keys() == [
        (b"=and", b"and"),
        (b"=of", b"of"),
        (b"debt", b"debt"),
        (b"debt", b"debts"),
        (b"ship", b"ship"),
    ]
    assert [text.find_form(2, form) for form in (b"debt", b"debts", b"ship", b"")] == [0, 1, None, None]
    assert as_lists([held.forms("text", 2), held.forms("text", 3)]) == [[0, 1, 0], [0, 0]]
    numbers, _, _ = held.occurrences("text")
    assert held.key_numbers("text", numbers).tolist() == [0, 1, 2, 3, 2, 4, 4]
    assert held.fields["kind"].keys() == [(b"note", b"")]


def test_values_have_no_positions(backend, segments, as_lists):
    put(backend, Note(1, topic=["b", "a", "b"]), Note(2, topic="a"))
    (held,) = segments(backend)
    assert as_lists(held.occurrences("topic")) == [[0, 0, 1], [0, 1, 0], []]


def test_an_empty_field_has_no_occurrences(backend, segments, as_lists):
    put_texts(backend, "")
    (held,) = segments(backend)
    assert as_lists(held.occurrences("text")) == [[], [], []]


def test_terms_with_the_same_first_letters_are_found():
    terms = [b"internation", b"international", b"internationalis", b"internationalist", b"z"]
    held = dictionary(*terms)
    assert [held.find(term) for term in terms] == list(range(5))
    assert [held.find(term) for term in (b"internat", b"internationa", b"internationals", b"zz")] == [None] * 4
    assert held.with_prefix(b"international") == range(1, 4)
    assert held.with_prefix(b"internationalisT") == range(3, 3)


@pytest.mark.parametrize("copies", [1, 30])
def test_places_are_counted_by_record(backend, segments, as_lists, copies):
    put_texts(backend, *["debt " * copies, "ship", "ship debt", *["port"] * 20])
    (held,) = segments(backend)
    text = held.fields["text"]
    number = text.find(b"debt")
    assert as_lists(text.count_by_record(held.places("text", number))) == [[0, 2], [copies, 1]]
    assert as_lists(text.count_by_record(np.empty(0, "u4"))) == [[], []]


def test_numbers_are_stored_in_two_bytes_if_they_fit(backend, segments):
    put_texts(backend, "debt ship")
    put(backend, Note(2, "debt " * 70_000))
    small, large = segments(backend)
    assert [small.arrays[name].dtype.itemsize for name in ARRAYS] == [2, 2, 4, 2]
    assert [large.arrays[name].dtype.itemsize for name in ARRAYS] == [2, 4, 4, 2]
    assert large.postings("text", 0)[1].tolist() == [70_000]


def test_the_checksum_of_a_file_changes_with_it(tmp_path):
    path = tmp_path / "numbers"
    path.write_bytes(b"")
    assert checksum(path) == 0
    path.write_bytes(bytes(BLOCK + 1))
    before = checksum(path)
    path.write_bytes(bytes(BLOCK) + b"1")
    assert checksum(path) != before


@pytest.fixture
def written(backend):
    """Return (folder, segment of Whoosh, contents) of a segment with fields of all kinds."""
    put_texts(backend, "debt of debt", "ship", "ship and debt", topic=["a", "b"])
    index = backend.store.index()
    (segment,) = index._segments()
    return backend.store.active_folder(), segment, contents(SegmentReader(index.storage.folder, segment))


def contents(held):
    return {
        name: ([directory[at] for at in range(len(directory))], *(part.tolist() for part in held.occurrences(name)))
        for name, directory in sorted(held.fields.items())
    }


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", ["deleted", "emptied", "shortened", "lengthened inside"])
def test_a_damaged_file_is_not_read(written, file, damage):
    folder, segment, _ = written
    path = folder / f"{segment.segment_id()}.{file}"
    raw = path.read_bytes()
    path.unlink()
    if damage != "deleted":
        path.write_bytes({"emptied": b"", "shortened": raw[:-1]}.get(damage, raw[:130] + b"\xff" * 8 + raw[130:]))
    with pytest.raises(CorruptIndexError):
        SegmentReader(folder, segment)


@pytest.mark.parametrize("file", FILES)
def test_a_flipped_bit_is_noticed_or_does_not_matter(written, file):
    folder, segment, expected = written
    path = folder / f"{segment.segment_id()}.{file}"
    raw, noticed = path.read_bytes(), 0
    for bit in random.Random(1).sample(range(len(raw) * 8), 120):  # noqa: S311 - not for secrets
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        try:
            assert contents(SegmentReader(folder, segment)) == expected
        except CorruptIndexError:
            noticed += 1
    assert noticed > 60
    path.write_bytes(raw)
    assert contents(SegmentReader(folder, segment)) == expected


@pytest.mark.parametrize("name", ARRAYS)
def test_another_byte_order_is_noticed(written, name):
    folder, segment, _ = written
    path = folder / f"{segment.segment_id()}.{name}.npy"
    path.write_bytes(path.read_bytes().replace(b"'<u", b"'>u"))
    with pytest.raises(CorruptIndexError, match=segment.segment_id()):
        SegmentReader(folder, segment)


def test_the_file_state_changes_with_a_file(written):
    folder, segment, _ = written
    held = SegmentReader(folder, segment)
    assert held.file_state() == held.opened_state
    path = folder / f"{segment.segment_id()}.trm"
    path.write_bytes(path.read_bytes() + b"\0")
    assert held.file_state() != held.opened_state


@pytest.mark.parametrize("error", [OSError(24, "Too many open files"), MemoryError()])
def test_a_failure_of_the_system_is_no_damage(written, error, monkeypatch):
    folder, segment, _ = written

    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(np, "load", fail)
    with pytest.raises(type(error)):
        SegmentReader(folder, segment)
