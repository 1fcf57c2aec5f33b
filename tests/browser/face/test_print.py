"""Pages on paper have all that a reader looks for, and nothing that only works on a screen."""

import pytest
from playwright.sync_api import expect

from bench.page_types import SAMPLE

from .conftest import localized

# Whether a printer keeps the colours of the dot before an element.
COLOURS_BEFORE = "it => getComputedStyle(it, '::before').printColorAdjust"


@pytest.fixture
def paper(sample, open_page):
    """Open a page as it is printed: `paper("/speakers/")`."""

    def printed(address):
        page = open_page(768)
        page.goto(address)
        page.emulate_media(media="print")
        return page

    return printed


def test_a_dot_that_says_a_document_is_there_is_full_on_paper_too(paper):
    page = paper(f"{SAMPLE}/")
    for dot in (
        page.locator(".file-list .there").first,
        page.locator(".stage").first,
        page.locator(".timeline > li").first,
    ):
        assert dot.evaluate(COLOURS_BEFORE) == "exact"


@pytest.mark.parametrize("address", ["/", "/speakers/", "/contributions/", "/contributions/participation/", "/topics/"])
def test_a_printed_page_says_where_it_is_from(paper, address):
    expect(paper(address).locator(".print-address")).to_contain_text(address)


@pytest.mark.parametrize("address", ["/ar/", "/ar/search/?q=debt"])
def test_an_address_on_an_arabic_page_ends_at_its_end(paper, address):
    line = paper(address).locator(".print-address > *")
    assert line.evaluate("it => getComputedStyle(it).direction") == "ltr"


def test_a_printed_search_says_what_was_searched_for(paper, language):
    page = paper(localized("/search/?q=debt", language))
    expect(page.locator("main .search-box")).to_be_hidden()
    expect(page.locator(".searched")).to_contain_text("debt")
    expect(page.locator(".searched")).to_be_visible()
    expect(page.locator(".print-address")).to_contain_text("?q=debt")
    page.emulate_media(media="screen")
    expect(page.locator(".searched")).to_be_hidden()


@pytest.mark.parametrize(
    ("address", "only_on_screens"),
    [
        ("/", ".footer p, .footer nav"),
        ("/search/?q=debt", ".how, .orders, .take-away"),
        ("/speakers/", ".letters, .to-facets"),
        ("/contributions/participation/", ".charts a[download], .charts ~ .more"),
    ],
)
def test_parts_that_only_work_on_a_screen_are_not_printed(paper, address, only_on_screens):
    page = paper(address)
    parts = page.locator(only_on_screens).all()
    assert len(parts) > 1
    assert not any(part.is_visible() for part in parts)


def test_until_when_a_call_is_open_can_be_read_on_paper(paper):
    assert paper("/").locator(".tasks .until").first.evaluate("it => getComputedStyle(it).color") == "rgb(0, 0, 0)"
