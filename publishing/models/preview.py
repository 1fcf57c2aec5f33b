from __future__ import annotations

import secrets
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_secret() -> str:
    """Return the part of a preview's address that cannot be guessed: 192 random bits."""
    return secrets.token_urlsafe(24)


class PreviewQuerySet(models.QuerySet[Any]):
    """Previews of drafts. A request without the secret of one of these sees no draft."""

    def open(self) -> Self:
        """Return those that have not expired."""
        return self.filter(expires_at__gt=timezone.now())

    def of(self, record: models.Model) -> Self:
        """Return those of one record."""
        kind = ContentType.objects.get_for_model(record)
        return self.filter(content_type=kind, object_id=record.pk)


class Preview(models.Model):
    """An address at which someone without an account can read one draft until it expires.

    `recipient` is the record of the person that the preview was given to by name, if any. It has a `name`, and decides
    what that person may do there.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    secret = models.CharField(max_length=64, unique=True, default=new_secret, editable=False)
    recipient_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    recipient_id = models.PositiveBigIntegerField(null=True, blank=True)
    recipient = GenericForeignKey("recipient_type", "recipient_id")
    email = models.EmailField(_("email address"), blank=True)
    language = models.CharField(
        _("language of the letter"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    # Digests of the secrets of the browsers in which it opens, if it is for one person (publishing/preview_access.py).
    readers = models.JSONField(default=list, editable=False)
    expires_at = models.DateTimeField(_("open until"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = PreviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"]),
            models.Index(fields=["recipient_type", "recipient_id"]),
        ]
        permissions = [("view_drafts", _("Can see what is not published"))]

    def __str__(self) -> str:
        return _("Preview of %(record)s") % {"record": self.record}

    def get_absolute_url(self) -> str:
        return reverse("publishing:preview", args=[self.secret])

    @property
    def is_open(self) -> bool:
        """Whether the address still works."""
        return timezone.now() < self.expires_at

    @property
    def recipient_name(self) -> str:
        """The name of the person it was given to, or an empty string."""
        return self.recipient.name if self.recipient else ""

    def is_given_to(self, record: models.Model) -> bool:
        """Return whether it was given to the person of `record`."""
        return self.recipient is not None and self.recipient == record


class Guest(AnonymousUser):
    """Someone who opened a preview. They are not signed in, but the gate lets them see that one draft."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview
