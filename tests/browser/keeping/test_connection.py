"""Over a broken connection, nothing that was typed is lost, and the page always says what is saved."""

import pytest
from playwright.sync_api import expect

from contributions.models import Contribution, Revision
from tests.browser.waiting import until

from .pages import (
    IN_TAB,
    NOTHING,
    STEPS,
    TEXTS,
    address,
    cut,
    holds,
    in_window,
    is_kept,
    is_save,
    mend,
    never_saves,
    notice,
    revision,
    saves_again,
    state,
    write,
)


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
    expect(page.get_by_role("alert")).to_contain_text("Something needs your attention. What you wrote has been kept.")
    holds(page, "Title", "x" * 301)
    is_kept(page, IN_TAB)
    assert revision().answers.get().text == "Ships."


def test_before_sending_the_filer_learns_of_a_step_that_is_not_saved(phone, draft):
    Revision.objects.update(organization_name="Open Door", title="Ports", text="Words.")
    page = phone(draft, "answers")
    never_saves(page)
    write(page, "Title", "Ports and ships")
    is_kept(page, IN_TAB)
    page.goto(address(draft, "check"))
    expect(notice(page)).to_contain_text("Something you typed on these pages may not be saved yet")
    page.get_by_label("We agree that this contribution").check()
    page.get_by_role("button", name="Submit the contribution").click()
    expect(notice(page).get_by_role("group")).to_be_focused()
    assert Contribution.objects.get().state == "draft"
    notice(page).get_by_role("link", name="Your answers").click()
    holds(page, "Title", "Ports and ships")
    saves_again(page)
    expect(state(page)).to_contain_text("Saved:")
    page.goto(address(draft, "check"))
    page.get_by_label("We agree that this contribution").check()
    expect(notice(page)).to_have_text("")
    page.get_by_role("button", name="Submit the contribution").click()
    page.wait_for_url("**/receipt/")
    assert revision().title == "Ports and ships"


def test_on_a_slow_line_nothing_is_said_about_copies_before_the_script_for_them_has_come(phone, draft):
    page = phone(draft, "answers")
    never_saves(page)
    waiting = []
    page.route("**/draft-copies*.js", lambda route: waiting.append(route))
    page.reload(wait_until="commit")
    expect(state(page)).to_contain_text("Saved:")
    until(page, lambda: waiting)
    write(page, "Title", "Kept")
    expect(state(page)).to_have_text("Not saved yet.")
    waiting[0].continue_()
    expect(state(page)).to_have_text("Not saved yet. Kept in this tab.")
    is_kept(page, IN_TAB)


def test_a_link_to_another_step_saves_first(phone, draft):
    page = phone(draft, "who")
    write(page, "Organization", "Open Door")
    page.get_by_text("Step 1 of 5").click()
    page.get_by_role("link", name="How you will be named").click()
    page.wait_for_url("**/appear/")
    assert revision().organization_name == "Open Door"
    expect(notice(page)).to_have_text("")
    is_kept(page, NOTHING)


def test_a_press_without_an_answer_leaves_nothing_unsaved_on_a_page_that_is_saved(phone, draft):
    page = phone(draft, "appear")
    cut(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(state(page)).to_contain_text("not saved yet.")
    expect(state(page)).to_contain_text("Saved:")  # there was nothing to save
    page.get_by_label("Without any name").check()
    expect(state(page)).to_contain_text("not saved yet.")
    mend(page)
    expect(state(page)).to_contain_text("Saved:")
    assert revision().appear_as == "anonymous"
