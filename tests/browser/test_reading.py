"""Reading a summary in a real browser, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests import build

LONG = " ".join(["Words that fill a line of a paragraph."] * 40)
TEXT = f"## Opening\n\n1. {LONG}\n\n2. {LONG}\n\n## Closing\n\n3. {LONG}\n\n4. {LONG}"


@pytest.fixture
def summary(open_page):  # which makes the test transactional
    dialogue = build.dialogue(title="The dialogue", slug="the-dialogue")
    build.summary(dialogue, language="fr", text=TEXT)
    return build.summary(dialogue, text=TEXT)


@pytest.fixture
def copied():
    """Allow a page to use the clipboard and return a function that reads it."""

    def allow(page):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        return lambda: page.evaluate("navigator.clipboard.readText()")

    return allow


def test_the_contents_mark_the_current_section(open_page, summary):
    page = open_page()
    page.goto(f"{summary.get_absolute_url()}#p3")
    current = page.locator(".contents.sticky a[aria-current=location]")
    expect(current).to_have_text(["Closing"])
    # Jump from the middle of one section to the middle of another, so that no heading scrolls past.
    page.evaluate("document.getElementById('p4').scrollIntoView({ behavior: 'instant' })")
    expect(current).to_have_text(["Closing"])
    page.wait_for_timeout(300)
    page.evaluate("document.getElementById('p2').scrollIntoView({ behavior: 'instant' })")
    expect(current).to_have_text(["Opening"])


def test_on_a_phone_the_contents_are_a_sticky_bar_that_closes_on_selection(open_page, summary):
    page = open_page(width=360)
    page.goto(f"{summary.get_absolute_url()}#p3")
    bar = page.locator(".contents-bar")
    expect(bar).to_be_in_viewport()
    expect(bar.locator(".contents-here")).to_have_text("Closing")
    bar.locator("summary").click()
    bar.get_by_role("link", name="Opening").click()
    expect(bar.get_by_role("link", name="Opening")).to_be_hidden()
    expect(bar.locator(".contents-here")).to_have_text("Opening")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_link_to_a_paragraph_and_a_citation_can_be_copied(open_page, summary, copied):
    page = open_page()
    page.goto(summary.get_absolute_url())
    clipboard = copied(page)
    page.locator("#p3").hover()
    page.locator("#p3").get_by_role("button", name="Copy link").click()
    expect(page.locator("#p3").get_by_role("status")).to_have_text("Copied")
    assert clipboard().endswith(f"{summary.get_absolute_url()}#p3")
    page.get_by_text("Cite this summary").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".cite-ways").get_by_role("status")).to_have_text("Copied")
    assert clipboard().startswith("Co-Chairs’ summary: The dialogue. 10 July 2024. English, official, version 1")


@pytest.mark.parametrize("javascript", [True, False])
def test_another_language_opens_at_the_same_paragraph(open_page, summary, javascript):
    page = open_page(javascript=javascript)
    page.goto(f"{summary.get_absolute_url()}#p3")
    if javascript:
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        page.locator(".text-languages").get_by_role("link", name="Français").click()
    else:
        page.locator("#p3").get_by_role("link", name="Français").click()
    page.wait_for_url("**/summary/fr/v1/#p3")
    expect(page.locator("#p3")).to_be_in_viewport()


def test_without_scripts_contents_and_citations_still_work(open_page, summary):
    page = open_page(width=360, javascript=False)
    page.goto(summary.get_absolute_url())
    expect(page.get_by_role("button", name="Copy link")).to_have_count(0)
    page.locator(".contents-bar summary").click()
    page.locator(".contents-bar").get_by_role("link", name="Closing").click()
    expect(page.get_by_role("heading", name="Closing")).to_be_in_viewport()
    page.get_by_text("Cite this summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="BibTeX").click()
    assert download.value.suggested_filename == "the-dialogue-summary-en-v1.bib"
    page.locator("#p2").get_by_role("link", name="Cite paragraph 2").click()
    expect(page.get_by_role("heading", name="Cite paragraph 2")).to_be_visible()
