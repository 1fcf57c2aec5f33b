"""Forms of contributions: for those who file them, and for readers."""

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
    "FileForm",
    "ReceiptCheckForm",
    "RemoveFileForm",
    "StepForm",
    "SubmitForm",
    "WhoForm",
]
