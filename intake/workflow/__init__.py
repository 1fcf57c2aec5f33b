"""The operations on batches and press releases."""

from .batches import (
    confirm,
    correct,
    delete_batch,
    delete_expired,
    leave_list_out,
    move_header,
    remove_row,
    resume_stalled,
    set_columns,
)
from .press import accept, find_existing, take_back
from .press_entries import (
    MeetingEntry,
    PersonEntry,
    PressRelease,
    QuoteEntry,
    RowKey,
    RowsRefusedError,
    TopicEntry,
)

__all__ = [
    "MeetingEntry",
    "PersonEntry",
    "PressRelease",
    "QuoteEntry",
    "RowKey",
    "RowsRefusedError",
    "TopicEntry",
    "accept",
    "confirm",
    "correct",
    "delete_batch",
    "delete_expired",
    "find_existing",
    "leave_list_out",
    "move_header",
    "remove_row",
    "resume_stalled",
    "set_columns",
    "take_back",
]
