"""The parameters in the address of a search; invalid ones are ignored."""

import pytest
from django.http import QueryDict

from search.query import MAX_PAGE, SearchParams


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
