import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import PartialUploadQuerySet
from ..storage import upload_storage

KEPT_FOR = timedelta(hours=24)


def expiry() -> datetime:
    """Return when an upload that begins now expires."""
    return timezone.now() + KEPT_FOR


class PartialUpload(models.Model):
    """A file that is being uploaded in pieces. The size of its file tells how much has arrived; no column repeats it.

    When the owning app has accepted the file, the row stays until it expires, without the file and its metadata. It
    tells a sender whose connection broke before the last response that the file has arrived.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner"))
    purpose = models.CharField(
        _("purpose"), max_length=100, blank=True, help_text=_("What it is for, in words of the app that owns it.")
    )
    length = models.PositiveBigIntegerField(_("length"), help_text=_("In bytes, as its sender declared it."))
    original_name = models.CharField(_("original name"), max_length=255, blank=True)
    fields = models.JSONField(_("fields"), default=dict, blank=True, help_text=_("What was said with it."))
    file = models.FileField(_("file"), storage=upload_storage, editable=False)
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"), default=expiry)
    finished_at = models.DateTimeField(_("taken in at"), null=True, blank=True, editable=False)

    objects = PartialUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload under way")
        verbose_name_plural = _("uploads under way")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="finished_upload_says_nothing", condition=Q(finished_at=None) | Q(original_name="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def is_finished(self) -> bool:
        """Whether the owning app has accepted the file."""
        return self.finished_at is not None

    @property
    def is_expired(self) -> bool:
        """Whether the upload has expired, so that its sender must begin again."""
        return self.expires_at <= timezone.now()

    @property
    def offset(self) -> int:
        """The number of bytes that have arrived; raise FileNotFoundError if the file is lost."""
        return self.length if self.is_finished else self.file.size
