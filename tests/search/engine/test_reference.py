"""The engine against a slow reference implementation, on random notes, updates and deletions."""

import random

import pytest

from search import grammar
from search.engine import writer
from tests.search.notes import INDEX, Note, ask, hits, put

WORDS = ["debt", "ship", "port", "ledger", "sea", "wage", "human", "law", "trade", "rope"]  # each is its own stem
LINES = [
    *WORDS[:4], "debt ship", "debt OR ship", "debt NOT ship", "NOT debt", '"debt ship"', '"ship debt port"',
    "(sea OR wage) law", "law NOT (sea OR wage)", "po*", "le* OR la*", '"human law" OR rope', 'trade "debt debt"',
    "speaker:ship", "speaker:ship OR port", "NOT speaker:port NOT debt", '"sea wage" NOT trade',
]  # fmt: skip


def matches(tree, note):
    """Return whether a note, given as (passages, speaker), matches a tree."""
    passages, speaker = note
    match tree:
        case grammar.And():
            return all(matches(part, note) for part in tree.parts)
        case grammar.Or():
            return any(matches(part, note) for part in tree.parts)
        case grammar.Not():
            return not matches(tree.part, note)
        case grammar.Phrase():
            runs = [tuple(one[at : at + len(tree.words)]) for one in passages for at in range(len(one))]
            return tree.words in runs
        case grammar.Prefix():
            return any(word.startswith(tree.text) for one in (*passages, [speaker]) for word in one)
    return tree.text == speaker or (not tree.field and any(tree.text in one for one in passages))


def random_note(chance):
    passages = [chance.choices(WORDS, k=chance.randrange(1, 7)) for _ in range(chance.randrange(1, 3))]
    return passages, chance.choice(WORDS)


def as_note(pk, note):
    passages, speaker = note
    topics = sorted({one[0] for one in passages})
    return Note(pk, [(" ".join(one), "en") for one in passages], speaker=[(speaker, "")], topic=topics)


def check(backend, notes):
    for line in LINES:
        tree = grammar.parse(line)
        expected = {pk for pk, note in notes.items() if matches(tree, note)}
        found = ask(backend, line, stop=1000)
        assert (line, set(hits(backend, line)), found.total) == (line, expected, len(expected))
        topics = [topic for pk in expected for topic in {one[0] for one in notes[pk][0]}]
        assert found.facet_counts["topic"] == {topic: topics.count(topic) for topic in set(topics)}
        for topic in list(found.facet_counts["topic"])[:2]:
            narrowed = ask(backend, line, filters={"topic": topic}, stop=1000)
            assert narrowed.total == len(narrowed.ids) == found.facet_counts["topic"][topic]
            assert narrowed.facet_counts["topic"] == found.facet_counts["topic"]


@pytest.mark.parametrize("seed", range(3))
def test_updates_and_deletions_answer_like_the_reference(backend, seed):
    chance, notes = random.Random(seed), {}  # noqa: S311 - not for secrets
    for _ in range(35):
        pk = chance.randrange(15)
        if chance.random() < 0.3:
            notes.pop(pk, None)
            put(backend, gone=[pk])
        else:
            notes[pk] = random_note(chance)
            put(backend, as_note(pk, notes[pk]))
    check(backend, notes)
    assert len(backend.snapshot().segments) < 20


@pytest.mark.parametrize("seed", range(3))
def test_a_rebuilt_index_of_several_segments_answers_like_the_reference(backend, seed, monkeypatch):
    monkeypatch.setattr(writer, "MAX_BUFFERED", 100)
    chance = random.Random(100 + seed)  # noqa: S311 - not for secrets
    notes = {pk: random_note(chance) for pk in range(40)}
    backend.rebuild([(INDEX, [as_note(pk, note) for pk, note in notes.items()])])
    assert len(backend.snapshot().segments) > 2
    check(backend, notes)


def test_excluded_records_are_as_if_they_did_not_exist(backend):
    chance = random.Random(7)  # noqa: S311 - not for secrets
    notes = {pk: random_note(chance) for pk in range(30)}
    put(backend, *(as_note(pk, note) for pk, note in notes.items()))
    hidden = tuple(f"notes.note.{pk}" for pk in range(0, 30, 3))
    kept = [pk for pk in notes if pk % 3]
    for line in LINES:
        expected = {pk for pk in kept if matches(grammar.parse(line), notes[pk])}
        found = ask(backend, line, excluded_ids=hidden, stop=1000)
        topics = [topic for pk in expected for topic in {one[0] for one in notes[pk][0]}]
        assert (found.total, set(hits(backend, line, excluded_ids=hidden))) == (len(expected), expected)
        assert found.facet_counts["topic"] == {topic: topics.count(topic) for topic in set(topics)}
