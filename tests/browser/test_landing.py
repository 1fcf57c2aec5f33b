"""A result of a search opens at its paragraph, in view and marked, with a script and without one."""

import pytest

# With words to mark, the browser puts these in the middle of the window. The beginning of a long paragraph may then be
# above, as where the font of our own has not arrived and lines are longer.
IN_VIEW = """hasWords => { const anchor = decodeURIComponent(location.hash.slice(1)),
        it = document.getElementById(anchor);
    if (!it) return `nothing at ${location.href}`;
    const bar = document.elementFromPoint(innerWidth / 2, 2)?.closest(".contents-bar, .where"),
        free = hasWords && bar ? bar.getBoundingClientRect().bottom : 0,
        box = it.getBoundingClientRect(), top = Math.max(box.top, free), bottom = Math.min(box.bottom, innerHeight);
    const above = document.elementFromPoint(innerWidth / 2, top + 2);
    const isSeen = bottom - top >= Math.min(box.height, 20) && !above?.closest(".contents-bar, .where");
    return isSeen ? "" : `out of view: ${anchor}`; }"""
MARKED = """() => { const target = document.querySelector(":target");
    const it = target?.closest(".paragraph, .place, .tags, .stop > :is(h3, .stop-part), .record-head") ?? target;
    const shown = it?.matches(".record-head") ? it.querySelector(".byline") : it?.querySelector(".stop > h3") ?? it;
    return shown ? getComputedStyle(shown).backgroundColor : "none"; }"""
SEARCHES = ("/search/?q=ledger", "/fr/search/?q=dette", "/search/?q=Vienna")


def last_problem(page, *, has_words=False):
    """Return what is still wrong once the browser has had time to scroll."""
    for _ in range(20):
        if not (problem := page.evaluate(IN_VIEW, has_words)):
            break
        page.wait_for_timeout(100)
    return problem


def landings(page, width):
    """Yield what is wrong with each result of some searches."""
    for search in SEARCHES:
        page.goto(search)
        for place in range(page.locator(".hit").count()):
            page.goto(search)
            link = page.locator(".hit h3 a").nth(place)
            address = link.get_attribute("href")
            link.click()
            page.wait_for_load_state()
            if problem := last_problem(page, has_words=":~:text=" in address):
                yield f"{width} px, {search}, {address}: {problem}"
            if page.evaluate(MARKED) in ("none", "rgba(0, 0, 0, 0)"):
                yield f"{width} px, {search}, {address}: not marked"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("javascript", [True, False])
def test_each_result_opens_at_its_paragraph_in_view_and_marked(sample, open_page, width, javascript):
    found = list(landings(open_page(width, javascript=javascript), width))
    assert found == [], "\n".join(found)


def test_with_a_script_the_words_of_a_result_are_marked_by_the_browser(sample, open_page):
    page = open_page()
    page.goto("/search/?q=instalments")
    addresses = page.locator(".hit h3 a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert any(":~:text=" in address for address in addresses)
    page = open_page(javascript=False)
    page.goto("/search/?q=instalments")
    assert ":~:" not in " ".join(page.locator(".hit h3 a").evaluate_all("links => links.map(link => link.href)"))


def test_a_page_opens_at_its_paragraph_at_once_and_moves_smoothly_from_its_own_links(sample, open_page):
    page = open_page(360)
    page.goto("/dialogues/sample-dialogue/summary/en/v1/#p35")
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(behaviour) == "auto"
    assert page.evaluate("document.querySelector('#p35').getBoundingClientRect().top") < 300
    page.locator("#p35 .paragraph-menu > summary").click()
    assert page.evaluate(behaviour) == "smooth"
