"""Journeys of readers through the sample, each walked to its end. The secretary's first day is in `test_day.py`, and
that of someone who submits, corrects and withdraws in `test_main_path.py`."""

import re
from itertools import pairwise

from playwright.sync_api import expect

SUMMARY = "/dialogues/sample-dialogue/summary/en/v1/"
NO_SIDEWAYS = "document.documentElement.scrollWidth <= innerWidth"
# The share of Latin letters among all in the content, without texts that say that they are in another language.
LATIN_SHARE = """() => { const main = document.querySelector("main").cloneNode(true);
    main.querySelectorAll("[lang]:not([lang|=ar]), bdi, .print-address, script").forEach((it) => it.remove());
    const latin = (main.textContent.match(/[A-Za-z]/g) ?? []).length;
    const arabic = (main.textContent.match(/[\\u0600-\\u06ff]/g) ?? []).length;
    return latin / (latin + arabic); }"""


def test_a_delegate_finds_what_was_recommended_and_compares_the_years(sample, open_page):
    page = open_page()
    page.goto("/")
    page.get_by_label("What this site holds").get_by_role("link", name="recommendations").click()
    page.get_by_role("link", name=re.compile("^Debt bondage")).click()
    expect(page.get_by_role("link", name="Topic of the dialogue: Debt bondage")).to_be_visible()
    page.get_by_role("link", name="Paragraph 38").click()
    expect(page.locator("#p38")).to_be_in_viewport()
    expect(page.locator("#p38 .paragraph-mark")).to_have_text("Recommendation")
    page.goto("/search/?q=%22recognition+of+the+manipulation+of+debt%22")
    expect(page.locator(".hit", has_text="Recommendation, paragraph 38")).to_be_visible()
    page.goto("/dialogues/")
    page.get_by_role("link", name="Trafficking in Persons", exact=True).last.click()
    page.get_by_role("link", name="Years side by side").click()
    years = page.locator(".beside-year")
    expect(years).to_have_count(3)
    expect(years.first).to_contain_text("2022")


def test_a_journalist_finds_a_quote_and_cites_it(sample, open_page):
    page = open_page()
    page.goto("/")
    page.get_by_label("Search the proceedings").fill("borrow pledge language")
    page.keyboard.press("Enter")
    page.locator("#narrow").get_by_role("link", name="Quotes").click()
    expect(page.get_by_role("link", name="Kind: Quotes")).to_be_visible()
    page.locator(".hit h3 a").first.click()
    quote = page.locator("blockquote")
    expect(quote).to_contain_text("what you borrow and what is held as a pledge are one word")
    expect(page.locator(".facts")).to_contain_text("16 June 2026")
    expect(page.locator(".facts")).to_contain_text("Meeting record, Panel 2")
    cite = page.locator("section", has=page.get_by_role("heading", name="Cite this quote"))
    expect(cite).to_contain_text("In my language, what you borrow")
    address = cite.get_by_role("link", name="RIS").get_attribute("href")
    assert "TY  - " in page.request.get(address).text()


def test_a_researcher_narrows_contributions_and_takes_them_home(sample, open_page):
    page = open_page()
    page.goto("/")
    page.get_by_label("What this site holds").get_by_role("link", name="contributions").click()
    page.get_by_role("link", name="Africa").click()
    expect(page.get_by_role("link", name="Region: Africa")).to_be_visible()
    found = page.locator(".row-list > li").count()
    page.get_by_role("link", name="Who takes part: the figures").first.click()
    africa = page.locator("section", has=page.get_by_role("heading", name="Organizations by region"))
    csv = africa.get_by_role("link", name=re.compile("table")).get_attribute("href")
    assert "Organizations by region,Africa," in page.request.get(csv).text()
    africa.get_by_role("link", name="Africa").click()
    expect(page.locator(".row-list > li")).to_have_count(found)
    page.get_by_role("link", name="Region: Africa").click()
    expect(page.get_by_role("link", name="Region: Africa")).to_have_count(0)
    page.locator("#narrow").get_by_role("link", name="Debt bondage").click()
    rows = page.request.get(page.get_by_role("link", name="Table (CSV)").get_attribute("href")).text().splitlines()
    assert len(rows) - 1 == page.locator(".row-list > li").count() > 1
    texts = page.request.get(page.get_by_role("link", name="Texts of the contributions").get_attribute("href"))
    assert texts.body().startswith(b"PK")


