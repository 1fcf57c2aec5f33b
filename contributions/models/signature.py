from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .contribution import Contribution


class Signature(models.Model):
    """A letter that asks an organization whether it signs a contribution, and the answer.

    Which names are shown is kept with each revision (`Revision.confirmed_signers`). `digest` is that of the words and
    files that the organization confirmed last; after a correction it is asked again.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked, not yet confirmed")
        CONFIRMED = "confirmed", pgettext_lazy("a signature", "Confirmed")
        DECLINED = "declined", pgettext_lazy("a signature", "Declined")

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="signatures")
    name = models.CharField(_("organization"), max_length=300)
    address = models.EmailField(_("email address"))
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # of the link in the letter
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.ASKED)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["pk"]
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["contribution", "name"], name="signature_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("contributions:sign", args=[self.key])
