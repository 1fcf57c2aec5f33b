"""Subscribe, confirm, unsubscribe, and email the owner of a subscription."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from .models import Subscription

MAX_UNCONFIRMED = 3  # unconfirmed subscriptions of one kind for one address, which may belong to someone else
FORGET_UNCONFIRMED_AFTER = timedelta(days=7)


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


def send_email(subscription: Subscription, name: str, **context: Any) -> None:
    """Queue an email from the template `<app>/letters/<model>_<name>.txt`, whose first line is the subject.

    The email has a link to unsubscribe in its text and, for mail programs, in its headers (RFC 2369 and RFC 8058).
    """
    context |= {"subscription": subscription, "base_url": settings.BASE_URL, "site_name": settings.SITE_NAME}
    with override(subscription.language):
        subject, body = render_to_string(subscription.email_template(name), context).split("\n", 1)
    headers = {
        "List-Unsubscribe": f"<{subscription.leave_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    EmailMessage(subject.strip(), body.lstrip(), None, [subscription.address], headers=headers).send()
