from datetime import date

import pytest

from intake.cell_values import countries, is_country, is_day, is_language, is_month_first, languages, parse_day
from intake.columns import normalize

DAY = date(2024, 3, 2)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-02", "2024-03-02 16:20", "2/3/2024 16:20:11", "02.03.24", "2-Mar-24", "2 March 2024", "March 2, 2024",
        "2 mars 2024", "2 de marzo de 2024", "2 марта 2024 г.", "٢ مارس ٢٠٢٤", "2024年3月2日", "٢٠٢٤/٠٣/٠٢",
        "2nd March 2024",
    ],
)  # fmt: skip
def test_days_are_understood_in_six_languages(text):
    assert parse_day(text) == DAY
    assert is_day(text)


@pytest.mark.parametrize("text", ["", "soon", "2024-13-40", "31/31/2024", "12", "March", "2 Smarch 2024"])
def test_other_words_are_no_days(text):
    assert parse_day(text) is None


def test_the_order_of_month_and_day_is_told_by_a_column():
    assert parse_day("3/2/2024", month_first=True) == DAY
    assert is_month_first(["3/2/2024", "3/14/2024"])
    assert not is_month_first(["14/3/2024", "2024-03-14", "3/2/2024"])


@pytest.mark.parametrize("name", ["Austria", "Autriche", "austria", "النمسا", "Австрия", "奥地利", "AT"])
def test_countries_are_known_in_six_languages(name):
    assert countries()[normalize(name)] == "AT"


def test_two_countries_called_congo_are_not_guessed():
    assert "congo" not in countries()


@pytest.mark.parametrize("name", ["French", "français", "Francés", "الفرنسية", "французский", "法语", "fr", "fra"])
def test_languages_are_known_in_six_languages(name):
    assert languages()[normalize(name)] == "fr"


def test_a_code_alone_is_a_language_and_no_country():
    assert is_language("es")
    assert not is_country("es")
    assert is_country("España")
