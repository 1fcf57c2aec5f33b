from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from text.localized import lazy_zone_city

from ..querysets import InvitationQuerySet
from .call import Call


def new_secret() -> str:
    """Return the part of an invitation's address that cannot be guessed: 192 random bits."""
    return secrets.token_urlsafe(24)


class Invitation(models.Model):
    """A link that lets one organization contribute once: to a call by invitation, or after a call has closed."""

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="invitations")
    organization_name = models.CharField(_("organization"), max_length=300)
    email = models.EmailField(
        _("email address"), blank=True, help_text=_("The link is sent there; without one, copy it and pass it on.")
    )
    language = models.CharField(
        _("language of the letter"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    late_until = models.DateTimeField(
        _("late until"),
        null=True,
        blank=True,
        help_text=format_lazy(_("{city} time. Lets them in after the call has closed."), city=lazy_zone_city()),
    )
    secret = models.CharField(max_length=64, unique=True, default=new_secret, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Translators: when an invitation was made
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    contribution = models.OneToOneField(
        "contributions.Contribution",
        verbose_name=_("used for"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="invitation",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organization_name}: {self.call}"

    def get_absolute_url(self) -> str:
        return reverse("contributions:invitation", args=[self.secret])

    @property
    def is_open(self) -> bool:
        """Whether a contribution that was begun with it may be submitted now."""
        return self.is_open_at(timezone.now())

    def is_open_at(self, moment: datetime) -> bool:
        """Return whether a contribution that was begun with it may be submitted if it arrives at a moment."""
        if not self.call.is_public:
            return False
        return self.call.is_open_at(moment) or (self.late_until is not None and moment < self.late_until)
