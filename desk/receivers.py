"""Receivers of signals from the apps below."""

from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest

from intake.signals import release_accepted

from .undo import keys_of, offer


@receiver(release_accepted)
def offer_to_take_back(*, request: HttpRequest, created: list[Any], **kwargs: Any) -> None:
    """Offer for a minute to delete what a press release brought in."""
    if created:
        offer(request, "bring in", keys_of(created), form=request.POST.urlencode())
