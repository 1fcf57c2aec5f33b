from .beginning import CallDetailView, ContributionCreateView, InvitationView
from .checking import ReceiptCheckView, TermsView
from .coverage import CoveragePreviewView, CoverageView
from .draft_files import DraftFileView, DraftUploadCreateView, DraftUploadView
from .drafts import AnswersView, AppearView, FilesView, SubmitView, WhoView
from .own import (
    CorrectView,
    DiscardDraftView,
    OwnContributionListView,
    OwnContributionView,
    ReceiptView,
    WithdrawView,
)
from .participation import ParticipationView
from .reading import AttachmentFileView, CitationFileView, ContributionDetailView, ContributionListView

__all__ = [
    "AnswersView",
    "AppearView",
    "AttachmentFileView",
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
    "ParticipationView",
    "ReceiptCheckView",
    "ReceiptView",
    "SubmitView",
    "TermsView",
    "WhoView",
    "WithdrawView",
]
