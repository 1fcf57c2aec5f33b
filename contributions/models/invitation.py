from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
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
    organization_name = models.CharField(_("organization"), max_length=300, blank=True)
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
    # Translators: when the letter with an invitation was last sent
    sent_at = models.DateTimeField(_("letter sent"), null=True, editable=False)
    # Translators: when an invitation was withdrawn
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
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
        constraints = [
            models.CheckConstraint(
                name="invitation_withdrawn_before_it_is_used",
                condition=models.Q(withdrawn_at=None) | models.Q(contribution=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_name or self.pk}: {self.call}"

    def get_absolute_url(self) -> str:
        return reverse("contributions:invitation", args=[self.secret])

    def clean(self) -> None:
        """Refuse an invitation to nobody, and a new one that would let nobody in."""
        if not (self.organization_name or self.email):
            raise ValidationError({"organization_name": _("Give an organization, an address, or both.")})
        if not self._state.adding or not self.call_id:
            return
        if not self.call.is_public:
            raise ValidationError(_("Publish the call first. Invitations do not work until then."))
        if self.is_past:
            raise ValidationError(_("The call has closed. Enter until when they may still submit."))

    @property
    def ends_at(self) -> datetime:
        """The moment at which it can no longer be used."""
        return max(self.call.closes_at, self.late_until or self.call.closes_at)

    @property
    def is_past(self) -> bool:
        """Whether its time is over."""
        return timezone.now() >= self.ends_at

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be used: it is not used, withdrawn or past."""
        return self.contribution_id is None and self.withdrawn_at is None and not self.is_past

    @property
    def can_be_extended(self) -> bool:
        """Whether a later end would be of use: it is not withdrawn, and its contribution was not sent."""
        sent = self.contribution is not None and self.contribution.submitted_at is not None
        return self.withdrawn_at is None and not sent

    @property
    def is_open(self) -> bool:
        """Whether a contribution that was begun with it may be submitted now."""
        return self.is_open_at(timezone.now())

    def is_open_at(self, moment: datetime) -> bool:
        """Return whether a contribution that was begun with it may be submitted if it arrives at a moment."""
        if not self.call.is_public or self.withdrawn_at:
            return False
        return self.call.is_open_at(moment) or (self.late_until is not None and moment < self.late_until)
