"""Ask for a subscription, confirm it, leave it, and write to its owner."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from .models import Subscription

MAX_UNCONFIRMED = 3  # subscriptions of one kind that an address may have unanswered; it may belong to someone else
FORGET_UNCONFIRMED_AFTER = timedelta(days=7)


@transaction.atomic
def ask(model: type[Subscription], address: str, *, language: str, **wanted: Any) -> None:
    """Create a subscription of `model` for `address` and send the letter that asks its owner to confirm.

    `wanted` are the fields that say what is asked for. An address that has the subscription already, or has
    MAX_UNCONFIRMED of them unanswered, gets no letter. Nothing is returned, so that no caller can tell which it was.
    """
    address = address.lower()
    if model.objects.unconfirmed().filter(address=address).count() >= MAX_UNCONFIRMED:
        return
    subscription, is_new = model.objects.get_or_create(address=address, **wanted, defaults={"language": language})
    if is_new:
        send_letter(subscription, "confirm")


def confirm(subscription: Subscription) -> None:
    """Note that the owner of the address confirmed it; a second confirmation changes nothing."""
    unconfirmed = type(subscription).objects.unconfirmed().filter(pk=subscription.pk)
    unconfirmed.update(confirmed_at=timezone.now())


def leave(subscription: Subscription) -> None:
    """Delete a subscription, and the address with it."""
    subscription.delete()


def forget_unconfirmed(model: type[Subscription]) -> None:
    """Delete the subscriptions of `model` that nobody confirmed within FORGET_UNCONFIRMED_AFTER."""
    model.objects.unconfirmed().filter(asked_at__lt=timezone.now() - FORGET_UNCONFIRMED_AFTER).delete()


def send_letter(subscription: Subscription, name: str, **context: Any) -> None:
    """Queue a letter from the template `<app>/letters/<model>_<name>.txt`, whose first line is the subject.

    The letter offers the way to leave in its text and, for mail programs, in its headers (RFC 2369 and RFC 8058).
    """
    context |= {"subscription": subscription, "base_url": settings.BASE_URL, "site_name": settings.SITE_NAME}
    with override(subscription.language):
        subject, body = render_to_string(subscription.letter_template(name), context).split("\n", 1)
    headers = {
        "List-Unsubscribe": f"<{subscription.leave_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    EmailMessage(subject.strip(), body.lstrip(), None, [subscription.address], headers=headers).send()
