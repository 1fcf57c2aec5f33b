"""The list of emails in the admin: what it shows to whom, and that it never shows their content."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from mail.models import Letter
from mail.tasks import drain
from tests import build
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db

LIST = "/admin/mail/letter/"


@pytest.fixture
def failed(queue, server):
    """An email that the server refused permanently."""
    (letter,) = queue(1, headers={"X-Private": "Hush"})
    server.behaves = {"rcpt": "550 5.1.1 to-1@example.org unknown"}
    drain(most=10)
    server.behaves = {}
    return letter


@pytest.fixture
def postmaster():
    """A user who may view emails but not accounts."""
    user = build.user("post@example.org", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_letter"))
    return user


def page(letter):
    return f"{LIST}{letter.pk}/change/"


def test_secretariat_sees_status_and_recipient_of_an_email(failed, browser_of, secretary):
    browser = browser_of(secretary)
    words = "recipients refused: 550 5.1.1", "Could not be sent", "to-1@example.org"
    assert shows(browser, LIST, *words)
    assert shows(browser, page(failed), *words)


def test_users_without_access_to_accounts_see_no_address(failed, browser_of, postmaster):
    browser = browser_of(postmaster)
    for address in (LIST, page(failed)):
        assert shows(browser, address, "recipients refused: 550 5.1.1")
        assert hides(browser, address, "to-1")


def test_content_of_an_email_is_neither_shown_nor_searched(failed, browser_of, secretary):
    browser = browser_of(secretary)
    for address in (LIST, page(failed)):
        assert hides(browser, address, "Subject 1", ">Body", "Hush")
    assert shows(browser, f"{LIST}?q={failed.message_id[1:20]}", "1 letter")
    for words in ("Subject", "to-1@example.org"):
        assert shows(browser, f"{LIST}?q={words}", "0 letters")
    for lookup in ("content__body__startswith=Body", "content__to__0=to-1@example.org", "content__contains=Body"):
        assert browser.get(f"{LIST}?{lookup}").status_code in (302, 400), lookup


def test_list_needs_the_permission(failed, browser_of, reviewer, client):
    assert browser_of(reviewer).get(LIST).status_code == 403
    assert client.get(LIST).status_code == 302


def test_emails_cannot_be_added_changed_or_deleted_in_the_admin(failed, browser_of, admin_user):
    browser = browser_of(admin_user)
    assert browser.get(f"{LIST}add/").status_code == 403
    assert browser.post(f"{LIST}{failed.pk}/delete/", {"post": "yes"}).status_code == 403
    before = Letter.objects.values().get()
    browser.post(page(failed), {"state": "sent", "message_id": "<x>", "error": ""})
    browser.post(LIST, {"action": "delete_selected", "_selected_action": [failed.pk], "post": "yes"})
    assert Letter.objects.values().get() == before


def act(browser, action, letter):
    return browser.post(LIST, {"action": action, "_selected_action": [letter.pk]}, follow=True).content.decode()


def test_secretariat_sends_an_email_again(failed, browser_of, secretary, server):
    assert "1 letter goes again." in act(browser_of(secretary), "send_again", failed)
    drain(most=10)
    assert server.ids() == [failed.message_id]


def test_secretariat_leaves_an_email_unsent(failed, browser_of, secretary, state_of):
    browser = browser_of(secretary)
    assert "1 letter stays unsent." in act(browser, "leave", failed)
    assert (state_of(failed)[0], failed.content) == ("left", None)
    assert "0 letters go again." in act(browser, "send_again", failed)


def test_view_permission_allows_no_decision(failed, browser_of, postmaster, state_of):
    for action in ("send_again", "leave"):
        act(browser_of(postmaster), action, failed)
    assert state_of(failed)[0] == "failed"


def test_admin_reports_unsent_emails_to_those_with_permission(failed, browser_of, secretary, reviewer, postmaster):
    for user in (secretary, postmaster):
        assert shows(browser_of(user), "/admin/", "1 letter could not be sent.", f"{LIST}?state__in=failed,unclear")
    assert hides(browser_of(reviewer), "/admin/", "could not be sent")
    assert shows(browser_of(secretary), f"{LIST}?state__in=failed,unclear", "1 letter")


def test_admin_counts_only_emails_that_may_have_been_sent(queue, browser_of, secretary):
    letters = queue(1, 2, 3, 4)
    assert hides(browser_of(secretary), "/admin/", "could not be sent", "has taken nothing")
    for letter in letters[:2]:
        Letter.objects.filter(pk=letter.pk).update(state="unclear", claimed_at=timezone.now())
    assert shows(browser_of(secretary), "/admin/", "2 letters could not be sent.")


def test_admin_reports_that_the_server_is_down(queue, server, browser_of, secretary, reviewer):
    queue(1)
    server.behaves = {"greeting": "421 busy"}
    drain(most=10)
    assert shows(browser_of(secretary), "/admin/", "The mail server has taken nothing since", "SMTPConnectError: 421")
    assert hides(browser_of(reviewer), "/admin/", "has taken nothing", "SMTPConnectError")
