from .consultation import Approval, Comment, QuoteAnswer
from .dialogue import Dialogue, Panel, ParticipationCount, Series, Sitting, Topic
from .document_alert import DocumentAlert
from .people import Appearance, Organization, Quote, Speaker
from .publications import ExpectedDocument, NewsItem, Paper, PaperKind, Paragraph, Summary, SummaryReading

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
