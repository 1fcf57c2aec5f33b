from .awaited import AwaitedListView
from .citing import ParagraphCitationView, QuoteCitationFileView, SummaryCitationFileView
from .comments import CommentCreateView
from .dialogues import DialogueDetailView, DialogueListView, PanelDetailView
from .document_alerts import DocumentAlertConfirmView, DocumentAlertCreateView, DocumentAlertLeaveView
from .feeds import AwaitedFeed, DialogueFeed
from .files import PaperFileView, PortraitView, SummaryFileView
from .news import NewsDetailView, NewsListView
from .previews import SummaryApproveView
from .quotes import DialogueQuoteListView, QuoteDetailView, QuoteListView
from .speakers import SpeakerDetailView, SpeakerListView
from .summaries import SummaryCurrentView, SummaryDetailView
from .summaries_compared import SummaryBesideView, SummaryChangesView
from .topics import TopicDetailView, TopicListView

__all__ = [
    "AwaitedFeed",
    "AwaitedListView",
    "CommentCreateView",
    "DialogueDetailView",
    "DialogueFeed",
    "DialogueListView",
    "DialogueQuoteListView",
    "DocumentAlertConfirmView",
    "DocumentAlertCreateView",
    "DocumentAlertLeaveView",
    "NewsDetailView",
    "NewsListView",
    "PanelDetailView",
    "PaperFileView",
    "ParagraphCitationView",
    "PortraitView",
    "QuoteCitationFileView",
    "QuoteDetailView",
    "QuoteListView",
    "SpeakerDetailView",
    "SpeakerListView",
    "SummaryApproveView",
    "SummaryBesideView",
    "SummaryChangesView",
    "SummaryCitationFileView",
    "SummaryCurrentView",
    "SummaryDetailView",
    "SummaryFileView",
    "TopicDetailView",
    "TopicListView",
]
