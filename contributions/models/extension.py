from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .call import Call
from .contribution import Contribution

MAX_REASON = 2_000  # characters


class ExtensionRequest(models.Model):
    """Somebody asks for more time after a call has closed: for a draft, or to begin one."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Awaiting an answer")
        # Translators: more time was granted
        GRANTED = "granted", pgettext_lazy("more time", "Granted")
        DECLINED = "declined", pgettext_lazy("more time", "Declined")

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="extension_requests")
    filer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.CASCADE,
        related_name="extension_requests",
    )
    contribution = models.ForeignKey(
        Contribution, null=True, editable=False, on_delete=models.CASCADE, related_name="extension_requests"
    )
    organization_name = models.CharField(_("organization"), max_length=300)
    reason = models.TextField(_("reason"), max_length=MAX_REASON)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING, editable=False)
    until = models.DateTimeField(_("more time until"), null=True, editable=False)
    answer = models.TextField(_("message"), blank=True, max_length=MAX_REASON, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    class Meta:
        verbose_name = _("request for more time")
        verbose_name_plural = _("requests for more time")
        ordering = ["asked_at", "pk"]
        default_permissions = []  # those who may invite answer them
        constraints = [
            models.UniqueConstraint(
                fields=["call", "filer"], condition=models.Q(state="waiting"), name="extension_asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="granted") | models.Q(until__isnull=False), name="extension_granted_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_name}: {self.call}"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered it."""
        return self.state == self.State.WAITING
