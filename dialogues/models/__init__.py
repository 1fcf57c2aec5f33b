from .approval import Approval
from .dialogue import Dialogue, Panel, Sitting
from .document_alert import DocumentAlert
from .news import NewsItem
from .paper import ExpectedDocument, Paper, PaperKind, ParticipationCount
from .people import Appearance, Organization, Speaker
from .quote import Quote, QuoteAnswer
from .series import Series, Topic
from .summary import Comment, Paragraph, Summary, SummaryReading

__all__ = [
    "Appearance",
    "Approval",
    "Comment",
    "Dialogue",
    "DocumentAlert",
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
]
