"""Everything that can happen to a contribution. `moves` has the table of moves and the one function that makes them."""

from .corrections import Correction, FileCorrection, correct, import_correction, set_country
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
from .invitations import invite, redeem_invitation
from .letters import (
    discard_letter,
    filled_words,
    language_counts,
    letter_faults,
    recipient_counts,
    recipients_of,
    send_to_filers,
    write_letter,
)
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
from .submission import find_duplicate, import_contribution, submission_errors, submit

__all__ = [
    "MOVES",
    "Correction",
    "FileCorrection",
    "WrongStateError",
    "accept",
    "add_note",
    "assign",
    "attach",
    "attach_document",
    "begin",
    "carry_over_reflections",
    "check_file_count",
    "confirm_reflection",
    "correct",
    "decline",
    "delete_expired",
    "detach",
    "discard",
    "discard_letter",
    "dismiss_reflection",
    "filled_words",
    "find_duplicate",
    "import_contribution",
    "import_correction",
    "invite",
    "is_possible",
    "language_counts",
    "letter_faults",
    "look",
    "publish",
    "publish_due",
    "recipient_counts",
    "recipients_of",
    "redeem_invitation",
    "request_changes",
    "revise",
    "save",
    "send_to_filers",
    "set_checklist",
    "set_country",
    "set_file_bylines",
    "submission_errors",
    "submit",
    "unpublish",
    "withdraw",
    "write_letter",
]
