"""Segments: how they come, are merged, and answer as one fresh index would."""

import random

import pytest

from search.engine import writer
from search.engine_api import EngineQuery
from search.grammar import parse
from tests.search.notes import INDEX, Note, ask, hits, put, put_texts

WORDS = ["debt", "ship", "port", "ledger", "sea", "wage", "rights", "human", "law", "trade"]


def answers(backend):
    """What a set of questions finds, by number of note."""
    lines = [*WORDS, "human rights", '"human rights"', "debt NOT ship", "debt OR law", "led*", "(sea OR port) wage"]
    return {line: sorted(hits(backend, line)) for line in lines}


def facets(backend):
    return ask(backend, "debt OR ship OR port").facet_counts


@pytest.mark.parametrize("seed", range(4))
def test_after_many_commits_it_answers_like_a_fresh_index(backend, seed):
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


def test_few_segments_are_left_of_many_commits(backend):
    for pk in range(60):
        put(backend, Note(pk, "debt"))
    assert len(backend.snapshot().segments) <= writer.MAX_SMALL_SEGMENTS
    assert ask(backend, "debt").total == 60


def test_what_is_deleted_leaves_the_disk_when_segments_are_merged(backend):
    put(backend, Note(1, "quagga"), Note(2, "ship"))
    put(backend, gone=[1])
    put(backend, Note(3, "port"))
    assert b"quagga" not in b"".join(file.read_bytes() for file in backend.store.active_folder().iterdir())


def test_places_and_lengths_survive_a_merge(backend, monkeypatch):
    monkeypatch.setattr(writer, "MAX_SMALL_SEGMENTS", 2)
    put_texts(backend, "human rights", "rights human")
    put(backend, Note(3, [("one", "en"), ("human rights", "en")]))
    put(backend, Note(4, "rights of a human"))
    assert sorted(hits(backend, '"human rights"')) == [1, 3]
    assert len(backend.snapshot().segments) < 3


def test_a_writer_that_fails_leaves_what_was_there_and_no_lock(backend):
    put_texts(backend, "debt")
    with pytest.raises(ZeroDivisionError):
        backend.apply([(INDEX, (1 / 0 for _ in range(1)), [])])
    assert hits(backend, "debt") == [1]
    put(backend, Note(2, "debt"))
    assert sorted(hits(backend, "debt")) == [1, 2]


def test_a_full_segment_is_followed_by_another(backend, monkeypatch):
    monkeypatch.setattr(writer, "MAX_BUFFERED", 30)
    backend.rebuild([(INDEX, [Note(pk, f"debt number{pk}") for pk in range(40)])])
    assert len(backend.snapshot().segments) > 1
    assert backend.find(EngineQuery(parse("debt"))).total == 40
