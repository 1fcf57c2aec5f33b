from .byline import AppearAs, Byline
from .call import AskedQuestion, Call, GuidingQuestion
from .contribution import Contribution
from .decision import Decision
from .extension import ExtensionRequest
from .held import HeldContribution
from .invitation import Invitation
from .letter import REACHABLE_STATES, CallLetter, Reminder
from .reflection import Reflection
from .review import Check, Look, Note
from .revision import Answer, Attachment, Revision
from .signature import Signature
from .team import Membership, Team, TeamInvitation

__all__ = [
    "REACHABLE_STATES",
    "Answer",
    "AppearAs",
    "AskedQuestion",
    "Attachment",
    "Byline",
    "Call",
    "CallLetter",
    "Check",
    "Contribution",
    "Decision",
    "ExtensionRequest",
    "GuidingQuestion",
    "HeldContribution",
    "Invitation",
    "Look",
    "Membership",
    "Note",
    "Reflection",
    "Reminder",
    "Revision",
    "Signature",
    "Team",
    "TeamInvitation",
]
