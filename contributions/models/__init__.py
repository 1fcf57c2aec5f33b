from .byline import AppearAs, Byline
from .call import Call, GuidingQuestion
from .contribution import Contribution
from .invitation import Invitation
from .letter import REACHABLE_STATES, CallLetter, Reminder
from .reflection import Reflection, is_similar
from .review import Check, Look, Note
from .revision import Answer, Attachment, Revision

__all__ = [
    "REACHABLE_STATES",
    "Answer",
    "AppearAs",
    "Attachment",
    "Byline",
    "Call",
    "CallLetter",
    "Check",
    "Contribution",
    "GuidingQuestion",
    "Invitation",
    "Look",
    "Note",
    "Reflection",
    "Reminder",
    "Revision",
    "is_similar",
]
