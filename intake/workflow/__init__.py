"""The operations on batches and press releases."""

from .batches import confirm, correct, delete_batch, delete_expired, remove_row, resume_stalled
from .press import accept, find_existing
from .press_entries import (
    MeetingEntry,
    PersonEntry,
    PressRelease,
    QuoteEntry,
    RowKey,
    RowRefusedError,
    TopicEntry,
)

__all__ = [
    "MeetingEntry",
    "PersonEntry",
    "PressRelease",
    "QuoteEntry",
    "RowKey",
    "RowRefusedError",
    "TopicEntry",
    "accept",
    "confirm",
    "correct",
    "delete_batch",
    "delete_expired",
    "find_existing",
    "remove_row",
    "resume_stalled",
]
