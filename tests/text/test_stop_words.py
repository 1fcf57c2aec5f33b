import pytest

from text.stop_words import is_stop_word


@pytest.mark.parametrize("word", ["the", "AND", "des", "las", "и"])
def test_a_stop_word_of_any_language_is_a_stop_word(word):
    assert is_stop_word(word)


@pytest.mark.parametrize("word", ["debt", "dette", "долг"])
def test_other_words_are_not(word):
    assert not is_stop_word(word)
