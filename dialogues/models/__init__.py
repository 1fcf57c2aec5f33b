from .consultation import Approval, Comment, QuoteAnswer
from .dialogue import Dialogue, Panel, ParticipationCount, Series, Sitting, Topic
from .document_alert import DocumentAlert
from .news import NewsItem
from .people import Appearance, Organization, Quote, Speaker
from .photographs import Photograph
from .publications import ExpectedDocument, Paper, PaperKind, Paragraph, Summary, SummaryReading
from .recordings import Recording
from .statements import Statement

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
    "Photograph",
    "Quote",
    "QuoteAnswer",
    "Recording",
    "Series",
    "Sitting",
    "Speaker",
    "Statement",
    "Summary",
    "SummaryReading",
    "Topic",
]
