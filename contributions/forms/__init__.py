"""Forms of contributions: for those who file them, and for readers."""

from .filing import (
    AnswersForm,
    BeginForm,
    BylineForm,
    ContributionFilterForm,
    FileForm,
    ReceiptCheckForm,
    RemoveFileForm,
    StepForm,
    SubmitForm,
    WhoForm,
)

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
