"""Keys by which titles and names are sorted."""

import pytest

from text.sorting import MAX_KEY, sort_key


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ["A debt", "debt bondage", "Debts", "The “Ledger”", "Zebra"]),
        ("en", ["Dialogue 2", "Dialogue 9", "Dialogue 10"]),
        ("fr", ["L’eau", "École", "Les élus", "Été", "Zone"]),
        ("es", ["El año", "Ávila", "La costa"]),
        ("ru", ["Ёлка", "Жизнь", "«Яма»"]),
        ("ar", ["أسرة", "الدين", "عمل"]),
    ],
)
def test_titles_are_in_the_order_of_their_letters(language, titles):
    keys = [sort_key(title, language) for title in titles]
    assert keys == sorted(set(keys))


def test_scripts_follow_each_other():
    titles = ["2024", "Zebra", "Яма", "دين", "人口"]
    keys = [sort_key(title, "en") for title in titles]
    assert keys == sorted(set(keys))


def test_an_article_counts_in_other_languages_and_alone():
    assert sort_key("La Strada", "en") == "la strada"
    assert sort_key("La Strada", "es") == "strada"
    assert sort_key("The", "en") == "the"
    assert sort_key("ال", "ar") == "ال"


@pytest.mark.parametrize("text", ["", " ", "…—!", "\x00"])
def test_a_text_without_letters_and_digits_has_no_key(text):
    assert sort_key(text, "en") == ""


def test_keys_are_short():
    assert len(sort_key("ab " * 500, "en")) <= MAX_KEY
    assert len(sort_key("9" * 5000, "en")) <= MAX_KEY
