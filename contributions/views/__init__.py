from .filing import (
    AttachmentRemoveView,
    ContributionCreateView,
    DraftDiscardView,
    DraftUpdateView,
    MyContributionsView,
    ReceiptView,
    WithdrawView,
)
from .reading import AttachmentFileView, ContributionDetailView, ContributionListView

__all__ = [
    "AttachmentFileView",
    "AttachmentRemoveView",
    "ContributionCreateView",
    "ContributionDetailView",
    "ContributionListView",
    "DraftDiscardView",
    "DraftUpdateView",
    "MyContributionsView",
    "ReceiptView",
    "WithdrawView",
]
