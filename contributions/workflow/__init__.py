"""Everything that can happen to a contribution. `moves` has the table of moves and the one function that makes them."""

from .corrections import Correction, FileCorrection, correct, import_correction, set_country
from .decisions import decide, require_decided
from .drafts import (
    attach,
    attach_document,
    begin,
    check_file_count,
    detach,
    discard,
    revise,
    save,
    set_file_bylines,
)
from .extensions import ask_for_time, decline_time, grant_time
from .held import HELD_DAYS, claim, delete_expired_held, hold, refuse_held
from .invitations import invite, redeem_invitation
from .looks import look
from .moves import MOVES, WrongStateError, is_possible
from .reflections import carry_over_reflections, confirm_reflection, dismiss_reflection
from .retention import delete_expired
from .review import (
    accept,
    add_note,
    assign,
    decline,
    publish,
    publish_due,
    request_changes,
    set_checklist,
    unpublish,
    withdraw,
)
from .submission import find_duplicate, has_content, import_contribution, submission_errors, submit

__all__ = [
    "HELD_DAYS",
    "MOVES",
    "Correction",
    "FileCorrection",
    "WrongStateError",
    "accept",
    "add_note",
    "ask_for_time",
    "assign",
    "attach",
    "attach_document",
    "begin",
    "carry_over_reflections",
    "check_file_count",
    "claim",
    "confirm_reflection",
    "correct",
    "decide",
    "decline",
    "decline_time",
    "delete_expired",
    "delete_expired_held",
    "detach",
    "discard",
    "dismiss_reflection",
    "find_duplicate",
    "grant_time",
    "has_content",
    "hold",
    "import_contribution",
    "import_correction",
    "invite",
    "is_possible",
    "look",
    "publish",
    "publish_due",
    "redeem_invitation",
    "refuse_held",
    "request_changes",
    "require_decided",
    "revise",
    "save",
    "set_checklist",
    "set_country",
    "set_file_bylines",
    "submission_errors",
    "submit",
    "unpublish",
    "withdraw",
]
