"""Numbers in public addresses (see `publishing.models.numbered`)."""

from typing import Any, cast

from django.apps import apps
from django.db import transaction

from ..models import NumberCounter, Numbered


@transaction.atomic
def number_public_records() -> None:
    """Give the next number of its kind to each record that is public and has none.

    Call it in the transaction that makes records public, after the move is logged. Moves wait for each other at the
    head of the log, so that of two simultaneous ones, such as of a dialogue and of its quote, the later sees both.
    """
    for model in apps.get_models():
        if issubclass(model, Numbered):
            _number(model)


def _number(model: type[Numbered]) -> None:
    waiting = cast("Any", model).objects.published().filter(number=None).order_by("published_at", "pk")
    if not waiting.exists():
        return
    NumberCounter.objects.get_or_create(kind=model._meta.label_lower)
    counter = NumberCounter.objects.select_for_update().get(kind=model._meta.label_lower)
    for pk in waiting.values_list("pk", flat=True):  # read again, now that no other process gives numbers
        counter.last += 1
        cast("Any", model).objects.filter(pk=pk).update(number=counter.last)
    counter.save()
