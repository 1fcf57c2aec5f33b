"""The page of the desk for letters that could not be sent: what it shows and to whom, and what staff decide there."""

import pytest
from django.utils import timezone

from mail.models import OutgoingEmail
from mail.tasks import drain
from tests.gate import hides, is_absent, shows

pytestmark = pytest.mark.django_db

PAGE = "/desk/letters/undelivered/"


def decide(browser, verb, *emails):
    return browser.post(PAGE, {"letter": [email.pk for email in emails], verb: "1"}, follow=True).content.decode()


def test_the_page_says_what_failed_why_and_for_whom_and_nothing_that_it_says(failed, browser_of, secretary):
    browser = browser_of(secretary)
    words = "Could not be sent", "recipients refused: 550 5.1.1", "to-1@example.org", failed.message_id.strip("<>")
    assert shows(browser, PAGE, *words, "Send the chosen letters again", "Leave the chosen letters unsent")
    assert hides(browser, PAGE, "Subject 1", ">Body", "Hush")


def test_users_who_cannot_see_accounts_see_no_recipients_and_decide_nothing(failed, browser_of, postmaster, state_of):
    browser = browser_of(postmaster)
    assert shows(browser, PAGE, "recipients refused: 550 5.1.1")
    assert hides(
        browser, PAGE, "to-1", "Send the chosen letters again", "Leave the chosen letters unsent", 'type="checkbox"'
    )
    for verb in ("again", "leave"):
        assert browser.post(PAGE, {"letter": failed.pk, verb: "1"}).status_code == 403
    assert state_of(failed)[0] == "failed"


def test_the_page_needs_a_permission(failed, browser_of, reviewer, participant, client):
    assert browser_of(reviewer).get(PAGE).status_code == 403
    assert is_absent(browser_of(participant), PAGE)
    assert client.get(PAGE).status_code == 302


def test_a_letter_is_sent_again(failed, desk, server):
    assert "1 letter will be sent again." in decide(desk, "again", failed)
    assert hides(desk, PAGE, failed.message_id.strip("<>"))
    drain(limit=10)
    assert server.ids() == [failed.message_id]


def test_a_letter_is_left_unsent(failed, desk, state_of):
    assert "1 letter will not be sent." in decide(desk, "leave", failed)
    assert (state_of(failed)[0], failed.content) == ("discarded", None)
    assert "0 letters will be sent again." in decide(desk, "again", failed)


def test_only_the_ticked_letters_are_decided_on(queue, desk, state_of):
    first, second, waits = queue(1, 2, 3)
    OutgoingEmail.objects.filter(pk__in=[first.pk, second.pk]).update(state="unclear", claimed_at=timezone.now())
    assert shows(desk, PAGE, "May have been sent", "to-1@example.org", "to-2@example.org")
    assert hides(desk, PAGE, "to-3@example.org")
    assert "Tick at least one." in decide(desk, "leave")
    assert "1 letter will not be sent." in decide(desk, "leave", second, waits)
    assert [state_of(email)[0] for email in (first, second, waits)] == ["unclear", "discarded", "waiting"]


def test_the_first_page_of_the_desk_leads_to_the_page(failed, browser_of, secretary, reviewer, postmaster):
    for user in (secretary, postmaster):
        assert shows(browser_of(user), "/desk/", "1 letter could not be sent.", f'href="{PAGE}"')
    assert hides(browser_of(reviewer), "/desk/", "could not be sent", PAGE)


def test_the_first_page_of_the_desk_counts_unclear_email_only(queue, browser_of, secretary):
    emails = queue(1, 2, 3, 4)
    assert hides(browser_of(secretary), "/desk/", "could not be sent", "has accepted nothing")
    for email in emails[:2]:
        OutgoingEmail.objects.filter(pk=email.pk).update(state="unclear", claimed_at=timezone.now())
    assert shows(browser_of(secretary), "/desk/", "2 letters could not be sent.")


def test_the_first_page_of_the_desk_reports_an_outage(queue, server, browser_of, secretary, reviewer):
    queue(1)
    server.behaves = {"greeting": "421 busy"}
    drain(limit=10)
    assert shows(browser_of(secretary), "/desk/", "The mail server has accepted nothing since", "SMTPConnectError: 421")
    assert hides(browser_of(reviewer), "/desk/", "has accepted nothing", "SMTPConnectError")


def test_an_empty_list_says_so(desk):
    assert shows(desk, PAGE, "Every letter was sent, or waits to be.")
