"""Forms of contributions: for those who file them, for readers, and for staff who correct what was imported."""

from .correction import CorrectionForm
from .filing import (
    AnswersForm,
    BeginForm,
    BylineForm,
    FileForm,
    ReceiptCheckForm,
    RemoveFileForm,
    StepForm,
    SubmitForm,
    WhoForm,
)
from .list_filters import ContributionFilterForm

__all__ = [
    "AnswersForm",
    "BeginForm",
    "BylineForm",
    "ContributionFilterForm",
    "CorrectionForm",
    "FileForm",
    "ReceiptCheckForm",
    "RemoveFileForm",
    "StepForm",
    "SubmitForm",
    "WhoForm",
]
