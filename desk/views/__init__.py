from .call_letters import CallLetterAddView, CallLetterSendView, CallLettersPartView, CallLetterView
from .comments import CommentsPartView
from .correction import CorrectionView
from .deleted_records import DeletedRecordsView, DeletedRecordView
from .extensions import ExtensionRequestView
from .health import HealthView
from .home import DailyEmailView, DialogueListView, HomeView, SearchView
from .imports import ImportAddView, ImportColumnsView, ImportDeleteView, ImportListView, ImportView
from .invitations import InvitationsView
from .letter_texts import LetterListView, LetterView
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
from .photographs import WithdrawConsentView
from .press import PressReleaseView
from .preview import PageView, PreviewView
from .programme import MoveView
from .recommendations import RecommendationsView
from .record_lists import RecordListView, RecordsView
from .records import HistoryView, NewVersionView, RecordAddView, RecordEditView
from .review import ReviewFileView, ReviewPageView, ReviewPicturesView, ReviewRevisionsView, ReviewSignersView
from .review_queue import ReviewPublishView, ReviewQueueView
from .sharing import ShareView
from .site_texts import SiteTextListView, SiteTextView
from .sources import SourcesView
from .summary_form import AskApprovalView, SummaryEditView
from .translations import (
    RecordTranslationsView,
    TranslationExportView,
    TranslationImportView,
    TranslationListView,
    TranslationsPartView,
)
from .undelivered import UndeliveredLettersView
from .work_lists import CallListView, DraftListView

__all__ = [
    "AskApprovalView",
    "CallLetterAddView",
    "CallLetterSendView",
    "CallLetterView",
    "CallLettersPartView",
    "CallListView",
    "CommentsPartView",
    "ContributionsPartView",
    "CorrectionView",
    "DailyEmailView",
    "DeleteView",
    "DeletedRecordView",
    "DeletedRecordsView",
    "DialogueListView",
    "DocumentsPartView",
    "DraftListView",
    "ExtensionRequestView",
    "HealthView",
    "HistoryView",
    "HomeView",
    "ImportAddView",
    "ImportColumnsView",
    "ImportDeleteView",
    "ImportListView",
    "ImportView",
    "InvitationsView",
    "LetterListView",
    "LetterView",
    "MergeView",
    "MoveView",
    "NamesView",
    "NewVersionView",
    "NextEditionView",
    "OverviewView",
    "PageView",
    "PressReleaseView",
    "PreviewView",
    "ProgrammePartView",
    "PublicationPartView",
    "PublishView",
    "QuotesPartView",
    "RecommendationsView",
    "RecordAddView",
    "RecordEditView",
    "RecordListView",
    "RecordTranslationsView",
    "RecordsView",
    "ReviewFileView",
    "ReviewPageView",
    "ReviewPicturesView",
    "ReviewPublishView",
    "ReviewQueueView",
    "ReviewRevisionsView",
    "ReviewSignersView",
    "SearchView",
    "ShareView",
    "SiteTextListView",
    "SiteTextView",
    "SourcesView",
    "SummaryEditView",
    "SummaryPartView",
    "TranslationExportView",
    "TranslationImportView",
    "TranslationListView",
    "TranslationsPartView",
    "UndeliveredLettersView",
    "UndoView",
    "UnpublishView",
    "WithdrawConsentView",
    "new_dialogue",
]
