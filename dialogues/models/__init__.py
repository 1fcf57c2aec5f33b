from .consultation import Approval, Comment, QuoteAnswer
from .dialogue import Dialogue, Panel, ParticipationCount, Series, Sitting, Topic
from .people import Appearance, Organization, Quote, Speaker
from .publications import ExpectedDocument, NewsItem, Paper, PaperKind, Paragraph, Summary, SummaryReading
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
