from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import Appearance
from .summary import Summary


class Approval(models.Model):
    """A chair's word that a summary may be published as it stood then; a text that has changed is not approved."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="approvals")
    appearance = models.ForeignKey(Appearance, verbose_name=_("chair"), on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "appearance", "digest"], name="approval_once_a_chair_and_text")
        ]

    def __str__(self):
        return f"{self.appearance.speaker}, {self.at:%Y-%m-%d}"
