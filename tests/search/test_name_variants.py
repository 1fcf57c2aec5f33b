"""Names that a search knows: of countries in six languages, and of people and places with several spellings."""

import pytest
from django.utils.translation import override

from search import grammar, vocabulary
from search.completions import complete
from search.grammar import Phrase, Word, positive_leaves
from search.name_variants import STATES, known_names
from search.params import SearchParams
from search.query import find
from search.terms import term_key
from tests import build

pytestmark = pytest.mark.django_db


def widened(text):
    return vocabulary.current().widen(grammar.parse(text), text)


def others(text):
    found = widened(text)
    return {str(term) for term in found.terms} if found else set()


NORWAY = {"Norway", "Norvège", "Noruega", "النرويج", "Норвегия", "挪威"}


@pytest.mark.parametrize("name", [*sorted(NORWAY), "norway", "NORVEGE", "noruega", "Норвегии", "Норвегией", "挪威捕鲸"])
def test_a_country_is_known_by_its_name_in_each_language(name):
    assert len(NORWAY & others(name)) == 5


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Russia", "Russian Federation"), ("Российская Федерация", "Russia"), ("Turkey", "Türkiye"),
        ("Türkiye", "Turquie"), ("Vietnam", "Viet Nam"), ("Viet Nam", "Vietnam"), ("Côte d'Ivoire", "Ivory Coast"),
        ("cote d’ivoire", "科特迪瓦"), ("فلسطين", "Palestine"), ("Burma", "Myanmar"), ("Niger", "尼日尔"),
        ("Congo", "Конго"), ("刚果民主共和国", "Democratic Republic of the Congo"), ("usa", "United States"),
        ("USA troops", "United States"), ("Republic of Korea", "South Korea"), ("St. Lucia", "Saint Lucia"),
        ("Holy See", "Vatican"), ("chad", "Tchad"), ("Того", "多哥"), ("Nigeria", "尼日利亚"),
        ("Guinée-Bissau", "Guinea-Bissau"),
    ],
)  # fmt: skip
def test_the_forms_of_the_united_nations_are_known(text, other):
    assert other in others(text)


@pytest.mark.parametrize(
    "text",
    ["кроме того", "самое", "eau potable", "usa troops", "Salvador Allende", "Maurice Bishop", "دعم مالي", "sued",
     "malt", "cube", "grenade attack", '"Norway"', "speaker:Jordan", "Nor", "New York"],
)  # fmt: skip
def test_words_that_only_look_like_a_name_are_none(text):
    assert widened(text) is None


@pytest.mark.parametrize(
    ("one", "country"), [("Niger", "Nigeria"), ("Guinea", "Papua New Guinea"), ("South Sudan", "Sudan")]
)
def test_countries_with_similar_names_are_not_mixed_up(one, country):
    assert not {term_key(name) for name in others(one)} & {term_key(name) for name in others(country)}


def test_names_are_searched_for_in_other_forms_too():
    leaves = positive_leaves(widened("Russia").tree)
    assert Word("Rusia") in leaves
    assert Phrase(("Russian", "Federation"), in_any_form=True) in leaves


def test_every_state_has_a_name_in_each_script():
    countries = dict(zip(STATES, known_names()[1:], strict=False))
    scripts = {code: {name.language for name in country.names} for code, country in countries.items()}
    assert len(scripts) == 195
    assert [code for code, languages in scripts.items() if not languages >= {"en", "ar", "ru", "zh"}] == ["ML", "TG"]
    assert "مالي" not in countries["ML"].names  # financial
    assert "Того" not in countries["TG"].names  # of that


def test_no_name_belongs_to_two_but_congo():
    keys = [key for name in known_names() for key in {*name.keys, *(key for key, _ in name.unclear)}]
    assert {key for key in keys if keys.count(key) > 1} == {("congo",)}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Gaddafi", "Qadhafi"), ("Каддафи", "Gaddafi"), ("Kiev", "Kyiv"), ("Киева", "Kyiv"), ("al qaeda", "Al-Qaida"),
        ("Mohammed", "Muhammad"), ("Mao Tse-tung", "Mao Zedong"), ("Peking duck", "Beijing"),
    ],
)  # fmt: skip
def test_spellings_of_a_name_lead_to_the_others(text, other):
    assert other in others(text)


def test_a_concept_of_the_vocabulary_comes_before_a_known_name():
    build.concept("Norway", "land of the fjords")
    assert others("Norway") == {"land of the fjords"}
    assert "land of the fjords" not in others("Noruega")


def test_known_names_are_not_suggested():
    build.concept("Norwegian debts")
    with override("en"):
        assert [one for one in complete("norw") if one.startswith("Norw")] == ["Norwegian debts"]


def test_records_with_another_name_come_after_those_with_the_own_one():
    at = build.appearance(build.dialogue())
    build.quote(at, text="Norway, Norway, Norway!")
    build.quote(at, text="Ships, whales and many other things of Noruega.")
    results = find(SearchParams("Noruega"))
    assert [hit.has_other_term for hit in results.hits] == [False, True]
    assert find(SearchParams("Noruega", is_literal=True)).total == 1


def test_the_page_names_the_first_other_names(client):
    build.quote(build.appearance(build.dialogue()), text="Ships of Russia.")
    html = client.get("/search/", {"q": "Russia"}).content.decode()
    listed = html.split("Other terms were also searched for:")[1].split("</p>")[0]
    assert len(listed.split(", ")) == 6
    assert "…</span>" in listed
