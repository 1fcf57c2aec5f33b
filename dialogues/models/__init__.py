from .approval import Approval
from .dialogue import Dialogue, Panel, Sitting
from .news import NewsItem
from .paper import ExpectedDocument, Paper, PaperKind, ParticipationCount
from .people import Appearance, Organization, Speaker
from .quote import Quote, QuoteAnswer
from .series import Series, Topic
from .summary import Comment, Paragraph, Summary, SummaryReading
from .watch import Watch

__all__ = [
    "Appearance",
    "Approval",
    "Comment",
    "Dialogue",
    "ExpectedDocument",
    "NewsItem",
    "Organization",
    "Panel",
    "Paper",
    "PaperKind",
    "Paragraph",
    "ParticipationCount",
    "Quote",
    "QuoteAnswer",
    "Series",
    "Sitting",
    "Speaker",
    "Summary",
    "SummaryReading",
    "Topic",
    "Watch",
]
