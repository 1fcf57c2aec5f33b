from .filing import (
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
    "ContributionCreateView",
    "ContributionDetailView",
    "ContributionListView",
    "DraftDiscardView",
    "DraftUpdateView",
    "MyContributionsView",
    "ReceiptView",
    "WithdrawView",
]
