"""The verbs of proceedings: what changes their state, each in one transaction, checked and logged."""

from .consulting import answer_quote, approve, share, take_over, withdraw_preview
from .moves import (
    Part,
    comment,
    demand,
    locked,
    log,
    log_each,
    publish,
    unpublish,
    write_paragraphs,
)
from .undoing import delete, forget_deletions, forget_history, forget_previews, restore

__all__ = [
    "Part",
    "answer_quote",
    "approve",
    "comment",
    "delete",
    "demand",
    "forget_deletions",
    "forget_history",
    "forget_previews",
    "locked",
    "log",
    "log_each",
    "publish",
    "restore",
    "share",
    "take_over",
    "unpublish",
    "withdraw_preview",
    "write_paragraphs",
]
