"""Splitting text into words; folding, ignoring and counting them."""

import pytest

from text.words import count_words, fold, fold_in_place, is_stop_word, languages_of, words_of


def test_the_script_limits_the_languages_of_a_word():
    assert [languages_of(word) for word in ("долг", "دين", "人口", "debt")] == [
        ("ru",), ("ar",), ("zh",), ("en", "fr", "es")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.N. resolution 3.5 (2024)", ["U", "N", "resolution", "3", "5", "2024"]),
        ("l’esclavage, a_b", ["l", "esclavage", "a", "b"]),
        ("de\u0301tte كِتَابٌ", ["de\u0301tte", "كِتَابٌ"]),
        ("人口贩运 and 人", ["人口贩运", "and", "人"]),
        ("!?…\x00\x1b", []),
    ],
)
def test_words_of(text, words):
    assert words_of(text) == words


def test_fold_returns_lower_case_without_accents():
    assert [fold(word) for word in ("DÉTTE", "de\u0301tte", "ЁЛКА", "إلى")] == ["dette", "dette", "елка", "الي"]


@pytest.mark.parametrize("text", ["DÉTTE of İstanbul", "Straße", "ЁЛКА", "إلى الأسرة", "plain"])
def test_fold_in_place_moves_no_character(text):
    folded = fold_in_place(text)
    assert len(folded) == len(text)
    assert folded.isascii() or folded == folded.lower()


@pytest.mark.parametrize("word", ["the", "AND", "des", "las", "и"])
def test_a_stop_word_of_any_language_is_a_stop_word(word):
    assert is_stop_word(word)


@pytest.mark.parametrize("word", ["debt", "dette", "долг"])
def test_other_words_are_not_stop_words(word):
    assert not is_stop_word(word)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("  \n … — !", 0),
        ("The sea keeps no records.", 5),
        ("well-known, don't, l’eau, U.N.", 4),
        ("Article 12.3 of 2024", 4),
        ("人口贩运", 4),
        ("人口贩运 in Lagos 2024 年", 8),
        ("تهريب المهاجرين", 2),
        ("مُحَمَّدٌ كَتَبَ رِسَالَةً", 3),  # with vowel signs, which are separate characters
        ("за\u0301мок и замо\u0301к", 3),
        ("cafe\u0301 crème", 2),
        ("snake_case", 2),
        ("one\u00a0two\u3000three", 3),
    ],
)
def test_words_are_counted_in_each_language(text, number):
    assert count_words(text) == number
