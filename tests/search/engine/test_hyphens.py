"""Words that are written with a hyphen, in one piece, or in two."""

import pytest

from search.analysis import tokenize
from search.grammar import parse
from search.live_match import LiveDocument
from tests.search.notes import Note, hits, put_texts

TEXTS = [
    "international co-operation between States",
    "international cooperation between States",
    "an anti-trafficking law",
    "an antitrafficking law",
    "an anti trafficking law",
    "peace-keeping in the land",
    "peacekeeping in the land",
    "an operation",
]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("cooperation", {1, 2}),
        ("co-operation", {1, 2}),
        ("Co\u2011operation", {1, 2}),
        ("operation", {8}),
        ('"international cooperation between"', {1, 2}),
        ('"international co-operation between"', {1, 2}),
        ("anti-trafficking", {3, 4, 5}),
        ("antitrafficking", {3, 4}),
        ("anti trafficking", {3, 5}),
        ("trafficking", {3, 5}),
        ('"anti-trafficking law"', {3, 5}),
        ('"an antitrafficking law"', {4}),
        ("peacekeeping", {6, 7}),
        ("peace-keeping", {6, 7}),
        ("peace keeping", {6}),
        ('"peace keeping in the land"', {6}),
    ],
)
def test_a_hyphen_divides_a_word_or_not(backend, line, expected):
    put_texts(backend, *TEXTS)
    assert set(hits(backend, line)) == expected
    found = {pk for pk, text in enumerate(TEXTS, 1) if LiveDocument(Note(pk, text).document).matches(parse(line))}
    assert found == expected


def test_both_halves_in_one_piece_are_at_the_place_of_the_first():
    words, places, used = tokenize("The peace-keeping and the U.S.-led anti\u2010slavery law", 10)
    assert (words[:8], used) == (["The", "peace", "keeping", "and", "the", "US", "led", "anti"], 10)
    assert list(zip(words, places, strict=True))[10:] == [("peace\u00adkeeping", 11), ("anti\u00adslavery", 17)]


def test_words_in_one_piece_are_not_suggested(backend):
    put_texts(backend, "a long-term debt")
    assert backend.completions("longt", ()) == []
    assert hits(backend, "longterm") == [1]
