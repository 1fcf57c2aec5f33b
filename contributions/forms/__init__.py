"""Forms of contributions: for those who file them, and for readers."""

from .decisions import DecisionsForm
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
from .last_day import ExtensionForm, HeldForm, HoldForm
from .list_filters import ContributionFilterForm
from .teams import AskSignerForm, InviteForm, TeamForm, TeamMoveForm

__all__ = [
    "AnswersForm",
    "AskSignerForm",
    "BeginForm",
    "BylineForm",
    "ContributionFilterForm",
    "DecisionsForm",
    "ExtensionForm",
    "FileForm",
    "HeldForm",
    "HoldForm",
    "InviteForm",
    "ReceiptCheckForm",
    "RemoveFileForm",
    "StepForm",
    "SubmitForm",
    "TeamForm",
    "TeamMoveForm",
    "WhoForm",
]
