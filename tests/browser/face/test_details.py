"""Small things that a designer sees at once: gaps, lonely parts, edges that do not meet."""

import pytest
from playwright.sync_api import expect

from bench.page_types import SAMPLE
from contributions import workflow as filing
from tests import build

from .conftest import enter, localized

# How many figures of a dialogue have a row to themselves, without the first one, which may fill a row.
LONELY = """() => { const tiles = [...document.querySelectorAll(".glance > li")].slice(1).map(it => it.offsetTop);
    return tiles.filter(top => tiles.filter(other => other === top).length === 1).length; }"""
# The gaps, in pixels, between the words of neighbouring details that are on one line.
GAPS = """() => { const edges = (part, last) => { const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT),
        texts = []; while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
        const text = last ? texts.at(-1) : texts[0], range = document.createRange(), words = text.data;
        range.setStart(text, words.length - words.trimStart().length); range.setEnd(text, words.trimEnd().length);
        return last ? [...range.getClientRects()].at(-1) : range.getClientRects()[0]; };
    return [...document.querySelectorAll("main .meta > span + span")].filter(it => it.checkVisibility() &&
        it.textContent.trim() && it.previousElementSibling.textContent.trim()).map(it => {
            const before = edges(it.previousElementSibling, true), after = edges(it, false);
            return after.left > before.right ? after.left - before.right : null; }).filter(gap => gap !== null); }"""
# The left edge of what is written on each button of a row that begins a line.
EDGES = """() => [...document.querySelectorAll(".button-row > *")].filter((it, place, all) => !place ||
    it.offsetTop > all[place - 1].offsetTop).map(it => { const style = getComputedStyle(it);
        return style.borderColor === "rgba(0, 0, 0, 0)" ? it.offsetLeft + parseFloat(style.paddingLeft)
            : it.offsetLeft; })"""
SIZE = "it => getComputedStyle(it).fontSize"
LINES = """it => { const range = document.createRange(); range.selectNodeContents(it);
    return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size; }"""

# How many lines these words take, which are in one text.
LINES_OF = """(it, words) => { const range = document.createRange(),
        walker = document.createTreeWalker(it, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) { const text = walker.currentNode, place = text.data.indexOf(words);
        if (place >= 0) { range.setStart(text, place); range.setEnd(text, place + words.length); } }
    return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size; }"""


# Where the filters that begin a row have their first edge: the right one where text runs from there.
ROW_EDGES = """() => [...document.querySelectorAll(".filters")].flatMap(row => [...row.children].filter(
    (it, place, all) => !place || it.offsetTop > all[place - 1].offsetTop + 4)).map(it =>
        it.offsetLeft + (it.matches(":dir(rtl)") ? it.offsetWidth : 0))"""
# The width of the first letter or mark of a paragraph, in em.
FIRST_WIDTH = """it => { const range = document.createRange(), text = it.firstChild;
    const start = text.data.length - text.data.trimStart().length;
    range.setStart(text, start); range.setEnd(text, start + 1);
    return range.getBoundingClientRect().width / parseFloat(getComputedStyle(it).fontSize); }"""


@pytest.fixture
def draft(roles, participant):
    return build.draft(build.call(), by=participant)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [320, 360, 420, 768, 1280])
def test_no_figure_of_a_dialogue_stands_alone_in_its_row(sample, open_page, width, language):
    page = open_page(width)
    page.goto(localized(f"{SAMPLE}/", language))
    assert page.locator(".glance > li").count() == 7
    assert page.evaluate(LONELY) == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_gap_between_details_is_the_same_on_every_page(sample, open_page, language):
    page, gaps = open_page(1280), {}
    for address in ("/recommendations/", "/topics/debt-bondage/", "/awaited/", "/news/", f"{SAMPLE}/papers/1/"):
        page.goto(localized(address, language))
        gaps[address] = page.evaluate(GAPS)
    assert all(gaps.values())
    assert max(map(max, gaps.values())) < 16
    assert max(map(max, gaps.values())) - min(map(min, gaps.values())) < 4, gaps


def test_the_number_of_contributions_is_shown_when_there_is_one(sample, open_page):
    page = open_page(1280)
    page.goto("/contributions/?country=CO")
    assert page.get_by_text("1 contribution", exact=True).is_visible()
    page.goto("/contributions/?topic=no-such-topic")
    assert page.get_by_text("0 contributions", exact=True).is_visible()


@pytest.mark.parametrize("address", ["/search/?q=debt", "/contributions/"])
def test_the_link_to_the_filters_is_beside_the_number_of_results(sample, open_page, address):
    page = open_page(360)
    page.goto(address)
    link, orders = (page.locator(it).bounding_box() for it in (".to-facets", ".orders"))
    assert link["y"] + link["height"] <= orders["y"] + 1
    assert link["x"] > 60


def test_the_buttons_of_a_step_begin_at_the_same_edge_on_a_phone(draft, open_page, live_server, participant):
    page = open_page(360)
    enter(page, participant, live_server.url)
    page.goto(f"/contributions/mine/{draft.key}/answers/")
    edges = page.evaluate(EDGES)
    assert len(edges) == 2
    assert len(set(edges)) == 1