def test_a_survivors_group_learns_how_it_is_protected_follows_a_topic_and_leaves_at_once(sample, open_page):
    page = open_page(width=360)
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Contribute ?: Follow-up call")).click()
    page.get_by_role("link", name="How we handle your contribution").first.click()
    expect(page.locator("main")).to_contain_text("without any")
    expect(page.get_by_role("link", name="Leave this site now")).to_be_in_viewport()
    page.goto("/topics/debt-bondage/")
    page.get_by_role("link", name="Get email alerts").click()
    page.get_by_label("Email address").fill("circle@example.org")
    page.get_by_role("button", name="Send confirmation email").click()
    expect(page.get_by_role("heading", name="Check your email")).to_be_visible()
    assert page.evaluate(NO_SIDEWAYS)


def test_a_blind_reader_skips_to_the_text_and_reaches_a_paragraph_by_keyboard(sample, open_page):
    page = open_page()
    page.goto(SUMMARY)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    levels = page.locator("h1, h2, h3").evaluate_all("all => all.map((heading) => Number(heading.tagName[1]))")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    stops = 0
    while page.evaluate("!document.activeElement.closest('#p1')"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops < 40, "the first paragraph is too far away"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#p1 .paragraph-choices :focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#p1 .paragraph-menu > summary")).to_be_focused()
    tree = page.locator("main").aria_snapshot()
    assert 'heading "II. How a recruitment fee becomes a debt"' in tree


def test_an_arabic_reader_on_a_phone_reads_arabic(sample, open_page):
    page = open_page(width=360)
    page.goto("/ar/")
    for step in ("الحوارات", "حوار نموذجي بشأن رسوم التوظيف وإسار الدين"):
        if step == "الحوارات":
            page.get_by_text("القائمة").click()
        page.get_by_role("link", name=step, exact=True).first.click()
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.evaluate(NO_SIDEWAYS)
        assert page.evaluate(LATIN_SHARE) < 0.1
    page.get_by_role("link", name="دَينٌ يصل قبل صاحبه: رسوم الاستقدام وضمانات الأسرة").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("دَينٌ يصل قبل صاحبه")
    assert page.evaluate(NO_SIDEWAYS)
    assert page.evaluate(LATIN_SHARE) < 0.1
    page.goto("/ar/search/?q=دين")
    expect(page.locator(".hit mark").first).to_be_visible()
    assert page.evaluate(NO_SIDEWAYS)


def test_someone_who_lands_on_a_paragraph_knows_where_they_are_and_cites_it(sample, open_page):
    page = open_page(width=360)
    page.goto(f"{SUMMARY}#p18")
    expect(page.locator("#p18")).to_be_in_viewport()
    where = page.locator(".where, .where-title").get_by_text("Sample Dialogue").locator("visible=true").first
    expect(where).to_be_in_viewport()
    page.locator("#p18 .paragraph-menu > summary").click()
    page.locator("#p18").get_by_role("link", name="Cite").click()
    expect(page.get_by_role("heading", name="Cite paragraph 18")).to_be_visible()
    page.get_by_role("link", name="Read paragraph 18 in the summary").click()
    expect(page.locator("#p18")).to_be_in_viewport()
    page.locator("#p18 .sources > summary").click()
    page.locator("#p18 .sources a").first.click()
    expect(page.get_by_role("heading", name="Reflected in the summary")).to_be_visible()
