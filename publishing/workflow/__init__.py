"""The moves that all published records share. Each checks, saves and logs in one transaction."""

from .deletion import delete, forget_deletions, forget_history, forget_notes, forget_previews, restore
from .moves import Part, locked, log, log_each, number_public_records, publish, require_permission, unpublish
from .previews import share, withdraw_preview

__all__ = [
    "Part",
    "delete",
    "forget_deletions",
    "forget_history",
    "forget_notes",
    "forget_previews",
    "locked",
    "log",
    "log_each",
    "number_public_records",
    "publish",
    "require_permission",
    "restore",
    "share",
    "unpublish",
    "withdraw_preview",
]
