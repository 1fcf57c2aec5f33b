from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .transition import KeptRelation, Transition


class Publishable(models.Model):
    """A record with a gate of its own. Only workflows open and close the gate, never a form."""

    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False, db_index=True)
    transitions = KeptRelation(Transition)
    skip_history_when_saving: bool  # read by django-simple-history

    class Meta:
        abstract = True
        default_permissions = ["add", "change", "delete", "view", "publish"]

    def check_ready(self) -> None:
        """Raise ValidationError, with a sentence for staff, if the record is not ready to be published."""

    def preview_recipients(self) -> models.QuerySet[Any] | None:
        """Return the records of the people that a preview may be given to by name, or None if it is for anyone."""
        return None

    @property
    def is_published(self) -> bool:
        """Whether its own gate is open; whether anyone sees it also depends on its parents."""
        return self.published_at is not None
