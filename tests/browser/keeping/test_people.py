"""Who finds a copy, how long it stays, and how it ends."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from contributions.models import Revision
from tests import build
from tests.browser.face.conftest import enter

from .pages import (
    IN_TAB,
    KEPT,
    NOTHING,
    ON_DEVICE,
    REFUSED,
    address,
    cut,
    holds,
    is_kept,
    mend,
    never_saves,
    notice,
    revision,
    saves_again,
    state,
    write,
)


def test_a_copy_outlives_the_tab_only_on_the_filers_own_device(phone, draft):
    page = phone(draft, "answers")
    cut(page)
    write(page, "Title", "Kept")
    is_kept(page, IN_TAB)
    page.get_by_label("This is my own device").check()
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
    page.get_by_label("This is my own device").uncheck()
    is_kept(page, IN_TAB)
    holds(page, "Title", "Kept")


def test_a_copy_on_the_device_ends_after_a_day(phone, draft):
    page = phone(draft, "answers")
    page.get_by_label("This is my own device").check()
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
        page.get_by_label("This is my own device").check()
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
    assert not page.get_by_label("This is my own device").is_checked()
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
    page.get_by_label("This is my own device").check()
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
        page.get_by_role("button", name="Submit the contribution").click()  # asks once, because of the copy
        page.get_by_role("button", name="Submit the contribution").click()
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
        re.compile("not saved yet. This browser cannot keep a copy: leave the page open.", re.IGNORECASE)
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


def test_words_that_are_too_long_for_the_browser_are_announced(phone, draft):
    page = phone(draft, "answers")
    never_saves(page)
    page.evaluate("sessionStorage.setItem('filler', 'x'.repeat(5 * 1024 * 1024 - 20000))")
    write(page, "Text", "y" * 50_000)
    expect(state(page)).to_contain_text("Too long to be kept in this browser: leave the page open.")
    write(page, "Text", "short")
    expect(state(page)).to_contain_text("Kept in this tab.")
