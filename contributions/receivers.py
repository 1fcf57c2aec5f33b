"""Receivers of signals from the apps below."""

from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver

from accounts.signals import accounts_in_use
from dialogues.signals import paragraphs_written

from .models import Contribution
from .workflow import carry_over_reflections

State = Contribution.State
OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED)

paragraphs_written.connect(carry_over_reflections)


@receiver(accounts_in_use)
def filers_in_use(**kwargs: Any) -> QuerySet[Contribution, Any]:
    """Return the filers whose contribution is not decided yet: they still get letters about it."""
    return Contribution.objects.filter(state__in=OPEN, filer__isnull=False).values("filer")
