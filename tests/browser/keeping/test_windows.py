"""Of two windows, and of a copy and a newer draft, neither overwrites the other."""

from playwright.sync_api import expect

from contributions.models import Revision
from tests.browser.waiting import until

from .pages import (
    IN_TAB,
    KEPT,
    NOTHING,
    address,
    holds,
    is_kept,
    never_saves,
    notice,
    revision,
    saves_again,
    state,
    write,
)

SLOWLY = """() => {
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    crypto.subtle.encrypt = (...all) => new Promise(done => setTimeout(done, 300)).then(() => encrypt(...all));
}"""


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
    expect(notice(page)).to_contain_text("This browser kept other text that you typed here")
    holds(page, "Title", "Saved at the office")
    expect(page.locator("[data-notices] dd")).to_have_text("Typed in the train")
    page.get_by_role("button", name="Use the kept text").click()
    holds(page, "Title", "Typed in the train")
    expect(state(page)).to_contain_text("Saved:")
    assert revision().title == "Typed in the train"
    is_kept(page, NOTHING)


def test_a_copy_that_differs_from_the_draft_only_in_the_space_around_it_is_not_offered(phone, draft):
    page = phone(draft, "answers")
    never_saves(page)
    write(page, "Text", "\n\n  Saved, but the answer was lost.\n")
    is_kept(page, IN_TAB)
    saves_again(page)
    Revision.objects.update(text="Saved, but the answer was lost.")
    page.reload()
    is_kept(page, NOTHING)
    expect(notice(page)).to_have_text("")
    holds(page, "Text", "Saved, but the answer was lost.")


def test_a_press_before_the_newer_words_were_seen_replaces_nothing(phone, draft):
    page = phone(draft, "answers")
    Revision.objects.update(title="Saved at the office")
    write(page, "Title", "Typed in the train")
    expect(notice(page)).to_contain_text("This draft was saved in another window")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(notice(page).get_by_role("group")).to_be_focused()
    assert revision().title == "Saved at the office"
    is_kept(page, IN_TAB)
    page.reload()
    expect(notice(page)).to_contain_text("This browser kept other text")
    holds(page, "Title", "Saved at the office")
    page.get_by_role("button", name="Discard it").click()
    is_kept(page, NOTHING)
    write(page, "Title", "Decided")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(state(page)).to_contain_text("Saved:")
    assert revision().title == "Decided"


def test_words_that_are_discarded_while_they_are_being_copied_leave_no_copy(phone, draft):
    page = phone(draft, "answers")
    never_saves(page)
    write(page, "Title", "Typed in the train")
    write(page, "Text", "A second field, so that the form is emptied in two steps.")
    is_kept(page, IN_TAB)
    page.reload()
    expect(notice(page)).to_contain_text("It is back in the form")
    page.evaluate(SLOWLY)
    page.get_by_role("button", name="Discard it").click()
    expect(state(page)).to_contain_text("Saved:")
    page.wait_for_timeout(1000)  # for a copy that was begun before
    assert page.evaluate(KEPT) == NOTHING
    expect(state(page)).to_contain_text("Saved:")
    holds(page, "Title", "")


def test_other_window_says_that_the_draft_was_sent(phone, draft, participant):
    one = phone(draft, "answers")
    write(one, "Title", "What nine women told us")
    write(one, "Text", "They paid twice.")
    one.get_by_role("button", name="Save", exact=True).click()
    expect(state(one)).to_contain_text("Saved:")
    other = one.context.new_page()
    other.goto(address(draft))
    never_saves(other)
    write(other, "Title", "Typed in the other window")
    is_kept(other, IN_TAB)
    Revision.objects.update(organization_name="Open Door")
    one.goto(address(draft, "check"))
    one.get_by_label("We agree that").check()
    one.get_by_role("button", name="Submit the contribution").click()
    one.wait_for_url("**/receipt/")
    is_kept(other, NOTHING)
    saves_again(other)
    expect(state(other)).to_contain_text("You have submitted this contribution, so you cannot change it now.")
    holds(other, "Title", "Typed in the other window")
    assert revision().title == "What nine women told us"
