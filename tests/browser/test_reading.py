"""Reading a summary in a real browser, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests import build

LONG = " ".join(["Words that fill a line of a paragraph."] * 40)
TEXT = f"## Opening\n\n1. {LONG}\n\n2. {LONG}\n\n## Closing\n\n3. {LONG}\n\n4. {LONG}"


# A voice that says nothing, and ends each paragraph when the test tells it to.
VOICE = """
    window.spoken = [];
    window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
    Object.defineProperty(window, "speechSynthesis", { value: {
        getVoices: () => [{ lang: "en-GB", name: "Test" }], cancel() {}, pause() { window.isPaused = true; },
        resume() { window.isPaused = false; }, speak(utterance) { window.spoken.push(utterance); },
    } });
"""
SHIFT = """
    window.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
"""


def open_menu(page, anchor):
    page.locator(f"#{anchor} .paragraph-menu > summary").click()


def bar_label(page):
    """Return the box of the word “Contents” in the bar above the text."""
    return page.locator(".contents-bar > summary").evaluate(
        """it => { const range = document.createRange(), text = [...it.childNodes].find(
            node => node.nodeType === Node.TEXT_NODE && node.data.trim());
            const start = text.data.length - text.data.trimStart().length;
            range.setStart(text, start); range.setEnd(text, start + text.data.trim().length);
            return range.getBoundingClientRect().toJSON(); }"""
    )


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


def test_on_an_arabic_page_the_bar_shows_the_beginning_of_an_english_section(open_page, summary):
    summary.paragraphs.filter(level__gt=0).update(text="## An opening that is far too long for the bar of a phone")
    page = open_page(width=360)
    page.goto(f"/ar{summary.get_absolute_url()}#p3")
    here = page.locator(".contents-bar .contents-here")
    expect(here).to_contain_text("An opening")
    room = here.evaluate(
        """it => { const range = document.createRange(); range.setStart(it.firstChild, 0);
            range.setEnd(it.firstChild, 2); const first = range.getBoundingClientRect(),
            bar = it.closest("summary").getBoundingClientRect();
            return [first.left - bar.left, bar.right - first.right]; }"""
    )
    assert min(room) >= 0
    label = bar_label(page)
    assert label["x"] - (here.bounding_box()["x"] + here.bounding_box()["width"]) >= 4


@pytest.mark.parametrize("language", ["", "/ar", "/zh"])
def test_the_menu_of_a_paragraph_opens_over_the_text_in_every_language(open_page, summary, language):
    page = open_page(width=360)
    page.goto(f"{language}{summary.get_absolute_url()}")
    open_menu(page, "p3")
    box = page.locator("#p3 .paragraph-choices").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_link_to_a_paragraph_and_a_citation_can_be_copied(open_page, summary, copied):
    page = open_page()
    page.goto(summary.get_absolute_url())
    clipboard = copied(page)
    open_menu(page, "p3")
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
        page.locator("#p3 .paragraph-number").click()
        page.get_by_role("main").get_by_role("link", name="Français", exact=True).click()
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
    page.locator("#p2 .paragraph-number").click()
    expect(page.get_by_role("heading", name="Cite paragraph 2")).to_be_visible()


def test_a_menu_offers_only_the_languages_that_have_its_paragraph(open_page, summary):
    build.summary(summary.dialogue, language="es", text="1. Uno.")
    page = open_page()
    page.goto(summary.get_absolute_url())
    own = summary.get_absolute_url()
    french, spanish = (own.replace("/en/", f"/{code}/") for code in ("fr", "es"))
    for anchor, others in (("p1", {"es": spanish, "fr": french}), ("p2", {"fr": french})):
        menu = page.locator(f"#{anchor} .paragraph-menu")
        expect(menu.locator("summary")).to_have_text(f"Paragraph {anchor[1:]}: link, citation and languages")
        found = menu.locator("a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
        own_choices = [f"#{anchor}", f"{anchor}/cite/"]
        elsewhere = [(f"{address}#{anchor}", f"{own}beside/{code}/#{anchor}") for code, address in others.items()]
        assert sorted(found) == sorted([*own_choices, *(address for pair in elsewhere for address in pair)])


def test_a_menu_closes_with_escape_and_when_the_reader_clicks_or_tabs_elsewhere(open_page, summary):
    page = open_page()
    page.goto(summary.get_absolute_url())
    choices = page.locator("#p1 .paragraph-choices")
    open_menu(page, "p1")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(choices).to_be_hidden()
    expect(page.locator("#p1 .paragraph-menu > summary")).to_be_focused()
    open_menu(page, "p1")
    page.get_by_role("heading", name="Opening").click()
    expect(choices).to_be_hidden()
    open_menu(page, "p1")
    for _ in range(choices.locator("a, button").count() + 1):
        page.keyboard.press("Tab")
    expect(choices).to_be_hidden()
    expect(page.locator("#p2 .paragraph-menu > summary")).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 640)])
def test_the_dialogue_stays_in_view_and_covers_neither_target_nor_focus(open_page, summary, width, height, javascript):
    page = open_page(width=width, javascript=javascript)
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{summary.get_absolute_url()}#p4")
    expect(page.locator("#p4")).to_be_in_viewport()
    line = page.locator(".where, .where-title").get_by_text("The dialogue").locator("visible=true").first
    expect(line).to_be_in_viewport()
    number = page.locator("#p4 .paragraph-number")
    number.focus()
    bottom = line.bounding_box()
    assert bottom["y"] + bottom["height"] <= number.bounding_box()["y"]
    assert bottom["height"] < 60


def test_the_text_is_in_the_font_of_the_site_and_nothing_shifts(open_page, summary):
    page = open_page()
    page.add_init_script(SHIFT)
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(summary.get_absolute_url(), wait_until="networkidle")
    assert page.evaluate("document.fonts.check('19px \"Dialogue Reading\"')")
    assert len([address for address in loaded if "reading.woff2" in address]) == 1
    assert len(loaded) <= 6
    assert page.evaluate("window.shift") == 0


def test_an_arabic_summary_loads_no_font(open_page, summary):
    arabic = build.summary(summary.dialogue, language="ar", text="1. الأولى.")
    page = open_page()
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(arabic.get_absolute_url(), wait_until="networkidle")
    assert not [address for address in loaded if "woff2" in address]


def test_sources_are_margin_notes_on_wide_screens_and_a_disclosure_on_others(open_page, summary):
    quote = build.quote(build.appearance(summary.dialogue), text="Nobody asked us.")
    build.reflection(summary.paragraphs.get(number=3), quote)
    link = "#p3 .sources a"
    page = open_page(width=1280)
    page.goto(summary.get_absolute_url())
    expect(page.locator(link)).to_be_visible()
    text, note = page.locator("#p3 .paragraph-text").bounding_box(), page.locator(link).bounding_box()
    assert note["x"] >= text["x"] + text["width"]
    page = open_page(width=768)
    page.goto(summary.get_absolute_url())
    expect(page.locator(link)).to_be_hidden()
    page.locator("#p3 .sources > summary").click()
    expect(page.locator(link)).to_be_visible()


def test_a_summary_is_read_aloud_from_a_paragraph_on(open_page, summary):
    page = open_page()
    page.add_init_script(VOICE)
    page.goto(summary.get_absolute_url())
    open_menu(page, "p3")
    page.locator("#p3").get_by_role("button", name="Listen from here").click()
    expect(page.locator("#p3.is-read")).to_be_visible()
    assert page.evaluate("[spoken[0].lang, spoken[0].voice.name, spoken[0].text.slice(0, 10)]") == [
        "en",
        "Test",
        "Words that",
    ]
    page.evaluate("spoken[0].dispatchEvent(new Event('end'))")
    expect(page.locator(".is-read")).to_have_attribute("id", "p4")
    page.get_by_role("button", name="Pause").click()
    assert page.evaluate("isPaused")
    page.get_by_role("button", name="Continue").click()
    assert not page.evaluate("isPaused")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".is-read, .listen-bar")).to_have_count(0)
    expect(page.locator("#p3 .paragraph-menu > summary")).to_be_focused()


def test_folded_parts_of_a_page_are_printed(open_page):
    dialogue = build.dialogue(venue="Harbour Hall")
    for number in range(9):
        build.appearance(dialogue, who=build.speaker(f"Ada Speaker-{number}"))
    page = open_page(720)
    page.goto(dialogue.get_absolute_url())
    folded = (page.get_by_text("Harbour Hall"), page.get_by_role("link", name="Ada Speaker-8"))
    for words in folded:
        expect(words.last).not_to_be_visible()
    page.emulate_media(media="print")
    for words in folded:
        expect(words.last).to_be_visible()
