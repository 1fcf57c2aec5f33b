from typing import Any


class NoLogEntriesMixin:
    """Admin pages that write no `LogEntry`, because their records are deleted later but the entries would keep names.

    The log of moves, which holds no names, says what happened to a record.
    """

    def log_addition(self, request: Any, obj: Any, message: Any) -> Any:
        """Write nothing."""

    def log_change(self, request: Any, obj: Any, message: Any) -> Any:
        """Write nothing."""

    def log_deletions(self, request: Any, queryset: Any) -> Any:
        """Write nothing."""
