from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.storage import private_storage, random_name

from ..querysets import HeldContributionQuerySet
from .byline import AppearAs
from .call import Call
from .revision import MAX_TEXT


class HeldContribution(models.Model):
    """A contribution that arrived before its call closed, from an address that is not proved.

    Nobody reads it. The owner of the address signs in and submits it, which then counts as received at `received_at`,
    or deletes it. After some days it is deleted.
    """

    key = models.UUIDField(unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="held_contributions")
    address = models.EmailField(_("your email address"))
    organization_name = models.CharField(_("organization"), max_length=300)
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")
    text = models.TextField(_("text"), blank=True, max_length=MAX_TEXT)
    appear_as = models.CharField(_("how it appears"), max_length=12, choices=AppearAs, default=AppearAs.ORGANIZATION)
    file = models.FileField(_("file"), storage=private_storage, upload_to=random_name, blank=True, editable=False)
    file_name = models.CharField(max_length=255, blank=True, editable=False)
    file_size = models.PositiveIntegerField(default=0, editable=False)  # bytes
    received_at = models.DateTimeField(_("received"), editable=False)

    objects = HeldContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("held contribution")
        verbose_name_plural = _("held contributions")
        ordering = ["received_at", "pk"]
        default_permissions = []  # nobody sees them but their sender

    def __str__(self) -> str:
        return str(self.key)
