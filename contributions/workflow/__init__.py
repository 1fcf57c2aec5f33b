"""What moves a contribution. The table and the one funnel stand in `moves`, the verbs beside it by who uses them."""

from .bringing import already_there, bring_in
from .filing import attach, attach_document, begin, demand_room, detach, discard, revise, save, show_files_as, submit
from .forgetting import forget
from .inviting import invite, take_up
from .moves import MOVES, WrongStateError
from .reflecting import carry_over, confirm_reflection, dismiss_reflection
from .review import accept, assign, check, decline, note, publish, publish_due, request_changes, unpublish, withdraw

__all__ = [
    "MOVES",
    "WrongStateError",
    "accept",
    "already_there",
    "assign",
    "attach",
    "attach_document",
    "begin",
    "bring_in",
    "carry_over",
    "check",
    "confirm_reflection",
    "decline",
    "demand_room",
    "detach",
    "discard",
    "dismiss_reflection",
    "forget",
    "invite",
    "note",
    "publish",
    "publish_due",
    "request_changes",
    "revise",
    "save",
    "show_files_as",
    "submit",
    "take_up",
    "unpublish",
    "withdraw",
]
