from .calls import CallCalendarView, CallDetailView, ContributionCreateView, InvitationView, TermsView, closing_event
from .contributions import (
    CitationFileView,
    ContributionDetailView,
    ContributionListView,
)
from .coverage import CoveragePreviewView, CoverageView
from .draft_files import DraftFileView, DraftUploadCreateView, DraftUploadView
from .drafts import AnswersView, AppearView, FilesView, StepView, WhoView
from .files import AttachmentDetailView, AttachmentFileView
from .last_day import ExtensionView, HeldView, HoldView, WithoutCodeView
from .own import (
    CorrectView,
    DiscardDraftView,
    OwnContributionListView,
    OwnContributionView,
    ReceiptView,
    WithdrawView,
)
from .participation import ChartPictureView, ParticipationTableView, ParticipationView
from .receipts import ReceiptCheckView
from .sending import FoundView, SubmitView
from .signers import SignersView, SignFileView, SignView
from .teams import ShareView, TeamsView
from .unsaved import unsaved_response

__all__ = [
    "AnswersView",
    "AppearView",
    "AttachmentDetailView",
    "AttachmentFileView",
    "CallCalendarView",
    "CallDetailView",
    "ChartPictureView",
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
    "ExtensionView",
    "FilesView",
    "FoundView",
    "HeldView",
    "HoldView",
    "InvitationView",
    "OwnContributionListView",
    "OwnContributionView",
    "ParticipationTableView",
    "ParticipationView",
    "ReceiptCheckView",
    "ReceiptView",
    "ShareView",
    "SignFileView",
    "SignView",
    "SignersView",
    "StepView",
    "SubmitView",
    "TeamsView",
    "TermsView",
    "WhoView",
    "WithdrawView",
    "WithoutCodeView",
    "closing_event",
    "unsaved_response",
]
