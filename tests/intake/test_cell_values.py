from datetime import date

import pycountry
import pytest

from intake.cell_values import (
    is_ambiguous_day,
    is_day,
    is_language,
    is_month_first,
    languages,
    parse_day,
    parse_day_of_year,
)
from intake.columns import normalize
from intake.country_names import countries_called, country_name, is_country
from search.name_variants import STATES

DAY = date(2024, 3, 2)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-02", "2024-03-02 16:20", "2/3/2024 16:20:11", "02.03.24", "2-Mar-24", "2 March 2024", "March 2, 2024",
        "2 mars 2024", "2 de marzo de 2024", "2 марта 2024 г.", "٢ مارس ٢٠٢٤", "2024年3月2日", "٢٠٢٤/٠٣/٠٢",
        "2nd March 2024", "le 2 mars 2024", "Sat, 2 March 2024", "samedi 2 mars 2024", "Saturday, March 2, 2024",
        "el sábado 2 de marzo de 2024",
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
    assert is_month_first(["14/3/2024", "2024-03-14", "3/2/2024"]) is False
    assert is_month_first(["14.3.2024", "2024-03-14", "3/2/2024", ""]) is None


@pytest.mark.parametrize(("text", "can_be_two"), [("3/4/2026", True), ("03-04-26", True), ("3.4.2026", False),
    ("4/4/2026", False), ("3/14/2026", False), ("2026/03/04", False), ("3 April 2026", False)])  # fmt: skip
def test_a_day_that_can_be_of_two_months_is_known(text, can_be_two):
    assert is_ambiguous_day(text) is can_be_two


@pytest.mark.parametrize("text", ["7 May", "May 7", "le 7 mai", "7 de mayo", "7/5", "Thu, 7 May"])
def test_a_day_without_a_year_is_of_the_year_that_is_given(text):
    assert parse_day_of_year(text, 2026) == date(2026, 5, 7)
    assert parse_day(text) is None


@pytest.mark.parametrize("name", ["Austria", "Autriche", "austria", "النمسا", "Австрия", "奥地利", "AT"])
def test_countries_are_known_in_six_languages(name):
    assert countries_called(name) == {"AT"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Iran (Islamic Republic of)", "IR"), ("Islamic Republic of Iran", "IR"), ("Côte d'Ivoire", "CI"),
        ("Cote dIvoire", "CI"), ("Netherlands (Kingdom of the)", "NL"), ("The Gambia", "GM"), ("Gambia", "GM"),
        ("Congo (Democratic Republic of the)", "CD"), ("Rép. dém. du Congo", "CD"), ("Republic of the Congo", "CG"),
        ("United Kingdom of Great Britain and Northern Ireland", "GB"), ("U.K.", "GB"), ("GBR", "GB"), ("KOR", "KR"),
        ("Republic of Korea", "KR"), ("DPRK", "KP"), ("Burma", "MM"), ("State of Palestine", "PS"), ("Holy See", "VA"),
        ("République islamique d’Iran", "IR"), ("República Bolivariana de Venezuela", "VE"), ("Dominica", "DM"),
        ("Dominican Republic", "DO"), ("Guinea", "GN"), ("Guinea-Bissau", "GW"), ("St. Lucia", "LC"),
        ("Bosnia & Herzegovina", "BA"), ("Федеративная Республика Германия", "DE"), ("中华人民共和国", "CN"),
        ("جمهورية مصر العربية", "EG"), ("Hong Kong", "HK"), ("South Korea", "KR"), ("Ireland", "IE"),
    ],
)  # fmt: skip
def test_countries_have_the_names_that_states_and_the_united_nations_use(name, code):
    assert countries_called(name) == {code}


def test_each_state_is_known_by_its_names_and_codes():
    known = [pycountry.countries.get(alpha_2=code) for code in STATES]
    for country in known:
        names = {country.name, getattr(country, "official_name", country.name), country.alpha_2, country.alpha_3}
        for name in names - {"Congo"}:
            assert countries_called(name) == {country.alpha_2}, name


@pytest.mark.parametrize("name", ["Congo", "Конго", "Korea", "Corée"])
def test_a_name_of_two_countries_is_not_guessed(name):
    assert len(countries_called(name)) == 2


@pytest.mark.parametrize("name", ["", "the", "Republic", "Atlantis", "EU", "x", "of the"])
def test_other_words_are_no_country(name):
    assert countries_called(name) == set()


def test_a_country_has_its_name_in_the_language_of_the_page():
    assert country_name("CD", "fr") == "Congo-Kinshasa"
    assert country_name("AT", "zh-hans") == "奥地利"


@pytest.mark.parametrize("name", ["French", "français", "Francés", "الفرنسية", "французский", "法语", "fr", "fra"])
def test_languages_are_known_in_six_languages(name):
    assert languages()[normalize(name)] == "fr"


def test_a_code_alone_is_a_language_and_no_country():
    assert is_language("es")
    assert not is_country("es")
    assert is_country("España")
