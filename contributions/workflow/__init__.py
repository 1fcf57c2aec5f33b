"""Everything that can happen to a contribution. `moves` has the table of moves and the one function that makes them."""

from .confirmations import revision_to_sign
from .corrections import Correction, FileCorrection, correct, import_correction, set_country
from .decisions import decide, undecided_errors
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
from .held_files import turn_into_pictures
from .invitations import (
    Invitee,
    already_invited,
    invitation_words,
    invite,
    invite_all,
    redeem_invitation,
    send_again,
    withdraw_invitations,
)
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
from .signatures import CLOSED as UNSIGNABLE
from .signatures import answer_signature, ask_signer, confirm_signers
from .submission import find_duplicate, has_content, import_contribution, submission_errors, submit
from .teams import (
    accept_team_invitation,
    invite_to_team,
    make_team,
    remove_from_team,
    revoke_team_invitation,
    share_with_team,
)

__all__ = [
    "HELD_DAYS",
    "MOVES",
    "UNSIGNABLE",
    "Correction",
    "FileCorrection",
    "Invitee",
    "WrongStateError",
    "accept",
    "accept_team_invitation",
    "add_note",
    "already_invited",
    "answer_signature",
    "ask_for_time",
    "ask_signer",
    "assign",
    "attach",
    "attach_document",
    "begin",
    "carry_over_reflections",
    "check_file_count",
    "claim",
    "confirm_reflection",
    "confirm_signers",
    "correct",
    "decide",
    "decline",
    "decline_time",
    "delete_expired",
    "delete_expired_held",
    "detach",
    "discard",
    "discard_letter",
    "dismiss_reflection",
    "filled_words",
    "find_duplicate",
    "grant_time",
    "has_content",
    "hold",
    "import_contribution",
    "import_correction",
    "invitation_words",
    "invite",
    "invite_all",
    "invite_to_team",
    "is_possible",
    "language_counts",
    "letter_faults",
    "look",
    "make_team",
    "publish",
    "publish_due",
    "recipient_counts",
    "recipients_of",
    "redeem_invitation",
    "refuse_held",
    "remove_from_team",
    "request_changes",
    "revise",
    "revision_to_sign",
    "revoke_team_invitation",
    "save",
    "send_again",
    "send_to_filers",
    "set_checklist",
    "set_country",
    "set_file_bylines",
    "share_with_team",
    "submission_errors",
    "submit",
    "turn_into_pictures",
    "undecided_errors",
    "unpublish",
    "withdraw",
    "withdraw_invitations",
    "write_letter",
]
