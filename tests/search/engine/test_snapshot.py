"""A snapshot: the index at one commit, across its segments."""

import gc
import weakref

import pytest

from tests.search.notes import Note, ask, put, put_texts


@pytest.fixture
def snapshot(backend, monkeypatch):
    """Return three segments with one record changed and one deleted: of records 0 to 4, 2 to 4 are alive."""
    # Segments stay as they were written; otherwise those with many deletions would be merged or dropped.
    monkeypatch.setattr("search.engine.writer.merge_small_segments", lambda writer, segments: list(segments))
    put(backend, Note(1, "debt debt", topic=["a", "b"], year="2023"), Note(2, "debt", topic=["a"]))
    put(backend, Note(3, "ship and debt ship", date="2024-05-01"))
    put(backend, Note(1, "ship", topic=["b"], year="2024"), Note(4, "a long text of the debts"), gone=[2])
    return backend.snapshot()


def test_records_are_numbered_across_segments(snapshot):
    assert (len(snapshot.segments), snapshot.bases, snapshot.count) == (3, [0, 2, 3, 5], 5)
    assert [snapshot.key(record) for record in range(5)] == [f"notes.note.{pk}" for pk in (1, 2, 3, 1, 4)]
    assert snapshot.alive.tolist() == [False, False, True, True, True]


def test_postings_are_joined_across_segments(snapshot, as_lists):
    assert as_lists(snapshot.postings("text", b"debt")) == [[2, 4], [1, 1]]
    assert as_lists(snapshot.postings("text", b"unicorn")) == [[], []]
    assert as_lists(snapshot.postings("organization", b"debt")) == [[], []]


def test_terms_with_a_prefix_are_counted_across_segments(snapshot):
    assert snapshot.terms_with_prefix("spelling", b"deb") == {b"debt": 1, b"debts": 1}
    assert snapshot.terms_with_prefix("spelling", b"x") == {}


def test_lengths_are_relative_to_the_records_that_have_the_field(snapshot):
    assert snapshot.lengths("text").tolist() == pytest.approx([0, 0, 4 / (11 / 3), 1 / (11 / 3), 6 / (11 / 3)])
    assert snapshot.lengths("file").tolist() == [0] * 5


def test_records_with_a_value(snapshot):
    assert snapshot.records_with("topic", "b").tolist() == [False, False, False, True, False]
    assert not snapshot.records_with("topic", "unicorn").any()


def test_excluded_records_are_as_if_deleted(snapshot, as_lists):
    narrower = snapshot.without(("notes.note.3", "notes.note.99"))
    assert narrower.alive.tolist() == [False, False, False, True, True]
    assert narrower.size == 2
    assert as_lists(narrower.postings("text", b"debt")) == [[4], [1]]
    assert narrower.terms_with_prefix("spelling", b"deb") == {b"debts": 1}
    assert narrower.lengths("text").tolist() == pytest.approx([0, 0, 0, 1 / 3.5, 6 / 3.5])
    assert snapshot.without(()) is snapshot
    assert snapshot.without(("notes.note.3", "notes.note.99")) is narrower


def test_records_are_ranked_by_kind_and_number_whatever_the_segment(snapshot):
    assert snapshot.ranks()[3] < snapshot.ranks()[2] < snapshot.ranks()[4]


def test_values_are_counted_for_the_records_in_a_mask(snapshot):
    assert snapshot.count_values("topic", snapshot.alive) == {"b": 1}
    assert snapshot.count_values("topic", ~snapshot.alive) == {"a": 2, "b": 1}
    assert snapshot.count_values("year", snapshot.alive) == {"2024": 1}
    assert snapshot.count_values("country", snapshot.alive) == {}


def test_a_column_has_sorted_values(snapshot, as_lists):
    records, codes, values = snapshot.column("year")
    assert (as_lists([records, codes]), values) == ([[0, 3], [0, 1]], ["2023", "2024"])


def test_a_new_snapshot_reads_only_new_segments(backend, snapshot):
    put(backend, Note(9, "debt"))
    later = backend.snapshot()
    assert later is not snapshot
    assert later.segments[:3] == snapshot.segments
    assert len(later.segments) == 4
    assert snapshot.count == 5


def test_later_writes_do_not_change_a_snapshot(backend, snapshot):
    before = snapshot.alive.tolist()
    backend.clear()
    assert snapshot.alive.tolist() == before
    assert len(snapshot.postings("text", b"ship")[0]) == 2


def test_an_old_snapshot_and_its_caches_are_freed(backend):
    put_texts(backend, "debt")
    ask(backend, "debt", sort="date")
    old = weakref.ref(backend.snapshot())
    put_texts(backend, "debt")
    ask(backend, "debt")
    gc.collect()
    assert old() is None


def test_an_empty_index_has_no_records(backend):
    snapshot = backend.snapshot()
    assert (snapshot.count, snapshot.count_values("kind", snapshot.alive)) == (0, {})
