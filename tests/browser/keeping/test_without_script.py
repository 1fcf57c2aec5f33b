"""Without a script, nothing is lost either, though more has to be done by hand."""

from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, expect

from contributions.models import Contribution

from .pages import STEPS, address, cut, holds, mend, revision, write


@pytest.mark.parametrize("step", STEPS)
def test_without_a_script_a_reload_sends_the_words_again(phone, draft, step):
    label, value, found = STEPS[step]
    page = phone(draft, step, javascript=False)
    expect(page.get_by_text("Scripts are switched off in your browser")).to_be_visible()
    write(page, label, value)
    cut(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("chrome-error://**")
    mend(page)
    page.reload()
    expect(page.get_by_text("Saved.")).to_be_visible()
    holds(page, label, value)
    assert found() == value


def test_without_a_script_who_went_back_goes_forward_and_sends_the_words(phone, draft):
    page = phone(draft, "answers", javascript=False)
    expect(page.get_by_text("If you have gone back, go forward first.")).to_be_visible()
    write(page, "Title", "Words on a poor line")
    cut(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("chrome-error://**")
    mend(page)
    page.go_back()
    with suppress(Error):  # the browser asks for a reload before it sends a form again
        page.go_forward()
    page.wait_for_url("chrome-error://**")
    page.reload()
    expect(page.get_by_text("Saved.")).to_be_visible()
    holds(page, "Title", "Words on a poor line")
    assert revision().title == "Words on a poor line"


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


def test_without_a_script_going_back_after_a_save_shows_what_was_saved(phone, draft):
    page = phone(draft, "answers", javascript=False)
    write(page, "Title", "Words of the morning")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="Files", level=1)).to_be_visible()
    page.go_back()
    holds(page, "Title", "Words of the morning")
