from .retention import delete_idle, delete_unproved, forget_sessions
from .second_factor import note_factor_added, note_factor_removed, reset_second_factor

__all__ = [
    "delete_idle",
    "delete_unproved",
    "forget_sessions",
    "note_factor_added",
    "note_factor_removed",
    "reset_second_factor",
]
