"""The sources of a long summary, ten paragraphs on a page."""

import pytest

from tests import build
from tests.gate import hides, shows

from .test_sources import FEES, address, value

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(secretary, browser_of):
    return browser_of(secretary)


@pytest.fixture
def call():
    return build.call(build.dialogue(slug="third"))


@pytest.fixture
def fees(call):
    return build.contribution(call, title="On fees", text=f"We saw that {FEES}")


@pytest.fixture
def long_summary(call):
    text = "\n\n".join(f"{number}. {FEES}" for number in range(1, 13))
    return build.summary(call.dialogue, public=False, text=text)


def test_a_long_summary_has_ten_paragraphs_on_a_page(office, long_summary):
    assert shows(office, address(long_summary), 'id="p10"', "Page 1 of 2")
    assert hides(office, address(long_summary), 'id="p11"')
    assert shows(office, f"{address(long_summary)}?page=2", 'id="p11"', 'id="p12"')
    assert hides(office, f"{address(long_summary)}?page=2", 'id="p10"')


def test_a_decision_and_a_search_lead_back_to_the_page_of_their_paragraph(office, long_summary, fees):
    answer = office.post(f"{address(long_summary)}?page=2", {"confirm": value(12, fees)})
    assert answer.url == f"{address(long_summary)}?paragraph=p12#p12"
    assert shows(office, answer.url, 'id="p12"')
    answer = office.post(f"{address(long_summary)}?page=2", {"verb": "confirm-ticked", "ticked": [value(11, fees)]})
    assert answer.url == f"{address(long_summary)}?paragraph=p11#p11"
    assert shows(office, f"{address(long_summary)}?paragraph=p12&words=fees", 'id="p12"', "On fees")


def test_a_page_that_is_not_there_is_the_last_and_an_unknown_paragraph_the_first(office, long_summary):
    assert shows(office, f"{address(long_summary)}?page=99", 'id="p12"')
    assert shows(office, f"{address(long_summary)}?paragraph=p99", 'id="p1"')
