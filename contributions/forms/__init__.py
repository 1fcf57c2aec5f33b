"""Forms of contributions: for those who file them, for readers, and for staff who correct what was imported."""

from .correction import CorrectionForm
from .decisions import DecisionsForm
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
from .last_day import ExtensionForm, HeldForm, HoldForm

__all__ = [
    "AnswersForm",
    "BeginForm",
    "BylineForm",
    "ContributionFilterForm",
    "CorrectionForm",
    "DecisionsForm",
    "ExtensionForm",
    "FileForm",
    "HeldForm",
    "HoldForm",
    "ReceiptCheckForm",
    "RemoveFileForm",
    "StepForm",
    "SubmitForm",
    "WhoForm",
]
