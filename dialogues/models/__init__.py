from .dialogue import Dialogue, Panel, Sitting
from .paper import ExpectedDocument, Paper, PaperKind, ParticipationCount
from .people import Appearance, Organization, Speaker
from .publishable import Publishable
from .quote import Quote
from .series import Series, Topic
from .summary import Comment, Paragraph, Summary
from .transition import LogHead, Transition
from .watch import Watch

__all__ = [
    "Appearance",
    "Comment",
    "Dialogue",
    "ExpectedDocument",
    "LogHead",
    "Organization",
    "Panel",
    "Paper",
    "PaperKind",
    "Paragraph",
    "ParticipationCount",
    "Publishable",
    "Quote",
    "Series",
    "Sitting",
    "Speaker",
    "Summary",
    "Topic",
    "Transition",
    "Watch",
]
