"""A search for one term of a concept also finds the others, after the reader's own words and marked as such."""

import pytest

from publishing import workflow
from search.params import SearchParams
from search.query import find
from tests import build, gate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("late_index")]


@pytest.fixture
def said():
    return build.appearance(build.dialogue())


@pytest.fixture(autouse=True)
def bondage():
    return build.concept("debt bondage", "bonded labour", fr="servitude pour dettes", ru="долговое рабство")


def texts(text, sort="relevance", **options):
    """Return (text, whether it has another term) of each hit, in order."""
    return [(hit.record.text, hit.has_other_term) for hit in find(SearchParams(text, sort=sort, **options)).hits]


def test_own_words_come_first(said):
    build.quote(said, text="Bonded labour, bonded labour, bonded labour!")
    build.quote(said, text="In a long sentence about many other things and people, debt may lead to bondage.")
    build.quote(said, text="La servitude pour dettes.", language="fr")
    results = find(SearchParams("debt bondage"))
    assert (results.total, results.full_matches, results.other_matches) == (3, 3, 2)
    assert [hit.has_other_term for hit in results.hits] == [False, True, True]
    assert [hit.has_other_term for hit in find(SearchParams("servitude pour dettes")).hits] == [False, True]


def test_own_words_come_first_in_every_order_that_readers_choose(said):
    old = build.appearance(build.dialogue(starts_on="2001-01-01"))
    build.quote(said, text="Bonded labour today.")
    build.quote(old, text="Debt bondage then.")
    for sort in ("relevance", "date"):
        assert texts("debt bondage", sort) == [("Debt bondage then.", False), ("Bonded labour today.", True)]


def test_a_term_is_found_with_other_endings(said):
    build.quote(said, text="Они жили в долговом рабстве.", language="ru")
    assert texts("debt bondage") == [("Они жили в долговом рабстве.", True)]


def test_the_words_of_another_term_must_follow_one_another(said):
    build.quote(said, text="Bonded by contract, they gave their labour.")
    build.quote(said, text="Labour bonded.")
    assert texts("debt bondage") == []


def test_other_terms_are_limited_by_the_rest_of_the_query(said):
    build.quote(said, text="Bonded labour at sea.")
    build.quote(said, text="Bonded labour in mines.")
    assert texts("debt bondage mines") == [("Bonded labour in mines.", True)]
    assert texts("debt bondage NOT mines") == [("Bonded labour at sea.", True)]


def test_partial_matches_come_after_other_terms(said):
    build.quote(said, text="Wages, debt and mines.")
    build.quote(said, text="Bonded labour, wages, mines.")
    build.quote(said, text="Debt bondage, wages, mines.")
    results = find(SearchParams("debt bondage wages mines"))
    assert [hit.record.text[:4] for hit in results.hits] == ["Debt", "Bond", "Wage"]
    assert (results.total, results.full_matches, results.other_matches) == (3, 2, 1)


def test_literal_searches_find_own_words_only(said):
    build.quote(said, text="Bonded labour.")
    build.quote(said, text="Debt bondage.")
    assert texts('"debt bondage"') == texts("debt bondage", is_literal=True) == [("Debt bondage.", False)]


def test_the_snippet_marks_the_other_term(said):
    build.quote(said, text="It is bonded labour, they said.")
    (hit,) = find(SearchParams("debt bondage")).hits
    assert hit.snippet.html == "It is <mark>bonded labour</mark>, they said."


def test_facets_count_other_terms(client, said):
    build.quote(said, text="Bonded labour.")
    build.summary(said.dialogue, text="1. Debt bondage.")
    assert find(SearchParams("debt bondage", {"kind": "quote"})).total == 1
    kinds = next(facet for facet in find(SearchParams("debt bondage")).facets if facet.name == "kind")
    assert {choice.value: choice.count for choice in kinds.choices} == {"quote": 1, "summary": 1}


def test_a_hidden_record_is_not_found_by_another_term(said):
    quote = build.quote(said, text="Bonded labour.")
    assert find(SearchParams("debt bondage")).other_matches == 1
    workflow.unpublish(quote, by=None)
    results = find(SearchParams("debt bondage"))
    assert (results.total, results.other_matches, results.hits) == (0, 0, [])


def test_the_page_names_the_other_terms_and_offers_the_own_words_alone(client, said):
    build.quote(said, text="Bonded labour.")
    build.quote(said, text="Debt bondage.")
    html = client.get("/search/", {"q": "debt bondage"}).content.decode()
    assert "Other terms were also searched for: bonded labour" in html
    assert '<span lang="fr" dir="ltr">servitude pour dettes</span>' in html
    assert '<a href="?q=debt+bondage&amp;literal=1">Search only for “debt bondage”</a>' in html
    assert html.count("<span>another term</span>") == 1
    assert gate.shows(
        client, "/search/?q=debt+bondage&literal=1", "1 result", "Search for other terms and spellings too"
    )
    assert gate.hides(client, "/search/?q=debt+bondage&literal=1", "Other terms were", "another term", "Bonded")
    assert gate.hides(client, "/search/?q=wages", "Other terms were", "Search for other terms and spellings too")


def test_a_corrected_search_is_widened_too(client, said):
    for text in ("Bonded labour.", "Debt bondage."):
        build.quote(said, text=text)
    page = client.get("/search/", {"q": "debt bondge"}).content.decode()
    assert "2 results" in page
    assert "Other terms were also searched for: bonded labour" in page
    assert "Search only for" not in page  # the link would search for the misspelled word


def test_feeds_and_alerts_keep_the_choice():
    params = SearchParams("debt bondage", is_literal=True)
    assert params.query_string == "q=debt+bondage&literal=1"
    assert SearchParams("debt bondage").query_string == "q=debt+bondage"


def test_the_latest_publications_are_not_sorted_by_their_terms(said):
    build.quote(said, text="Debt bondage.")
    build.quote(said, text="Bonded labour.")
    hits = find(SearchParams("debt bondage"), sort="published").hits
    assert [hit.record.text for hit in hits] == ["Bonded labour.", "Debt bondage."]
