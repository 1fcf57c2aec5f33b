"""What someone types on a phone is not lost: over a broken connection, in two windows, after another sign-in."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from contributions.models import Contribution, Revision
from tests import build
from tests.browser.face.conftest import enter
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


@pytest.fixture
def draft(roles, participant):
    call = build.call()
    call.questions.create(number=1, text="What did you see?")
    return build.draft(call, by=participant, organization_name="", title="", text="")


@pytest.fixture
def phone(open_page, live_server, participant):
    """Open a step on a phone of a signed-in filer: `phone(draft, "who")`."""

    def open_step(record, step, *, by=participant, javascript=True):
        page = open_page(width=360, javascript=javascript, breaks=True)
        page.set_viewport_size({"width": 360, "height": 640})
        enter(page, by, live_server.url)
        page.goto(address(record, step))
        if javascript:
            expect(page.locator("[data-keep-here]")).to_be_visible()  # the script has looked for copies
        return page

    return open_step


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


# The connection


@pytest.mark.parametrize("step", STEPS)
def test_with_the_line_cut_the_words_are_kept_and_saved_later(phone, draft, step):
    label, value, found = STEPS[step]
    page = phone(draft, step)
    cut(page)
    write(page, label, value)
    expect(state(page)).to_have_text("Not saved yet. Kept in this tab.")
    page.get_by_role("button", name="Save and continue").click()
    expect(state(page)).to_have_text("No connection: not saved yet. Kept in this tab.")
    page.mouse.wheel(0, 5000)
    assert in_window(page, state(page))
    holds(page, label, value)
    assert page.url.endswith(address(draft, step))
    is_kept(page, IN_TAB)
    assert str(value) not in page.evaluate(TEXTS), "a copy is encrypted"
    mend(page)
    expect(state(page)).to_contain_text("Saved:")
    assert found() == value
    is_kept(page, NOTHING)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("way", ["reload", "back", "crash"])
def test_unsaved_words_come_back(phone, draft, step, way):
    label, value, found = STEPS[step]
    page = phone(draft, step)
    never_saves(page)
    write(page, label, value)
    is_kept(page, IN_TAB)
    if way == "reload":
        page.reload()
    elif way == "back":
        cut(page)
        with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
            page.goto("/contributions/mine/")
        mend(page)
        page.go_back()
    else:
        kept = page.evaluate("() => ({...sessionStorage})")
        page.goto("about:blank")
        page.goto("/accessibility/")
        page.evaluate("kept => Object.assign(sessionStorage, kept)", kept)  # as a browser that restores its tabs does
        page.goto(address(draft, step))
    expect(notice(page)).to_contain_text("It is back in the form.")
    holds(page, label, value)
    saves_again(page)
    expect(state(page)).to_contain_text("Saved:")
    assert found() == value
    is_kept(page, NOTHING)


def test_restored_words_can_be_discarded(phone, draft):
    page = phone(draft, "answers")
    never_saves(page)
    write(page, "Title", "A wrong start")
    is_kept(page, IN_TAB)
    page.reload()
    page.get_by_role("button", name="Discard it").click()
    holds(page, "Title", "")
    is_kept(page, NOTHING)
    saves_again(page)
    page.reload()
    expect(page.locator("[data-keep-here]")).to_be_visible()
    holds(page, "Title", "")
    expect(notice(page)).to_have_text("")


def test_save_and_continue_goes_on_and_leaves_no_copy(phone, draft):
    page = phone(draft, "who")
    write(page, "Organization", "Open Door")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/answers/")
    assert revision().organization_name == "Open Door"
    is_kept(page, NOTHING)
    page.get_by_role("button", name="Back").click()
    page.wait_for_url("**/who/")
    holds(page, "Organization", "Open Door")


def test_a_lost_answer_is_no_conflict(phone, draft):
    page = phone(draft, "answers")
    lost = []

    def lose(route):
        if is_save(route) and not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    page.route("**/answers/", lose)
    write(page, "Title", "First")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(state(page)).to_contain_text("No answer from this site: not saved yet.")
    write(page, "Title", "First and second")
    expect(state(page)).to_contain_text("Saved:")
    assert (lost, revision().title) == ([200], "First and second")
    expect(notice(page)).to_have_text("")


def test_an_answer_from_something_else_leaves_the_words_on_the_page(phone, draft):
    page = phone(draft, "answers")
    page.route("**/answers/", lambda route: route.fulfill(body="<h1>Pay for this line</h1>"))
    write(page, "Title", "Kept")
    page.get_by_role("button", name="Save and continue").click()
    expect(state(page)).to_have_text("No answer from this site: not saved yet. Kept in this tab.")
    holds(page, "Title", "Kept")
    page.unroute_all()
    expect(state(page)).to_contain_text("Saved:")
    assert revision().title == "Kept"


def test_errors_come_from_the_server_with_all_that_was_typed(phone, draft):
    page = phone(draft, "answers")
    write(page, "Title", "x" * 301)
    write(page, "1. What did you see?", "Ships.")
    page.locator("#id_title").evaluate("field => field.removeAttribute('maxlength')")
    write(page, "Title", "x" * 301)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Something needs your attention. What you wrote is kept.")
    holds(page, "Title", "x" * 301)
    is_kept(page, IN_TAB)
    assert revision().answers.get().text == "Ships."


# Two windows


def test_of_two_windows_neither_overwrites_the_other(phone, draft):
    one = phone(draft, "answers")
    other = one.context.new_page()
    other.goto(address(draft))
    write(one, "Title", "First window")
    one.get_by_role("button", name="Save", exact=True).click()
    expect(state(one)).to_contain_text("Saved:")
    until(one, lambda: revision().title == "First window")
    write(other, "Title", "Second window")
    expect(notice(other)).to_contain_text("This draft was saved in another window")
    expect(other.locator("[data-notices] dd")).to_have_text("First window")
    expect(state(other)).to_have_text("Not saved: compare first. Kept in this tab.")
    holds(other, "Title", "Second window")
    assert revision().title == "First window"
    other.get_by_role("button", name="Save what I typed").click()
    expect(state(other)).to_contain_text("Saved:")
    assert revision().title == "Second window"
    write(one, "Title", "Third")
    one.get_by_role("button", name="Use what was saved there").click()
    holds(one, "Title", "Second window")
    is_kept(one, NOTHING)
    assert revision().title == "Second window"


def test_a_copy_that_is_older_than_the_draft_is_offered_beside_it(phone, draft):
    page = phone(draft, "answers")
    never_saves(page)
    write(page, "Title", "Typed in the train")
    is_kept(page, IN_TAB)
    saves_again(page)
    Revision.objects.update(title="Saved at the office")
    page.reload()
    expect(notice(page)).to_contain_text("This browser kept other words that you typed here")
    holds(page, "Title", "Saved at the office")
    expect(page.locator("[data-notices] dd")).to_have_text("Typed in the train")
    page.get_by_role("button", name="Use the kept words").click()
    holds(page, "Title", "Typed in the train")
    expect(state(page)).to_contain_text("Saved:")
    assert revision().title == "Typed in the train"
    is_kept(page, NOTHING)


# The device, and other people


def test_a_copy_outlives_the_tab_only_on_the_filers_own_device(phone, draft):
    page = phone(draft, "answers")
    cut(page)
    write(page, "Title", "Kept")
    is_kept(page, IN_TAB)
    page.get_by_label("This device is mine alone").check()
    is_kept(page, ON_DEVICE)
    expect(state(page)).to_contain_text("Kept on this device.")
    other = page.context.new_page()
    page.close()
    page = other
    mend(page)
    never_saves(page)
    page.goto(address(draft))
    expect(notice(page)).to_contain_text("It is back in the form.")
    holds(page, "Title", "Kept")
    page.get_by_label("This device is mine alone").uncheck()
    is_kept(page, IN_TAB)
    holds(page, "Title", "Kept")


def test_a_copy_on_the_device_ends_after_a_day(phone, draft):
    page = phone(draft, "answers")
    page.get_by_label("This device is mine alone").check()
    never_saves(page)
    write(page, "Title", "Kept")
    is_kept(page, ON_DEVICE)
    page.evaluate("""() => { for (const name of Object.keys(localStorage)) if (name.startsWith("draft:"))
        localStorage.setItem(name, JSON.stringify({...JSON.parse(localStorage[name]), until: Date.now() - 1})); }""")
    page.reload()
    expect(page.locator("[data-keep-here]")).to_be_visible()
    holds(page, "Title", "")
    assert page.evaluate(KEPT) == NOTHING


@pytest.mark.parametrize("on_device", [False, True])
def test_another_account_finds_nothing(phone, draft, stranger, live_server, on_device):
    page = phone(draft, "answers")
    if on_device:
        page.get_by_label("This device is mine alone").check()
    never_saves(page)
    write(page, "Title", "Whistle")
    is_kept(page, ON_DEVICE if on_device else IN_TAB)
    Session.objects.all().delete()  # it expired
    enter(page, stranger, live_server.url)
    other = build.draft(draft.call, by=stranger, title="Theirs")
    saves_again(page)
    page.goto(address(other))
    expect(page.locator("[data-keep-here]")).to_be_visible()
    holds(page, "Title", "Theirs")
    assert page.evaluate(KEPT) == NOTHING
    assert not page.get_by_label("This device is mine alone").is_checked()
    expect(notice(page)).to_have_text("")


def test_after_the_session_ended_the_filer_signs_in_and_finds_the_words(phone, draft, participant, sign_in):
    page = phone(draft, "answers")
    Session.objects.all().delete()
    write(page, "Title", "Kept")
    page.get_by_role("button", name="Save and continue").click()
    expect(state(page)).to_have_text("You are signed out: not saved yet. Kept in this tab.")
    holds(page, "Title", "Kept")
    page.get_by_role("link", name="Sign in again").click()
    page.wait_for_url("**/sign-in/**")
    sign_in(page, participant.email)
    page.wait_for_url("**/contributions/**")
    page.goto(address(draft))
    expect(notice(page)).to_contain_text("It is back in the form.")
    expect(state(page)).to_contain_text("Saved:")
    assert revision().title == "Kept"


def test_after_signing_in_in_another_tab_the_page_saves_again(phone, draft, participant, sign_in):
    page = phone(draft, "answers")
    Session.objects.all().delete()
    write(page, "Title", "Kept")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(state(page)).to_contain_text("You are signed out: not saved yet.")
    other = page.context.new_page()
    sign_in(other, participant.email)
    other.wait_for_url("**/contributions/**")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(state(page)).to_contain_text("Saved:")
    assert revision().title == "Kept"


@pytest.mark.parametrize("way", ["quick exit", "sign out", "discard", "send"])
def test_no_copy_stays_when_the_filer_is_done(phone, draft, way):
    page = phone(draft, "answers")
    page.get_by_label("This device is mine alone").check()
    never_saves(page)
    page.context.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="<title>Elsewhere</title>"))
    write(page, "Title", "Whistle")
    is_kept(page, ON_DEVICE)
    other = page.context.new_page()
    other.goto(address(draft, "who"))
    expect(other.locator("[data-keep-here]")).to_be_visible()
    if way == "quick exit":
        page.get_by_role("link", name="Leave this site now").click()
        expect(page).to_have_title("Elsewhere")
        expect(other).to_have_title("Elsewhere")
    elif way == "sign out":
        page.goto("/accounts/sign-out/")
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/")
    elif way == "discard":
        page.goto(address(draft, "discard"))
        page.get_by_role("button", name="Delete the draft").click()
        page.wait_for_url("**/mine/")
    else:
        Revision.objects.update(organization_name="Open Door", title="Sent", text="Words.")
        page.goto(address(draft, "check"))
        page.get_by_label("We agree that this contribution").check()
        page.get_by_role("button", name="Send the contribution").click()
        page.wait_for_url("**/receipt/")
    other.goto("/accessibility/")
    assert other.evaluate(KEPT) == NOTHING


def test_without_storage_the_page_says_so_and_asks_before_it_is_left(phone, draft):
    page = phone(draft, "answers")
    page.add_init_script(REFUSED)
    page.reload()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    never_saves(page)
    write(page, "Title", "Kept nowhere")
    expect(state(page)).to_have_text(
        re.compile("not saved yet. This browser keeps no copy: leave the page open.", re.IGNORECASE)
    )
    page.reload()
    assert asked == ["beforeunload"]


def test_with_a_copy_nobody_is_asked(phone, draft):
    page = phone(draft, "answers")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    never_saves(page)
    write(page, "Title", "Kept")
    is_kept(page, IN_TAB)
    page.reload()
    assert asked == []


def test_words_that_are_too_long_for_the_browser_are_told_of(phone, draft):
    page = phone(draft, "answers")
    never_saves(page)
    page.evaluate("sessionStorage.setItem('filler', 'x'.repeat(5 * 1024 * 1024 - 20000))")
    write(page, "Text", "y" * 50_000)
    expect(state(page)).to_contain_text("Too long to be kept in this browser: leave the page open.")
    write(page, "Text", "short")
    expect(state(page)).to_contain_text("Kept in this tab.")


# Without a script


@pytest.mark.parametrize("step", STEPS)
def test_without_a_script_a_reload_sends_the_words_again(phone, draft, step):
    label, value, found = STEPS[step]
    page = phone(draft, step, javascript=False)
    expect(page.get_by_text("Your browser runs no scripts")).to_be_visible()
    write(page, label, value)
    cut(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("chrome-error://**")
    mend(page)
    page.reload()
    expect(page.get_by_text("Saved.")).to_be_visible()
    holds(page, label, value)
    assert found() == value


def test_without_a_script_two_windows_and_a_sign_in_lose_nothing(phone, draft, participant, sign_in):
    page = phone(draft, "answers", javascript=False)
    other = page.context.new_page()
    other.goto(address(draft))
    write(page, "Title", "First window")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    write(other, "Title", "Second window")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_role("alert")).to_contain_text("This draft was saved in another window")
    expect(other.get_by_text("First window")).to_be_visible()
    holds(other, "Title", "Second window")
    Session.objects.all().delete()
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_role("alert")).to_contain_text("You are signed out, so this is not saved yet.")
    holds(other, "Title", "Second window")
    sign_in(page, participant.email)
    page.wait_for_url("**/contributions/**")
    for _ in range(2):
        other.get_by_role("button", name="Save", exact=True).click()
        other.wait_for_load_state()
    expect(other.get_by_text("Saved.")).to_be_visible()
    assert revision().title == "Second window"
    assert Contribution.objects.count() == 1
