"""Alerts by mail: asked for, confirmed by the owner of the address, sent once a day at most, and left in one click."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from . import queue
from .asked import Asked
from .letters import send_letter
from .models import Alert
from .query import find

MOST_UNCONFIRMED = 3  # letters to an address that nobody has answered yet; it may be a stranger's
FORGOTTEN_AFTER = timedelta(days=7)  # an address that was never confirmed
ONE_MAIL = timedelta(hours=23)  # a day, and some room for the hour at which the command runs
MOST_IN_A_MAIL = 20
LOOKED_AT = 100  # of the latest publications; of more than that in a day nobody is told one by one


@transaction.atomic
def ask(address, query, *, language):
    """Keep the wish and write to the address for its confirmation; say nothing of whether that was done before."""
    address = address.lower()
    if Alert.objects.filter(address=address, confirmed_at=None).count() >= MOST_UNCONFIRMED:
        return
    alert, new = Alert.objects.get_or_create(address=address, query=query, defaults={"language": language})
    if new:
        write(alert, "confirm")


@transaction.atomic
def confirm(alert):
    """From now on they hear of what is new."""
    if alert.confirmed_at is None:
        alert.confirmed_at = alert.told_at = timezone.now()
        alert.save()


def leave(alert):
    """Forget the address."""
    alert.delete()


def send_due():
    """Write to all who have not heard for a day and have something new to hear of; return how many letters went.

    While changes wait for the index nobody is told, for they would be told of less and never of the rest.
    """
    now = timezone.now()
    Alert.objects.filter(confirmed_at=None, asked_at__lt=now - FORGOTTEN_AFTER).delete()
    if queue.age():
        return 0
    return sum(tell(alert, now) for alert in Alert.objects.filter(told_at__lt=now - ONE_MAIL))


@transaction.atomic
def tell(alert, now):
    """Write one letter, unless there is nothing new; the letter and the note of it are kept or lost together."""
    with override(alert.language):
        results = find(Asked.of(QueryDict(alert.query)), per_page=LOOKED_AT, order="published")
        if results.is_unavailable or results.is_too_slow:
            return False
        new = [hit for hit in results.hits if alert.told_at < (published(hit) or alert.told_at) <= now]
        alert.told_at = now
        alert.save()
        if new:
            write(alert, "alert", hits=new[:MOST_IN_A_MAIL])
    return bool(new)


def published(hit):
    return getattr(hit.record, "published_at", None)


def write(alert, letter, **context):
    """Queue a letter to the owner of an alert, with the way to leave."""
    with override(alert.language):
        leave_at = settings.BASE_URL + reverse("search:alert-leave", args=[alert.key])
    context["alert"] = alert
    send_letter(f"search/letters/{letter}.txt", alert.address, alert.language, leave_at=leave_at, context=context)
