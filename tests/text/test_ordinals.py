"""Ordinal numbers in texts."""

import re

import pytest

from text.ordinals import ORDINAL, english_ordinal, ordinal_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("third", 3), ("Fourth", 4), ("12th", 12), ("21st", 21), ("Troisième", 3), ("3e", 3), ("première", 1),
        ("tercer", 3), ("Cuarto", 4), ("5º", 5),
    ],
)  # fmt: skip
def test_an_ordinal_is_read(text, number):
    assert re.fullmatch(ORDINAL, text, re.I)
    assert ordinal_number(text) == number


@pytest.mark.parametrize("text", ["", None, "three", "annual", "thirdly"])
def test_other_words_are_no_ordinals(text):
    assert ordinal_number(text) is None
    assert not re.fullmatch(ORDINAL, text or "")


@pytest.mark.parametrize(
    ("number", "text"), [(1, "First"), (12, "Twelfth"), (13, "13th"), (21, "21st"), (111, "111th"), (0, "0th")]
)
def test_an_ordinal_is_written_as_in_a_title(number, text):
    assert english_ordinal(number) == text
