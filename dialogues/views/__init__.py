from .calendars import DialogueCalendarView, calendar_events, in_calendars
from .citations import ParagraphCitationView, QuoteCitationFileView, SummaryCitationFileView
from .consultation import CommentCreateView, SummaryApproveView
from .dialogues import DialogueDetailView, DialogueListView, PanelDetailView
from .document_alerts import DocumentAlertConfirmView, DocumentAlertCreateView, DocumentAlertLeaveView
from .expected_documents import DialogueFeed, ExpectedDocumentListView, PublishedDocumentsFeed
from .files import PaperDetailView, PaperFileView, PortraitView, SummaryFileView, SummaryPdfView
from .news import NewsDetailView, NewsListView
from .photographs import PhotographDetailView, PhotographPictureView
from .quotes import DialogueQuoteListView, QuoteDetailView, QuoteListView
from .recommendations import RecommendationFeed, RecommendationListView, RecommendationTableView
from .speakers import SpeakerDetailView, SpeakerListView
from .statements import StatementCitationFileView, StatementDetailView, StatementFileView
from .summaries import SummaryCurrentView, SummaryDetailView
from .summary_comparisons import SummaryBesideView, SummaryChangesView
from .topics import TopicDetailView, TopicListView
from .years import SeriesYearsView, TopicYearsView

__all__ = [
    "CommentCreateView",
    "DialogueCalendarView",
    "DialogueDetailView",
    "DialogueFeed",
    "DialogueListView",
    "DialogueQuoteListView",
    "DocumentAlertConfirmView",
    "DocumentAlertCreateView",
    "DocumentAlertLeaveView",
    "ExpectedDocumentListView",
    "NewsDetailView",
    "NewsListView",
    "PanelDetailView",
    "PaperDetailView",
    "PaperFileView",
    "ParagraphCitationView",
    "PhotographDetailView",
    "PhotographPictureView",
    "PortraitView",
    "PublishedDocumentsFeed",
    "QuoteCitationFileView",
    "QuoteDetailView",
    "QuoteListView",
    "RecommendationFeed",
    "RecommendationListView",
    "RecommendationTableView",
    "SeriesYearsView",
    "SpeakerDetailView",
    "SpeakerListView",
    "StatementCitationFileView",
    "StatementDetailView",
    "StatementFileView",
    "SummaryApproveView",
    "SummaryBesideView",
    "SummaryChangesView",
    "SummaryCitationFileView",
    "SummaryCurrentView",
    "SummaryDetailView",
    "SummaryFileView",
    "SummaryPdfView",
    "TopicDetailView",
    "TopicListView",
    "TopicYearsView",
    "calendar_events",
    "in_calendars",
]
