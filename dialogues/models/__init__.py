from .approval import Approval
from .deletion import Deletion
from .dialogue import Dialogue, Panel, Sitting
from .document_alert import DocumentAlert
from .news import NewsItem
from .paper import ExpectedDocument, Paper, PaperKind, ParticipationCount
from .people import Appearance, Organization, Speaker
from .preview import Guest, Preview
from .publishable import Publishable
from .quote import Quote, QuoteAnswer
from .series import Series, Topic
from .summary import Comment, Paragraph, Summary, SummaryReading
from .transition import LogHead, Transition

__all__ = [
    "Appearance",
    "Approval",
    "Comment",
    "Deletion",
    "Dialogue",
    "DocumentAlert",
    "ExpectedDocument",
    "Guest",
    "LogHead",
    "NewsItem",
    "Organization",
    "Panel",
    "Paper",
    "PaperKind",
    "Paragraph",
    "ParticipationCount",
    "Preview",
    "Publishable",
    "Quote",
    "QuoteAnswer",
    "Series",
    "Sitting",
    "Speaker",
    "Summary",
    "SummaryReading",
    "Topic",
    "Transition",
]
