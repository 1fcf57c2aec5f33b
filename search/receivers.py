"""What search does when records change in the apps below it."""

from typing import Any

from django.dispatch import receiver

from publishing.signals import deleted_permanently

from .tasks import rebuild_index


@receiver(deleted_permanently)
def forget_words(sender: Any, **kwargs: Any) -> None:
    """Let the worker rebuild the index: the segments of an embedded one may still hold the words of a record."""
    rebuild_index.enqueue()
