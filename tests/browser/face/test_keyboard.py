"""The Tab key reaches every control in reading order, and the focus is visible."""

import re

import pytest
from playwright.sync_api import expect

from bench.page_types import SAMPLE, page_types
from tests import build

from .conftest import enter, localized

# A radio group is one tab stop; collapsed content has none.
REMEMBER = """() => { window.stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter(it => it.checkVisibility({visibilityProperty: true}) && !it.disabled && it.tabIndex >= 0)
    .filter(it => it.type !== "radio" || it.checked ||
        it === [...document.getElementsByName(it.name)].find((one, place, all) => !all.some(some => some.checked)));
    return window.stops.length; }"""
HERE = """() => { const it = document.activeElement, style = getComputedStyle(it);
    const shows = (x, y) => { const above = document.elementFromPoint(x, y);
        return above && (it.contains(above) || above.contains(it)); };
    const boxes = [...it.getClientRects()].filter(box => box.width && box.height);
    const parts = boxes.flatMap(box => [0.1, 0.5, 0.9].map(part => [box.x + box.width / 2, box.y + box.height * part]));
    return {place: window.stops.indexOf(it), name: it.outerHTML.slice(0, 120),
        marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        covered: !parts.some(part => shows(...part))}; }"""
MOVING = """() => [...document.querySelectorAll("*")].filter(it => { const style = getComputedStyle(it);
    return style.scrollBehavior === "smooth" || parseFloat(style.transitionDuration) > 0 ||
        parseFloat(style.animationDuration) > 0; }).map(it => it.outerHTML.slice(0, 120))"""
PAGES = ("/", f"{SAMPLE}/", f"{SAMPLE}/summary/en/v1/", "/search/?q=debt", "/contributions/", "/accounts/sign-in/")


def walk(page):
    """Press Tab through the open page and return what is skipped, out of view or covered."""
    page.emulate_media(reduced_motion="reduce")
    found = [f"moves: {name}" for name in page.evaluate(MOVING)]
    page.evaluate("() => document.activeElement.blur()")
    for place in range(page.evaluate(REMEMBER)):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here["place"] == -1:  # a scrollable region is a tab stop, too
            page.keyboard.press("Tab")
            here = page.evaluate(HERE)
        if here["place"] != place:
            return [*found, f"stop {place} is skipped for {here}"]
        if not here["marked"] or here["covered"]:
            found.append(str(here))
    return found


@pytest.mark.parametrize("width", [360, 1280])
def test_tab_reaches_every_control_in_order_with_visible_focus(sample, open_page, language, width):
    page, found = open_page(width), []
    reading = [page_types()[name] for name in ("contribution", "contribution-file", "paper")]
    for address in (*PAGES, *reading):
        page.goto(localized(address, language))
        found += [f"{address}: {problem}" for problem in walk(page)]
    assert found == [], "\n".join(found)


def test_tab_reaches_every_control_of_the_contribution_form(roles, participant, open_page, live_server, language):
    call = build.call()
    call.questions.create(number=1, text="What did you see?")
    draft = build.draft(call, by=participant)
    page, found = open_page(360), []
    enter(page, participant, live_server.url)
    for step in ("who", "answers", "files", "appear", "check"):
        page.goto(localized(f"/contributions/mine/{draft.key}/{step}/", language))
        found += [f"{step}: {problem}" for problem in walk(page)]
    assert found == [], "\n".join(found)


def test_the_first_tab_stop_skips_the_navigation(open_page):
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("address", ["/search/alerts/new/?q=debt", "/contributions/check/"])
def test_an_error_has_the_focus_after_the_navigation_was_skipped(sample, open_page, address):
    page = open_page()
    page.goto(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("main form[method=post] button[type=submit]").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("#errors")).to_be_focused()
