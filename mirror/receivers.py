"""Renews the copy after each change of something that public pages show."""

from typing import Any

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver

from publishing.models import PublicChange

from .tasks import renew_mirror


@receiver(post_save, sender=PublicChange)
def renew(**kwargs: Any) -> None:
    """Enqueue the renewal in the transaction of the change."""
    if settings.MIRROR_DIR:
        renew_mirror.enqueue()
