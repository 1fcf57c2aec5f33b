from .call_letters import CallLetterAddView, CallLetterSendView, CallLettersPartView, CallLetterView
from .comments import CommentsPartView
from .daily_email import DailyEmailView
from .extensions import ExtensionRequestView
from .history import HistoryView
from .home import DialogueListView, HomeView, SearchView
from .letters import LetterListView, LetterView
from .merging import MergeView
from .moves import DeleteView, PublishView, UndoView, UnpublishView
from .names import NamesView
from .new_dialogue import NextEditionView, new_dialogue
from .parts import (
    ContributionsPartView,
    DocumentsPartView,
    OverviewView,
    ProgrammePartView,
    PublicationPartView,
    QuotesPartView,
    SummaryPartView,
)
from .preview import PageView, PreviewView
from .programme import MoveView
from .records import NewVersionView, RecordAddView, RecordEditView
from .review import ReviewFileView, ReviewPageView, ReviewRevisionsView, ReviewSignersView
from .review_queue import ReviewPublishView, ReviewQueueView
from .sharing import ShareView
from .sources import SourcesView

__all__ = [
    "CallLetterAddView",
    "CallLetterSendView",
    "CallLetterView",
    "CallLettersPartView",
    "CommentsPartView",
    "ContributionsPartView",
    "DailyEmailView",
    "DeleteView",
    "DialogueListView",
    "DocumentsPartView",
    "ExtensionRequestView",
    "HistoryView",
    "HomeView",
    "LetterListView",
    "LetterView",
    "MergeView",
    "MoveView",
    "NamesView",
    "NewVersionView",
    "NextEditionView",
    "OverviewView",
    "PageView",
    "PreviewView",
    "ProgrammePartView",
    "PublicationPartView",
    "PublishView",
    "QuotesPartView",
    "RecordAddView",
    "RecordEditView",
    "ReviewFileView",
    "ReviewPageView",
    "ReviewPublishView",
    "ReviewQueueView",
    "ReviewRevisionsView",
    "ReviewSignersView",
    "SearchView",
    "ShareView",
    "SourcesView",
    "SummaryPartView",
    "UndoView",
    "UnpublishView",
    "new_dialogue",
]
