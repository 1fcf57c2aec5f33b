"""Filing in small windows: the first field is in the first window, and nothing covers what has the focus."""

import pytest
from playwright.sync_api import expect

from tests import build
from tests.browser.face.conftest import enter, localized

STEPS = ("who", "answers", "files", "appear", "check")
WINDOWS = {"phone": (360, 640), "low window": (1280, 500), "400 % zoom": (320, 256)}
# The bottom of the first field that is shown, from the top of the page.
FIRST_FIELD = """() => Math.round([...document.querySelectorAll(
    "main form :is(input:not([type=hidden]), select, textarea)")].find(field => field.checkVisibility())
    .getBoundingClientRect().bottom + scrollY)"""
# What is wrong with the place of the focus: under the sticky bar, or out of the window.
HERE = """() => { const it = document.activeElement, bar = document.querySelector(".quick-exit");
    if (it === document.body || bar.contains(it)) return "";
    const box = it.getBoundingClientRect(), edge = bar.getBoundingClientRect().bottom;
    const isSticky = getComputedStyle(bar).position === "sticky" && bar.getBoundingClientRect().top <= 0;
    const top = isSticky ? Math.max(edge, 0) : 0;
    const shown = Math.min(box.bottom, innerHeight) - Math.max(box.top, top);
    const isCovered = box.top < top - 1 && shown < Math.min(100, (innerHeight - top) / 2);
    return !isCovered && shown > Math.min(box.height - 1, 20) ? "" :
        `${it.tagName} ${it.id || it.textContent.trim()}: ${box.top} to ${box.bottom}, covered to ${top}`; }"""
# The top of that field, from the top of the page.
FIRST_FIELD_TOP = FIRST_FIELD.replace(".bottom", ".top")
STOPS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(it => it.checkVisibility() && it.tabIndex >= 0).length"""


@pytest.fixture(params=["en", "ar"])
def language(request):
    return request.param


@pytest.fixture
def draft(roles, participant):
    call = build.call(guidance="Read this first.")
    call.questions.create(number=1, text="What did you see?")
    return build.draft(call, by=participant)


@pytest.fixture
def step(open_page, live_server, participant, draft, language):
    """Open a step in a window of a size: `step("who", (360, 640))`."""

    def open_step(name, size, *, javascript=True, breaks=False):
        page = open_page(size[0], javascript=javascript, breaks=breaks)
        page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        page.emulate_media(reduced_motion="reduce")
        enter(page, participant, live_server.url)
        page.goto(localized(f"/contributions/mine/{draft.key}/{name}/", language))
        if javascript and page.locator("form[data-autosave]").count():
            page.locator("[data-keep-here]").wait_for()  # the script adds it below, once it has looked for copies
        return page

    return open_step


@pytest.mark.parametrize("javascript", [True, False])
def test_the_first_field_is_in_the_first_window_of_a_phone(step, javascript):
    found = {name: step(name, (360, 640), javascript=javascript).evaluate(FIRST_FIELD) for name in STEPS[:-1]}
    assert {name: bottom for name, bottom in found.items() if bottom > 640} == {}


def test_the_page_does_not_move_while_it_is_saved(step):
    page = step("who", WINDOWS["phone"], breaks=True)
    state, tops = page.locator("[data-saved]"), [page.evaluate(FIRST_FIELD_TOP)]
    sentences = [state.inner_text()]
    page.context.set_offline(True)
    page.locator("[name=organization_name]").fill("Door of Hope")
    for _ in range(2):  # unsaved; then no connection
        expect(state).not_to_have_text(sentences[-1])
        sentences.append(state.inner_text())
        tops.append(page.evaluate(FIRST_FIELD_TOP))
    assert tops == [tops[0]] * 3, sentences


@pytest.mark.parametrize("size", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_focus_is_never_covered(step, size, key):
    found = []
    for name in STEPS:
        page = step(name, size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
        for _ in range(page.evaluate(STOPS) + 2):
            page.keyboard.press(key)
            if problem := page.evaluate(HERE):
                found.append(f"{name}: {problem}")
    assert found == [], "\n".join(found)
