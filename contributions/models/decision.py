from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .revision import Revision


class Decision(models.Model):
    """What a sender decided about something that the screening found in a revision (`screening.doubts`).

    `key` identifies what was found. It stays the same while the words are the same.
    """

    class Choice(models.TextChoices):
        STAYS = "stays", _("This may stay")
        CHANGES = "changes", _("I will change it")

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="decisions")
    key = models.CharField(max_length=32)
    choice = models.CharField(_("decision"), max_length=7, choices=Choice)
    at = models.DateTimeField(_("when"), auto_now=True)

    class Meta:
        verbose_name = _("decision of a sender")
        verbose_name_plural = _("decisions of senders")
        ordering = ["pk"]
        default_permissions = []  # nobody edits them
        constraints = [models.UniqueConstraint(fields=["revision", "key"], name="decision_once")]

    def __str__(self) -> str:
        return f"{self.revision}: {self.get_choice_display()}"
