"""Segments are written and merged, and answer as a rebuilt index would."""

import random

import pytest

from search.engine import writer
from search.engine_api import EngineQuery
from search.grammar import parse
from tests.search.notes import INDEX, Note, ask, hits, put, put_texts

WORDS = ["debt", "ship", "port", "ledger", "sea", "wage", "rights", "human", "law", "trade"]


def answers(backend):
    """Return {query: the notes that it finds}."""
    lines = [*WORDS, "human rights", '"human rights"', "debt NOT ship", "debt OR law", "led*", "(sea OR port) wage"]
    return {line: sorted(hits(backend, line)) for line in lines}


def facets(backend):
    return ask(backend, "debt OR ship OR port").facet_counts


@pytest.mark.parametrize("seed", range(4))
def test_many_commits_answer_like_a_rebuilt_index(backend, seed):
    chance, notes = random.Random(seed), {}  # noqa: S311 - not for secrets
    for _ in range(40):
        pk = chance.randrange(25)
        if chance.random() < 0.25:
            notes.pop(pk, None)
            put(backend, gone=[pk])
            continue
        text = " ".join(chance.choices(WORDS, k=chance.randrange(1, 12)))
        notes[pk] = Note(pk, text, title=chance.choice(WORDS), topic=chance.sample("abc", 2), year="2024")
        put(backend, notes[pk])
    grown, grown_facets = answers(backend), facets(backend)
    backend.rebuild([(INDEX, list(notes.values()))])
    assert answers(backend) == grown
    assert facets(backend) == grown_facets


def test_many_commits_are_merged_into_few_segments(backend):
    for pk in range(60):
        put(backend, Note(pk, "debt"))
    assert len(backend.snapshot().segments) <= writer.MAX_SMALL_SEGMENTS
    assert ask(backend, "debt").total == 60


def test_a_merge_removes_deleted_records_from_the_disk(backend):
    put(backend, Note(1, "quagga"), Note(2, "ship"))
    put(backend, gone=[1])
    put(backend, Note(3, "port"))
    assert b"quagga" not in b"".join(file.read_bytes() for file in backend.store.active_folder().iterdir())


def test_a_segment_that_lost_all_its_records_is_dropped_unread(backend, monkeypatch):
    put(backend, Note(1, "quagga"))
    put(backend, Note(2, "ship"))
    monkeypatch.setattr(writer.Writer, "copy_segment", lambda self, segment: pytest.fail("A segment was read."))
    put(backend, gone=[1])
    assert [segment.count for segment in backend.snapshot().segments] == [1]
    put(backend, gone=[2])
    assert (backend.snapshot().segments, ask(backend, "ship").total) == ([], 0)
    assert not list(backend.store.active_folder().glob("*.npy"))
    put(backend, Note(3, "port"))
    assert hits(backend, "port") == [3]


def test_a_merge_keeps_positions_and_lengths(backend, monkeypatch):
    monkeypatch.setattr(writer, "MAX_SMALL_SEGMENTS", 2)
    put_texts(backend, "human rights", "rights human")
    put(backend, Note(3, [("one", "en"), ("human rights", "en")]))
    put(backend, Note(4, "rights of a human"))
    assert sorted(hits(backend, '"human rights"')) == [1, 3]
    assert len(backend.snapshot().segments) < 3


def test_a_failed_writer_leaves_the_index_unchanged_and_unlocked(backend):
    put_texts(backend, "debt")
    with pytest.raises(ZeroDivisionError):
        backend.apply([(INDEX, (1 / 0 for _ in range(1)), [])])
    assert hits(backend, "debt") == [1]
    put(backend, Note(2, "debt"))
    assert sorted(hits(backend, "debt")) == [1, 2]


def test_a_full_segment_is_committed_and_another_one_started(backend, monkeypatch):
    monkeypatch.setattr(writer, "MAX_BUFFERED", 30)
    backend.rebuild([(INDEX, [Note(pk, f"debt number{pk}") for pk in range(40)])])
    assert len(backend.snapshot().segments) > 1
    assert backend.find(EngineQuery(parse("debt"))).total == 40
