"""What the search's address may ask for; what can't be read in it is left out."""

import pytest
from django.http import QueryDict

from search.params import MAX_PAGE, SearchParams


def asked(address):
    return SearchParams.from_querydict(QueryDict(address))


def test_line_narrowing_order_and_page_are_read():
    read = asked("q=+debt+wages+&kind=quote&year=2024&sort=date&page=3&other=1")
    assert read == SearchParams("debt wages", {"kind": "quote", "year": "2024"}, "date", 3)


@pytest.mark.parametrize(
    "address", ["", "q=", "q=++", "q=%00", "sort=best&page=two", "page=-1", "page=%C2%B2", "kind="]
)
def test_what_can_not_be_read_is_left_out(address):
    assert asked(address) == SearchParams()


@pytest.mark.parametrize(("page", "number"), [("0", 1), ("7", 7), ("99999", MAX_PAGE), ("9" * 5000, 1)])
def test_a_page_is_one_of_those_there_are(page, number):
    assert asked(f"page={page}").page == number


def test_what_is_too_long_is_cut():
    read = asked(f"q={'a' * 5000}&topic={'b' * 5000}")
    assert (len(read.text), len(read.filters["topic"])) == (300, 150)


def test_the_same_search_has_the_same_address():
    assert asked("year=2024&q=debt&kind=quote&page=2").query_string == "q=debt&kind=quote&year=2024"
    assert asked("kind=quote&year=2024&q=debt&sort=date").query_string == "q=debt&kind=quote&year=2024"
