"""Notes each move beside the backups once it is committed."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from publishing.models import Transition
from publishing.signals import logged

from . import takedowns


def note_moves(entries: Sequence[Transition], **kwargs: Any) -> None:
    """Note moves when they are committed. If that fails, the moves stand, and a chore or the next backup notes them."""
    if settings.BACKUP_DIR:
        transaction.on_commit(lambda: takedowns.note(entries), robust=True)


logged.connect(note_moves)
