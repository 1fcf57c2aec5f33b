from .comments import CommentCreateView
from .dialogues import DialogueDetailView, DialogueListView, PanelDetailView
from .files import PaperFileView, PortraitView, SummaryFileView
from .quotes import DialogueQuoteListView, QuoteDetailView, QuoteListView
from .speakers import SpeakerDetailView, SpeakerListView
from .summaries import SummaryCurrentView, SummaryDetailView
from .summaries_compared import SummaryBesideView, SummaryChangesView
from .topics import TopicDetailView, TopicListView

__all__ = [
    "CommentCreateView",
    "DialogueDetailView",
    "DialogueListView",
    "DialogueQuoteListView",
    "PanelDetailView",
    "PaperFileView",
    "PortraitView",
    "QuoteDetailView",
    "QuoteListView",
    "SpeakerDetailView",
    "SpeakerListView",
    "SummaryBesideView",
    "SummaryChangesView",
    "SummaryCurrentView",
    "SummaryDetailView",
    "SummaryFileView",
    "TopicDetailView",
    "TopicListView",
]
