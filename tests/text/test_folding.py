"""Splitting text into words, and folding case and accents."""

import pytest

from text.folding import fold, fold_in_place, languages_of, words_of


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