def test_the_way_out_has_one_line_beside_what_is_saved(draft, open_page, live_server, participant):
    page = open_page(360)
    enter(page, participant, live_server.url)
    page.goto(f"/contributions/mine/{draft.key}/who/")
    assert page.get_by_role("link", name="Leave this site now").evaluate(LINES) == 1


def test_the_line_that_says_where_one_is_covers_no_text_until_it_is_at_the_top(sample, open_page):
    page = open_page(1280)
    page.goto(f"{SAMPLE}/summary/en/v1/")
    line, place = page.locator(".where"), page.locator(".where").evaluate("it => it.getBoundingClientRect().top")
    for above in (700, 300, 50):
        page.evaluate("place => scrollTo({top: place, behavior: 'instant'})", place - above)
        page.wait_for_timeout(100)
        assert not line.is_visible(), above
    page.evaluate("place => scrollTo({top: place, behavior: 'instant'})", place + 100)
    expect(line).to_be_visible()
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    expect(line).not_to_be_visible()


def test_a_heading_in_the_text_is_no_larger_than_a_question(open_page, tasks_wait):
    call = build.call()
    call.questions.create(number=1, text="What did you see?")
    draft = build.draft(call, text="## At sea\n\nFees.")
    draft.draft.answers.create(number=1, question="What did you see?", question_language="en", text="Ships.")
    filing.submit(draft, by=None, consent=True)
    filing.publish(draft, by=None)
    page = open_page(1280)
    page.goto(draft.get_absolute_url())
    sizes = {page.get_by_role("heading", name=name).evaluate(SIZE) for name in ("What did you see?", "At sea")}
    assert len(sizes) == 1
    assert page.locator(".answer + .text").evaluate("it => parseFloat(getComputedStyle(it).borderTopWidth)") == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_codes_of_a_receipt_have_the_whole_line_on_a_phone(draft, open_page, live_server, participant, language):
    filing.submit(draft, by=participant, consent=True)
    page = open_page(360)
    enter(page, participant, live_server.url)
    page.goto(localized(f"/contributions/mine/{draft.key}/receipt/", language))
    assert {box.bounding_box()["width"] for box in page.locator(".receipt dd").all()} == {328}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_draft_without_a_title_begins_where_the_page_does(open_page, live_server, participant, roles, language):
    page = open_page(768)
    enter(page, participant, live_server.url)
    page.goto(
        localized(f"/contributions/mine/{build.draft(build.call(), by=participant, title='').key}/check/", language)
    )
    title = page.locator(".preview-title")
    assert title.evaluate("it => getComputedStyle(it).direction") == ("rtl" if language == "ar" else "ltr")


def test_the_ways_on_from_my_contributions_are_apart(draft, open_page, live_server, participant):
    page = open_page(360)
    enter(page, participant, live_server.url)
    page.goto("/zh/contributions/mine/")
    calls, people = (
        page.locator(f"main .button-row > .{name}").bounding_box() for name in ("button:first-child", "plain")
    )
    assert people["x"] - calls["x"] - calls["width"] >= 12


def test_a_note_on_a_date_is_not_broken_in_chinese(open_page):
    build.dialogue(starts_on="2022-05-27", date_note="planned", translations={"zh": {"date_note": "计划日期"}})
    page = open_page(1280)
    page.goto("/zh/dialogues/")
    assert page.locator(".card-date").evaluate(LINES_OF, "计划日期") == 1


def test_the_list_of_sessions_fits_a_phone(roles, secretary, open_page, sign_in, language, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    page = open_page(360)
    sign_in(page, secretary.email)
    page.wait_for_url("**/desk/")
    page.goto(localized("/accounts/sessions/", language))
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.locator("td").first.evaluate("it => getComputedStyle(it, '::before').content") != "none"


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
@pytest.mark.parametrize("width", [360, 768])
def test_all_rows_of_filters_begin_at_one_edge(sample, open_page, width, language):
    page = open_page(width)
    page.goto(localized("/awaited/", language))
    edges = page.evaluate(ROW_EDGES)
    assert len(edges) >= 4
    assert len(set(edges)) == 1


def test_a_quotation_mark_that_opens_a_chinese_line_begins_at_its_edge(sample, open_page):
    page = open_page(360)
    page.goto(localized(f"{SAMPLE}/awaited/presentation/tell/", "zh"))
    offer = page.locator("main p", has_text="“").first
    assert offer.inner_text().startswith("“")
    assert offer.evaluate(FIRST_WIDTH) <= 0.6


def test_titles_in_latin_letters_stand_as_close_in_arabic_lists_as_on_their_own_page(sample, open_page):
    page = open_page(360)
    page.goto(localized("/contributions/", "ar"))
    leading = "it => parseFloat(getComputedStyle(it).lineHeight) / parseFloat(getComputedStyle(it).fontSize)"
    titles = page.locator(".row-list").get_by_role("heading")
    assert titles.filter(has_text="La libreta de la tienda").evaluate(leading) == pytest.approx(1.2, abs=0.01)
    assert titles.filter(has_text="دَينٌ").evaluate(leading) == pytest.approx(1.5, abs=0.01)
