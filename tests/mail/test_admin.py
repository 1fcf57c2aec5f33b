"""The list of outgoing email in the admin: what it shows and to whom. It never shows the content."""

import pytest

from mail.models import OutgoingEmail
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db

LIST = "/admin/mail/outgoingemail/"


def page(email):
    return f"{LIST}{email.pk}/change/"


def test_the_secretariat_sees_the_state_and_the_recipients(failed, browser_of, secretary):
    browser = browser_of(secretary)
    words = "recipients refused: 550 5.1.1", "Could not be sent", "to-1@example.org"
    assert shows(browser, LIST, *words)
    assert shows(browser, page(failed), *words)


def test_the_page_of_an_email_has_nothing_to_save(failed, browser_of, secretary):
    assert hides(browser_of(secretary), page(failed), 'name="_save"', 'name="_continue"')
    assert hides(browser_of(secretary), LIST, 'name="action"')


def test_users_who_cannot_see_accounts_see_no_recipients(failed, browser_of, postmaster):
    browser = browser_of(postmaster)
    for address in (LIST, page(failed)):
        assert shows(browser, address, "recipients refused: 550 5.1.1")
        assert hides(browser, address, "to-1")


def test_content_can_be_neither_read_nor_searched(failed, browser_of, secretary):
    browser = browser_of(secretary)
    for address in (LIST, page(failed)):
        assert hides(browser, address, "Subject 1", ">Body", "Hush")
    assert shows(browser, f"{LIST}?q={failed.message_id[1:20]}", "1 letter")
    for words in ("Subject", "to-1@example.org"):
        assert shows(browser, f"{LIST}?q={words}", "0 letters")
    for lookup in ("content__body__startswith=Body", "content__to__0=to-1@example.org", "content__contains=Body"):
        assert browser.get(f"{LIST}?{lookup}").status_code in (302, 400), lookup


def test_the_list_needs_a_permission(failed, browser_of, reviewer, client):
    assert browser_of(reviewer).get(LIST).status_code == 403
    assert client.get(LIST).status_code == 302


def test_email_cannot_be_added_changed_or_deleted_in_the_admin(failed, browser_of, admin_user):
    browser = browser_of(admin_user)
    assert browser.get(f"{LIST}add/").status_code == 403
    assert browser.post(f"{LIST}{failed.pk}/delete/", {"post": "yes"}).status_code == 403
    before = OutgoingEmail.objects.values().get()
    browser.post(page(failed), {"state": "sent", "message_id": "<x>", "error": ""})
    browser.post(LIST, {"action": "delete_selected", "_selected_action": [failed.pk], "post": "yes"})
    assert OutgoingEmail.objects.values().get() == before
