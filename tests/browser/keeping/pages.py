"""What the tests in this folder do with a page, and what they look for."""

from playwright.sync_api import expect

from contributions.models import Revision
from tests.browser.waiting import until

KEPT = """() => [sessionStorage, localStorage].map(
    store => Object.keys(store).filter(name => name.startsWith("draft:")).length)"""
TEXTS = """() => [sessionStorage, localStorage].map(store => JSON.stringify(store)).join()"""
REFUSED = """for (const name of ["sessionStorage", "localStorage"]) Object.defineProperty(
    window, name, { get() { throw new DOMException("denied", "SecurityError"); } });"""
BROKEN = """if (window.name === "cut") {
    window.wholeFetch ??= window.fetch;
    window.fetch = () => Promise.reject(new TypeError("cut"));
    0;
}"""
NOTHING, IN_TAB, ON_DEVICE = [0, 0], [1, 0], [0, 1]
# A field of each step, what is typed or chosen there, and what the database has then.
STEPS = {
    "who": ("Organization", "Open Door", lambda: revision().organization_name),
    "answers": ("1. What did you see?", "Wages that were not paid.", lambda: revision().answers.get().text),
    "appear": ("Without any name", True, lambda: revision().appear_as == "anonymous"),
}


def address(record, step="answers"):
    return f"/contributions/mine/{record.key}/{step}/"


def revision():
    return Revision.objects.latest("pk")


def state(page):
    return page.locator("[data-saved]")


def notice(page):
    return page.locator("[data-notices]")


def write(page, label, value):
    field = page.get_by_label(label, exact=True)
    field.check() if value is True else field.fill(value)


def holds(page, label, value):
    field = page.get_by_label(label, exact=True)
    expect(field).to_be_checked() if value is True else expect(field).to_have_value(value)


def is_kept(page, where):
    until(page, lambda: page.evaluate(KEPT) == where)


def cut(page):
    page.context.set_offline(True)


def mend(page):
    page.context.set_offline(False)


def is_save(route):
    return route.request.method == "POST"


def never_saves(page):
    """Let nothing be saved by this tab, not even what a page sends while it is being left."""
    page.evaluate("window.name = 'cut'")
    for run in (page.evaluate, page.add_init_script):
        run(BROKEN)


def saves_again(page):
    page.evaluate("() => { window.name = ''; window.fetch = window.wholeFetch ?? window.fetch; }")


def in_window(page, locator):
    box = locator.bounding_box()
    size = page.viewport_size
    return box["y"] >= 0 and box["y"] + box["height"] <= size["height"] and box["x"] + box["width"] <= size["width"]
