"""The parameters in the address of a search; invalid ones are ignored."""

import pytest
from django.http import QueryDict

from search.params import MAX_PAGE, SearchParams


def params(query_string):
    return SearchParams.from_querydict(QueryDict(query_string))


def test_text_filters_sort_and_page_are_read():
    read = params("q=+debt+wages+&kind=quote&year=2024&sort=date&page=3&other=1")
    assert read == SearchParams("debt wages", {"kind": "quote", "year": "2024"}, "date", 3)


@pytest.mark.parametrize(
    "query_string", ["", "q=", "q=++", "q=%00", "sort=best&page=two", "page=-1", "page=%C2%B2", "kind="]
)
def test_invalid_parameters_are_ignored(query_string):
    assert params(query_string) == SearchParams()


@pytest.mark.parametrize(("page", "number"), [("0", 1), ("7", 7), ("99999", MAX_PAGE), ("9" * 5000, 1)])
def test_the_page_is_limited(page, number):
    assert params(f"page={page}").page == number


def test_text_and_filters_are_cut_at_their_maximum_length():
    read = params(f"q={'a' * 5000}&topic={'b' * 5000}")
    assert (len(read.text), len(read.filters["topic"])) == (300, 150)


def test_the_same_search_has_the_same_query_string():
    assert params("year=2024&q=debt&kind=quote&page=2").query_string == "q=debt&kind=quote&year=2024"
    assert params("kind=quote&year=2024&q=debt&sort=date").query_string == "q=debt&kind=quote&year=2024"


def test_a_search_without_a_text_has_only_its_filters_in_the_query_string():
    assert params("q=&year=2024&kind=quote").query_string == "kind=quote&year=2024"
    assert params("").query_string == ""


def test_addresses_of_the_whole_list_keep_the_order():
    assert params("q=debt&sort=title&page=2").list_query_string == "q=debt&sort=title"
    assert params("kind=quote&sort=organization").list_query_string == "kind=quote&sort=organization"
    assert params("sort=date").list_query_string == "sort=date"
    assert params("q=debt&sort=relevance").list_query_string == "q=debt"


@pytest.mark.parametrize(
    ("query_string", "order"),
    [("q=debt", "relevance"), ("", "date"), ("sort=title", "title"), ("q=a&sort=date", "date")],
)
def test_without_a_text_the_newest_come_first(query_string, order):
    assert params(query_string).order == order
    assert order in params(query_string).orders


def test_only_a_text_has_a_best_match():
    assert "relevance" in params("q=debt").orders
    assert "relevance" not in params("kind=quote").orders


@pytest.mark.django_db
def test_a_search_in_words_names_its_text_and_what_its_filters_ask_for():
    assert str(params("q=debt&kind=quote&language=fr&sort=title")) == "debt · Quotes · French"
    assert str(params("year=2024")) == "2024"
    assert str(params("kind=unicorn&topic=hushed")) == "unicorn · hushed"
    assert str(params("sort=title")) == ""
