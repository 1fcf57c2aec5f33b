"""Subscribe, confirm, unsubscribe, and email the owner of a subscription."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mail.letter import KINDS
from mail.sending import send_letter

from .models import Subscription

MAX_UNCONFIRMED = 3  # unconfirmed subscriptions of one kind for one address, which may belong to someone else
FORGET_UNCONFIRMED_AFTER = timedelta(days=7)

Describe = Callable[[Any], Mapping[str, str]]
_DESCRIPTIONS: dict[type[Subscription], Describe] = {}


def describes(model: type[Subscription]) -> Callable[[Describe], Describe]:
    """Register the function that returns the letter fields that describe a subscription of `model`; a decorator."""

    def add(function: Describe) -> Describe:
        _DESCRIPTIONS[model] = function
        return function

    return add


@transaction.atomic
def subscribe(model: type[Subscription], address: str, *, language: str, **wanted: Any) -> None:
    """Create a subscription of `model` for `address`, and email its owner a link to confirm it.

    `wanted` are the fields that say what the subscription is for. An address that already has the subscription, or has
    MAX_UNCONFIRMED unconfirmed ones, gets no email. Nothing is returned, so that no caller can tell the cases apart.
    """
    address = address.lower()
    if model.objects.unconfirmed().filter(address=address).count() >= MAX_UNCONFIRMED:
        return
    subscription, is_new = model.objects.get_or_create(address=address, **wanted, defaults={"language": language})
    if is_new:
        send_email(subscription, "confirm")


def confirm(subscription: Subscription) -> None:
    """Record that the owner of the address confirmed the subscription. A second confirmation changes nothing."""
    unconfirmed = type(subscription).objects.unconfirmed().filter(pk=subscription.pk)
    unconfirmed.update(confirmed_at=timezone.now())


def unsubscribe(subscription: Subscription) -> None:
    """Delete a subscription, and the address with it."""
    subscription.delete()


def forget_unconfirmed(model: type[Subscription]) -> None:
    """Delete the subscriptions of `model` that nobody confirmed within FORGET_UNCONFIRMED_AFTER."""
    model.objects.unconfirmed().filter(asked_at__lt=timezone.now() - FORGET_UNCONFIRMED_AFTER).delete()


def send_email(subscription: Subscription, name: str, values: Callable[[], Mapping[str, str]] = dict) -> None:
    """Queue the letter `<app>-<model>_<name>`; `values` returns the fields that it has besides those of its kind.

    The email has a link to unsubscribe in its text and, for mail programs, in its headers (RFC 2369 and RFC 8058).
    """

    def all_values() -> dict[str, str]:
        links = {"unsubscribe": subscription.leave_url, "confirm": subscription.confirm_url}
        return {**links, **_DESCRIPTIONS[type(subscription)](subscription), **values()}

    headers = {
        "List-Unsubscribe": f"<{subscription.leave_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    letter = KINDS[subscription.letter_name(name)]
    send_letter(letter, subscription.address, all_values, language=subscription.language, headers=headers)
