"""Phrases and words close together are found by their places, compared with a search one by one."""

import numpy as np
import pytest

from search.analysis import PASSAGE_GAP
from search.engine.places import (
    PhraseWord,
    SegmentField,
    _close,
    close_postings,
    phrase_postings,
    series_postings,
)
from tests.search.notes import Note, put, put_texts

WORDS = ["debt", "debts", "ship", "port", "of", "the"]


def nothing():
    """A check that never stops a search."""


def close(snapshot, words, others, distance, check):
    return close_postings(snapshot, SegmentField.of(snapshot, "text"), words, others, distance, check)


@pytest.fixture
def texts(backend, monkeypatch):
    """Return {record: words} of many records in several segments, some of them deleted."""
    monkeypatch.setattr("search.engine.writer.MAX_DELETED", 1)
    dice = np.random.default_rng(5)
    texts = [[str(word) for word in dice.choice(WORDS, dice.integers(1, 40))] for _ in range(60)]
    for start in range(0, 60, 20):
        put(backend, *(Note(pk, " ".join(texts[pk])) for pk in range(start, start + 20)))
    put(backend, gone=[3, 30])
    return {record: words for record, words in enumerate(texts) if record not in (3, 30)}


def as_dict(postings):
    return dict(zip(postings[0].tolist(), postings[1].tolist(), strict=True))


def counted(texts, count):
    """Return {record: number} of the records in which `count(words)` is not zero."""
    return {record: number for record, words in texts.items() if (number := count(words))}


@pytest.mark.parametrize("phrase", ["debt", "debts", "of the", "debts of the", "port port", "of debt", "the of the of"])
def test_phrases_are_found_in_their_spelling(backend, texts, phrase):
    wanted = phrase.split()
    words = [
        PhraseWord([term.encode() for term in (word.removesuffix("s"), f"={word}")], offset, word.encode())
        for offset, word in enumerate(wanted)
    ]
    found = as_dict(phrase_postings(backend.snapshot(), "text", words, nothing))
    assert found == counted(texts, lambda held: sum(held[at : at + len(wanted)] == wanted for at in range(len(held))))
    assert found


def test_a_phrase_with_an_unknown_word_is_nowhere(backend, texts):
    words = [PhraseWord([b"debt"], 0), PhraseWord([b"unicorn"], 1)]
    assert as_dict(phrase_postings(backend.snapshot(), "text", words, nothing)) == {}


@pytest.mark.parametrize("pair", [("ship", "port"), ("port", "ship"), ("ship", "ship"), ("ship", "unicorn")])
@pytest.mark.parametrize("distance", [1, 3])
def test_close_words_are_counted_once(backend, texts, pair, distance):
    one, other = pair
    found = as_dict(close(backend.snapshot(), [one.encode()], [other.encode()], distance, nothing))

    def count(held):
        near = (held[max(0, at - distance) : at + distance + 1] for at, word in enumerate(held) if word == one)
        return sum(other in words for words in near)

    assert found == counted(texts, count)


@pytest.mark.parametrize("sizes", [(5, 300), (300, 5), (60, 60), (0, 5), (5, 0)])
def test_few_places_beside_many_and_many_beside_few(sizes):
    dice = np.random.default_rng(1)
    places, others = (np.unique(dice.integers(PASSAGE_GAP, 1000, size)).astype("u4") for size in sizes)
    expected = [one for one in places.tolist() if any(abs(one - other) <= 3 for other in others.tolist())]
    assert _close(places, others, 3).tolist() == expected


def test_a_series_may_have_other_words_between(backend):
    put_texts(backend, "ship debt port", "ship debt debt port", "port ship")
    series = [[b"ship"], [b"port"]]
    assert as_dict(series_postings(backend.snapshot(), "text", series, 2, nothing)) == {0: 1}
    assert as_dict(series_postings(backend.snapshot(), "text", series, 3, nothing)) == {0: 1, 1: 1}


def test_no_phrase_reaches_from_one_record_into_the_next(backend):
    put_texts(backend, "ship", "port")
    words = [PhraseWord([b"ship"], 0), PhraseWord([b"port"], 1)]
    assert as_dict(phrase_postings(backend.snapshot(), "text", words, nothing)) == {}
    assert as_dict(close(backend.snapshot(), [b"ship"], [b"port"], 3, nothing)) == {}


def test_a_check_can_stop_a_phrase(backend):
    put_texts(backend, "ship port")

    def stop():
        raise ZeroDivisionError

    words = [PhraseWord([b"ship"], 0), PhraseWord([b"port"], 1)]
    with pytest.raises(ZeroDivisionError):
        phrase_postings(backend.snapshot(), "text", words, stop)
