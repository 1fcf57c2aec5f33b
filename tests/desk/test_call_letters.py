"""The pages on which staff write to the filers of a call."""

import pytest
from django.core import mail

from contributions.models import CallLetter, Contribution
from tests import build
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db

WORDS = {"subject": "News of {call}", "body": "It closes on {end}."}


@pytest.fixture
def call(tasks_wait):
    return build.call(build.dialogue(), title="What have you seen?")


@pytest.fixture
def filers(call):
    """Two filers of the call, one of whom reads French."""
    people = [build.reachable_user(language=language) for language in ("en", "fr")]
    for person in people:
        build.contribution(call, by=person, state="submitted")
    mail.outbox.clear()
    return people


def address(call, *steps):
    return "/".join([f"/desk/dialogues/{call.dialogue_id}/letters", *map(str, steps), ""])


def begin(browser, call, **fields):
    """Begin a letter, and return the address of its page."""
    data = {**WORDS, "states": ["submitted"], "original_language": "en", "do": "save", **fields}
    return browser.post(address(call, "new", call.pk), data).headers["Location"]


def test_a_letter_is_begun_translated_and_sent(desk, call, filers):
    page = begin(desk, call)
    form = desk.get(page).context["form"]
    data = {**WORDS, "states": ["submitted"], "seen": form.initial["seen"]}
    french = {"subject_fr": "Nouvelles", "body_fr": "Fin : {end}."}
    answer = desk.post(page, {**data, **french, "do": "send"})
    assert answer.headers["Location"] == f"{page}send/"
    assert shows(desk, f"{page}send/", "Send this letter to 2 people?", "Nouvelles", "News of What have you seen?")
    assert mail.outbox == []
    answer = desk.post(f"{page}send/", {"total": "2"}, follow=True)
    assert "The letter is on its way to 2 people." in answer.content.decode()
    assert {email.to[0]: email.subject for email in mail.outbox} == {
        filers[0].email: "News of What have you seen?",
        filers[1].email: "Nouvelles",
    }


def test_a_second_click_sends_nothing_more(desk, call, filers):
    page = begin(desk, call)
    for _click in range(2):
        answer = desk.post(f"{page}send/", {"total": "2"}, follow=True)
    assert "This letter has already been sent." in answer.content.decode()
    assert len(mail.outbox) == 2


def test_a_letter_without_recipients_names_no_number_of_people(desk, call, filers):
    page = f"{begin(desk, call)}send/"
    assert shows(desk, page, "Send this letter to 2 people?")
    Contribution.objects.update(state="returned")
    assert shows(desk, page, "<h1>Send this letter?</h1>", "This letter has no recipients.")
    assert hides(desk, page, "0 people")


def test_no_page_shows_an_address(desk, call, filers):
    page = begin(desk, call)
    pages = [address(call), page, f"{page}send/"]
    for one in pages:
        assert hides(desk, one, *(person.email for person in filers))
    desk.post(f"{page}send/", {"total": "2"})
    for one in (address(call), page):
        assert hides(desk, one, *(person.email for person in filers))


def test_the_form_counts_those_who_can_be_written_to_in_each_state(desk, call, filers):
    build.contribution(call, by=build.user("unproved@example.org"), state="accepted")
    page = address(call, "new", call.pk)
    assert shows(
        desk, page, "Submitted, awaiting review (2\u00a0people)", "Accepted, not yet published (0\u00a0people)"
    )
    assert hides(desk, page, "Withdrawn (")


def test_a_withdrawn_contribution_cannot_be_chosen(desk, call):
    data = {**WORDS, "states": ["withdrawn"], "original_language": "en", "do": "save"}
    assert desk.post(address(call, "new", call.pk), data).status_code == 200
    assert not CallLetter.objects.exists()


def test_the_part_lists_letters_with_their_numbers(desk, call, filers):
    assert shows(desk, address(call), "No letters have been sent yet.", "Write a letter")
    page = begin(desk, call)
    assert shows(desk, address(call), "Not sent", "News of {call}")
    desk.post(f"{page}send/", {"total": "2"})
    html = desk.get(address(call)).content.decode()
    assert "Not sent" not in html
    assert "<td>2</td>" in html
    assert "Submitted, awaiting review" in html


def test_words_that_cannot_be_sent_are_refused_and_kept_in_the_form(desk, call):
    data = {
        **WORDS,
        "body": "It closes on {closing}.",
        "states": ["submitted"],
        "original_language": "en",
        "do": "save",
    }
    html = desk.post(address(call, "new", call.pk), data).content.decode()
    assert "This letter has no field {closing}." in html
    assert "It closes on {closing}." in html
    assert not CallLetter.objects.exists()


def test_half_a_translation_is_refused(desk, call):
    page = begin(desk, call)
    form = desk.get(page).context["form"]
    data = {**WORDS, "states": ["submitted"], "seen": form.initial["seen"], "subject_fr": "Nouvelles", "do": "save"}
    assert "This is empty." in desk.post(page, data).content.decode()
    assert CallLetter.objects.get().translations == {}
    assert "not a translation" not in desk.post(page, data).content.decode()


def test_a_test_goes_to_the_person_who_asks_in_each_written_language(desk, call, secretary, filers):
    page = begin(desk, call)
    form = desk.get(page).context["form"]
    french = {"subject_fr": "Nouvelles", "body_fr": "Fin : {end}."}
    data = {**WORDS, **french, "states": ["submitted"], "seen": form.initial["seen"], "do": "test"}
    desk.post(page, data)
    assert [email.to for email in mail.outbox] == [[secretary.email], [secretary.email]]
    assert CallLetter.objects.get().sent_at is None


def test_words_that_someone_else_saved_meanwhile_are_not_overwritten_unseen(desk, call):
    page = begin(desk, call)
    seen = desk.get(page).context["form"].initial["seen"]
    CallLetter.objects.update(translations={"fr": {"subject": "Nouvelles", "body": "{end}"}})
    data = {**WORDS, "states": ["submitted"], "seen": seen, "do": "save"}
    assert "Someone else saved this" in desk.post(page, data).content.decode()
    assert CallLetter.objects.get().translations


def test_a_sent_letter_is_shown_as_it_was_written_even_if_its_call_is_hidden(desk, call, filers):
    page = begin(desk, call)
    desk.post(f"{page}send/", {"total": "2"})
    type(call).objects.filter(pk=call.pk).update(published_at=None, title="Another title")
    assert shows(desk, page, "As it was written", "News of {call}", "sent to 2 people")
    assert hides(desk, page, "Save and preview", "Discard")
    assert desk.get(f"{page}send/").status_code == 404


def test_a_letter_is_discarded(desk, call):
    page = begin(desk, call)
    desk.post(page, {"do": "discard"})
    assert not CallLetter.objects.exists()
    assert desk.get(page).status_code == 404


def test_a_letter_of_another_dialogue_is_not_found(desk, call):
    page = begin(desk, call)
    other = build.call()
    assert desk.get(page.replace(f"/{call.dialogue_id}/", f"/{other.dialogue_id}/")).status_code == 404
    assert desk.get(address(call, "new", other.pk)).status_code == 404


def test_reviewers_neither_see_nor_send_letters(browser_of, reviewer, call, filers):
    letter = build.call_letter(call)
    browser = browser_of(reviewer)
    for one in (address(call), address(call, letter.pk), address(call, letter.pk, "send")):
        assert browser.get(one).status_code == 403
        assert browser.post(one, {"total": "2", "do": "save"}).status_code in (403, 405)
    assert hides(browser, f"/desk/dialogues/{call.dialogue_id}/", "letters/")
    assert mail.outbox == []
