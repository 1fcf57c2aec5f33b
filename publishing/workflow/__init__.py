"""The moves that all published records share. Each checks, saves and logs in one transaction."""

from .deletion import delete, forget_deletions, forget_history, forget_notes, forget_previews, merger_of, restore
from .moves import (
    TIME_TO_UNDO,
    Part,
    locked,
    log,
    log_each,
    number_public_records,
    publish,
    require_permission,
    save_with_history,
    unpublish,
)
from .previews import share, withdraw_preview
from .site_texts import use_default_text, write_site_text

__all__ = [
    "TIME_TO_UNDO",
    "Part",
    "delete",
    "forget_deletions",
    "forget_history",
    "forget_notes",
    "forget_previews",
    "locked",
    "log",
    "log_each",
    "merger_of",
    "number_public_records",
    "publish",
    "require_permission",
    "restore",
    "save_with_history",
    "share",
    "unpublish",
    "use_default_text",
    "withdraw_preview",
    "write_site_text",
]
