from .calls import CallCalendarView, CallDetailView, ContributionCreateView, InvitationView, TermsView, closing_event
from .contributions import (
    CitationFileView,
    ContributionDetailView,
    ContributionListView,
    ParticipationTableView,
    ParticipationView,
)
from .coverage import CoveragePreviewView, CoverageView
from .draft_files import DraftFileView, DraftUploadCreateView, DraftUploadView
from .drafts import AnswersView, AppearView, FilesView, StepView, SubmitView, WhoView
from .files import AttachmentDetailView, AttachmentFileView
from .own import (
    CorrectView,
    DiscardDraftView,
    OwnContributionListView,
    OwnContributionView,
    ReceiptView,
    WithdrawView,
)
from .receipts import ReceiptCheckView
from .unsaved import unsaved_response

__all__ = [
    "AnswersView",
    "AppearView",
    "AttachmentDetailView",
    "AttachmentFileView",
    "CallCalendarView",
    "CallDetailView",
    "CitationFileView",
    "ContributionCreateView",
    "ContributionDetailView",
    "ContributionListView",
    "CorrectView",
    "CoveragePreviewView",
    "CoverageView",
    "DiscardDraftView",
    "DraftFileView",
    "DraftUploadCreateView",
    "DraftUploadView",
    "FilesView",
    "InvitationView",
    "OwnContributionListView",
    "OwnContributionView",
    "ParticipationTableView",
    "ParticipationView",
    "ReceiptCheckView",
    "ReceiptView",
    "StepView",
    "SubmitView",
    "TermsView",
    "WhoView",
    "WithdrawView",
    "closing_event",
    "unsaved_response",
]
