import pytest

from text.counting import count_words


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
