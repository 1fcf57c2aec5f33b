"""Public pages in small windows: the masthead folds into one line, and nothing covers what has the focus."""

import pytest

from bench.page_types import SAMPLE, page_types

from .conftest import localized
from .test_keyboard import walk

PHONE = {"width": 360, "height": 640}
AT_400_PERCENT = {"width": 320, "height": 256}  # what a zoom of 400 per cent leaves of a window of 1280 by 1024
TOP = "() => Math.round(document.querySelector('h1').getBoundingClientRect().top)"
MASTHEAD = """() => { const [height, line] = [".masthead", ".site-name > span"].map(
    name => document.querySelector(name).getBoundingClientRect().height); return [height, line]; }"""
RECORDS = ("dialogue", "panel", "topic", "speaker", "quote", "contribution", "paper", "search")
IN_MENU = ".masthead .languages a, .masthead .site-nav a"


@pytest.fixture
def small(sample, open_page, language):
    """Open a public page in a small window: `small("/quotes/", PHONE)`."""
    page = open_page(PHONE["width"])

    def at(address, size, *, in_language=language):
        page.set_viewport_size(size)
        page.goto(localized(address, in_language))
        return page

    return at


def test_the_title_of_a_dialogue_is_in_the_first_third_of_a_phone(small):
    assert small(f"{SAMPLE}/", PHONE).evaluate(TOP) <= PHONE["height"] / 3


def test_the_masthead_of_every_page_is_one_line_on_a_phone(small):
    for address in page_types().values():
        height, line = small(address, PHONE).evaluate(MASTHEAD)
        assert height < 64, f"{address}: {height} px"
        assert line < 32, f"{address}: the name of the site takes more than one line"


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh"], indirect=True)
def test_each_figure_of_the_home_page_has_one_line_of_a_phone(small):
    rows = (
        small("/", PHONE)
        .locator(".hero + nav .glance li")
        .evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect()).map((box) => [box.left, box.width, box.height])"
        )
    )
    assert len(rows) == 5
    assert len({(left, width) for left, width, _height in rows}) == 1
    assert max(height for *_place, height in rows) < 48


def test_recommendations_have_most_of_the_width_of_a_phone(small):
    page = small(page_types()["summary"], PHONE)
    widths = page.locator(".recommended-box .opening").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().width)"
    )
    assert len(widths) == 4
    assert min(widths) > PHONE["width"] * 0.7
    gaps = page.locator(".recommended-box li > p").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).marginInlineStart))"
    )
    assert min(gaps) > 4  # between the number and what follows it


def test_a_zoom_of_400_percent_leaves_room_to_read(small):
    """The heading begins in the first window, and the masthead takes no more than a quarter of it."""
    found = {}
    for name in RECORDS:
        page = small(page_types()[name], AT_400_PERCENT)
        found[name] = page.evaluate(MASTHEAD)[0], page.evaluate(TOP)
    high, low = AT_400_PERCENT["height"] / 4, AT_400_PERCENT["height"] - 40
    assert {name: (height, top) for name, (height, top) in found.items() if height > high or top > low} == {}


@pytest.mark.parametrize("size", [PHONE, AT_400_PERCENT], ids=["phone", "400 % zoom"])
def test_the_menu_opens_to_all_languages_and_parts_of_the_site_without_script(sample, open_page, language, size):
    page = open_page(javascript=False)
    page.set_viewport_size(size)
    page.goto(localized("/topics/", language))
    links = page.locator(IN_MENU)
    assert links.count() == 12
    assert not any(link.is_visible() for link in links.all())
    page.locator(".masthead summary").click()
    assert all(link.is_visible() for link in links.all())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_wide_window_shows_the_menu_unfolded(sample, open_page, language):
    page = open_page(1280)
    page.goto(localized("/topics/", language))
    assert all(link.is_visible() for link in page.locator(IN_MENU).all()[:-1])  # a box is there in place of "Search"
    assert page.locator(".masthead [type=search]").is_visible()
    assert not page.locator(".masthead summary").is_visible()


@pytest.mark.parametrize("size", [PHONE, AT_400_PERCENT], ids=["phone", "400 % zoom"])
def test_nothing_covers_the_focus_in_a_small_window(small, size):
    found = []
    for address in (f"{SAMPLE}/", "/", "/topics/", "/contributions/"):
        page = small(address, size)
        page.evaluate("document.querySelector('.masthead details').open = true")
        found += [f"{address}: {problem}" for problem in walk(page)]
    assert found == [], "\n".join(found)


# The words in empty fields that are wider than their field, which shows the rest as an ellipsis.
CUT_OFF = """() => [...document.querySelectorAll("input[placeholder]")].filter(field => {
    if (!field.checkVisibility()) return false;
    const style = getComputedStyle(field), drawn = document.createElement("canvas").getContext("2d");
    drawn.font = style.font;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return drawn.measureText(field.placeholder).width > room; }).map(field => field.placeholder)"""


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh"])
def test_the_hint_in_each_search_box_is_shown_whole(sample, open_page, language):
    page = open_page(360)
    for address in ("/", "/search/", "/contributions/"):
        page.goto(localized(address, language))
        assert page.evaluate("() => document.querySelectorAll('main input[placeholder]').length") == 1
        for width in (360, 320):
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate(CUT_OFF) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(localized("/topics/", language))  # only the masthead has a search box there
    assert page.locator(".masthead-search input").is_visible()
    assert page.evaluate(CUT_OFF) == []
