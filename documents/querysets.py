from typing import Any, Self

from django.db.models import Q, QuerySet
from django.utils import timezone


class DocumentQuerySet(QuerySet):
    """Queries for documents. The app that owns a document checks access."""

    def unread(self) -> Self:
        """Return documents without text or without a clean copy: waiting, faulty, or read by an older version."""
        return self.filter(~Q(state="read") | Q(clean_copy=None))


class PictureQuerySet(QuerySet):
    """Queries for pictures. The app that owns a picture checks access."""

    def unready(self) -> Self:
        """Return pictures without renditions: waiting or faulty."""
        return self.exclude(state="ready")


class PartialUploadQuerySet(QuerySet):
    """Queries for uploads in pieces."""

    def sent_by(self, user: Any) -> Self:
        """Return the uploads of one person."""
        return self.filter(owner=user)

    def unfinished(self) -> Self:
        """Return the uploads that no app has accepted yet; they have a file."""
        return self.filter(finished_at=None)

    def expired(self) -> Self:
        """Return the uploads that have expired."""
        return self.filter(expires_at__lte=timezone.now())
