from .comments import CommentCreateView
from .dialogues import DialogueDetailView, DialogueListView, PanelDetailView
from .files import PaperFileView, PortraitView, SummaryFileView
from .quotes import DialogueQuoteListView, QuoteDetailView, QuoteListView
from .speakers import SpeakerDetailView, SpeakerListView
from .summaries import SummaryCurrentView, SummaryDetailView
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
    "SummaryCurrentView",
    "SummaryDetailView",
    "SummaryFileView",
    "TopicDetailView",
    "TopicListView",
]
