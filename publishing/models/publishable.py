from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .transition import KeptRelation, Transition


class Publishable(models.Model):
    """A record with a gate of its own. A workflow opens and closes the gate; no form does."""

    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False, db_index=True)
    transitions = KeptRelation(Transition)
    skip_history_when_saving: bool  # read by django-simple-history

    class Meta:
        abstract = True
        default_permissions = ["add", "change", "delete", "view", "publish"]

    def check_ready(self) -> None:
        """Raise ValidationError, with a sentence for staff, while something is missing to publish it."""

    def preview_recipients(self) -> models.QuerySet[Any] | None:
        """Return the records of the people that a preview may be given to by name; None if it is for anyone."""
        return None

    @property
    def is_published(self) -> bool:
        """Whether its own gate is open; whether anyone sees it also depends on its parents."""
        return self.published_at is not None
