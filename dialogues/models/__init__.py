from .consultation import Approval, Comment, QuoteAnswer
from .dialogue import Dialogue, Panel, ParticipationCount, Series, Sitting, Topic
from .document_alert import DocumentAlert
from .news import NewsItem
from .paragraphs import Paragraph
from .people import Appearance, Organization, Quote, Speaker
from .photographs import Photograph
from .publications import ExpectedDocument, Paper, PaperKind, Summary, SummaryReading
from .recommendations import FollowUp, FollowUpKind, Recommendation, RecommendationKind
from .recordings import Recording
from .statements import Statement
from .summary_pdfs import SummaryPdf

__all__ = [
    "Appearance",
    "Approval",
    "Comment",
    "Dialogue",
    "DocumentAlert",
    "ExpectedDocument",
    "FollowUp",
    "FollowUpKind",
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
    "Recommendation",
    "RecommendationKind",
    "Recording",
    "Series",
    "Sitting",
    "Speaker",
    "Statement",
    "Summary",
    "SummaryPdf",
    "SummaryReading",
    "Topic",
]
