from django.db.models import Q, QuerySet
from django.utils import timezone


class DocumentQuerySet(QuerySet):
    """Reads documents; whether somebody may see one is its owner's question."""

    def unread(self):
        """Documents whose text or clean copy is not there: still waiting, found faulty, or of an older portal."""
        return self.filter(~Q(state="read") | Q(clean_copy=None))


class PictureQuerySet(QuerySet):
    """Reads pictures; whether somebody may see one is its owner's question."""

    def unready(self):
        """Pictures without renditions: still waiting, or found faulty."""
        return self.exclude(state="ready")

    def with_renditions(self):
        """Pictures with their renditions at hand, in two queries however many there are."""
        return self.prefetch_related("renditions")


class PartialUploadQuerySet(QuerySet):
    """Reads uploads under way."""

    def sent_by(self, user):
        """What this person sends, and nobody else's."""
        return self.filter(owner=user)

    def unfinished(self):
        """Those that no app has taken in: they have a file."""
        return self.filter(finished_at=None)

    def expired(self):
        """Those that are given up."""
        return self.filter(expires_at__lte=timezone.now())
