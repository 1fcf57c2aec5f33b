"""The operations on batches and press releases."""

from .batches import confirm, correct, delete_batch, delete_expired, remove_row, resume_stalled
from .press import (
    MeetingEntry,
    PersonEntry,
    PressRelease,
    QuoteEntry,
    RowKey,
    RowRefusedError,
    TopicEntry,
    accept,
    find_existing,
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
