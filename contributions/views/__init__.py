from .beginning import CallDetailView, ContributionCreateView, InvitationView
from .checking import ReceiptCheckView, TermsView
from .citing import CitationFileView
from .coverage import CoveragePreviewView, CoverageView
from .mine import (
    CorrectView,
    DraftDiscardView,
    MyContributionsView,
    MyContributionView,
    ReceiptView,
    WithdrawView,
)
from .participation import ParticipationView
from .reading import AttachmentFileView, ContributionDetailView, ContributionListView
from .steps import AnswersView, AppearView, CheckView, DraftFileView, FilesView, WhoView
from .uploads import DraftUploadCreateView, DraftUploadView

__all__ = [
    "AnswersView",
    "AppearView",
    "AttachmentFileView",
    "CallDetailView",
    "CheckView",
    "CitationFileView",
    "ContributionCreateView",
    "ContributionDetailView",
    "ContributionListView",
    "CorrectView",
    "CoveragePreviewView",
    "CoverageView",
    "DraftDiscardView",
    "DraftFileView",
    "DraftUploadCreateView",
    "DraftUploadView",
    "FilesView",
    "InvitationView",
    "MyContributionView",
    "MyContributionsView",
    "ParticipationView",
    "ReceiptCheckView",
    "ReceiptView",
    "TermsView",
    "WhoView",
    "WithdrawView",
]
