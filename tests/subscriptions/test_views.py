"""The pages of each kind of subscription, as its owner, a mail scanner and a mail program use them."""

import uuid

import pytest
from django.core import mail
from django.test import Client

from tests import gate


def test_the_form_creates_a_subscription_and_sends_an_email(kind, client):
    assert gate.shows(client, kind.new_page, "Send confirmation email")
    response = client.post(kind.new_page, {"address": "Reader@example.org"})
    assert "Check your email" in response.content.decode()
    made = kind.model.objects.get()
    assert made.address == "reader@example.org"
    assert {name: getattr(made, name) for name in kind.wanted} == kind.wanted
    (email,) = mail.outbox
    assert kind.page(made, "confirm") in email.body


def test_the_form_does_not_reveal_whether_an_address_is_known(kind, client):
    kind.create()
    known, unknown = (
        client.post(kind.new_page, {"address": f"{name}@example.org"}).content for name in ("reader", "other")
    )
    assert known == unknown
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a@example.org\nBcc: b@example.org"])
def test_an_invalid_address_is_refused(kind, client, address):
    assert "errorlist" in client.post(kind.new_page, {"address": address}).content.decode()
    assert not kind.model.objects.exists()


def test_opening_the_links_of_an_email_changes_nothing(kind, client):
    subscription = kind.create()
    for action in ("confirm", "leave"):
        assert gate.hides(client, kind.page(subscription, action), "reader@example.org")
    assert kind.model.objects.get().confirmed_at is None


def test_the_button_confirms(kind, client):
    response = client.post(kind.page(kind.create(), "confirm"), follow=True)
    assert "Confirmed" in response.content.decode()
    assert kind.model.objects.get().confirmed_at


def test_one_click_unsubscribes_without_a_page_or_a_token(kind):
    mail_program = Client(enforce_csrf_checks=True)
    response = mail_program.post(kind.page(kind.create(), "leave"), {"List-Unsubscribe": "One-Click"})
    assert (response.status_code, response.content) == (204, b"")
    assert not kind.model.objects.exists()


def test_unsubscribing_twice_gets_the_same_response(kind, client):
    page = kind.page(kind.create(), "leave")
    for _ in range(2):
        assert kind.left in client.post(page).content.decode()
    assert not kind.model.objects.exists()


def test_an_unknown_key_confirms_nothing(kind, client):
    for key in (uuid.uuid4(), "unknown"):
        assert gate.is_absent(client, f"{kind.pages}{key}/confirm/")


def test_a_visitor_can_subscribe_ten_times_an_hour(kind, client):
    statuses = [
        client.post(kind.new_page, {"address": f"reader{number}@example.org"}).status_code for number in range(11)
    ]
    assert statuses == [200] * 10 + [429]
    assert len(mail.outbox) == 10
