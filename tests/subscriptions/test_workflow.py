"""Subscribing, confirming, unsubscribing and forgetting, for each kind of subscription."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from subscriptions import workflow

ADDRESS = "reader@example.org"


def subscribe(kind, /, **wanted):
    workflow.subscribe(kind.model, ADDRESS, language="en", **{**kind.wanted, **wanted})


def test_subscribe_creates_an_unconfirmed_subscription_and_sends_one_email(kind):
    workflow.subscribe(kind.model, "Reader@Example.org", language="fr", **kind.wanted)
    made = kind.model.objects.get()
    assert (made.address, made.language, made.confirmed_at) == (ADDRESS, "fr", None)
    assert {name: getattr(made, name) for name in kind.wanted} == kind.wanted
    (email,) = mail.outbox
    assert email.to == [ADDRESS]
    assert f"{settings.BASE_URL}/fr{kind.page(made, 'confirm')}" in email.body


@pytest.mark.parametrize("confirmed_at", [None, timezone.now()])
def test_subscribe_again_sends_nothing(kind, confirmed_at):
    kind.create(confirmed_at=confirmed_at)
    subscribe(kind)
    assert kind.model.objects.count() == 1
    assert mail.outbox == []


def test_an_address_has_a_limited_number_of_unconfirmed_subscriptions(kind):
    for number in range(workflow.MAX_UNCONFIRMED):
        kind.create(**kind.wanted | {list(kind.wanted)[-1]: f"{number}"})
    subscribe(kind)
    assert kind.model.objects.count() == workflow.MAX_UNCONFIRMED
    assert mail.outbox == []


def test_confirmed_subscriptions_and_other_addresses_do_not_count_towards_the_limit(kind):
    for number in range(workflow.MAX_UNCONFIRMED):
        fields = {list(kind.wanted)[-1]: f"{number}"}
        kind.create(**fields, confirmed_at=timezone.now())
        kind.create(**fields, address="other@example.org")
    subscribe(kind)
    assert len(mail.outbox) == 1


def test_subscribe_to_something_else_sends_another_email(kind):
    subscribe(kind)
    subscribe(kind, **kind.other)
    assert kind.model.objects.count() == len(mail.outbox) == 2


def test_confirm_keeps_the_time_of_the_first_confirmation(kind):
    subscription = kind.create()
    workflow.confirm(subscription)
    subscription.refresh_from_db()
    first = subscription.confirmed_at
    assert first
    workflow.confirm(subscription)
    subscription.refresh_from_db()
    assert subscription.confirmed_at == first


def test_unsubscribe_deletes_the_address(kind):
    kept = kind.create(address="other@example.org")
    workflow.unsubscribe(kind.create())
    assert list(kind.model.objects.all()) == [kept]


def test_unconfirmed_subscriptions_are_forgotten_after_a_week(kind):
    old, new, confirmed = (
        kind.create(address="old@example.org"),
        kind.create(address="new@example.org"),
        kind.create(address="confirmed@example.org", confirmed_at=timezone.now()),
    )
    long_ago = timezone.now() - workflow.FORGET_UNCONFIRMED_AFTER - timedelta(minutes=1)
    kind.model.objects.exclude(pk=new.pk).update(asked_at=long_ago)
    workflow.forget_unconfirmed(kind.model)
    assert list(kind.model.objects.all()) == [new, confirmed]
    assert old not in kind.model.objects.all()


def test_an_email_offers_one_click_unsubscribe(kind):
    subscribe(kind)
    (email,) = mail.outbox
    leave_url = f"{settings.BASE_URL}{kind.page(kind.model.objects.get(), 'leave')}"
    assert email.extra_headers == {
        "List-Unsubscribe": f"<{leave_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
