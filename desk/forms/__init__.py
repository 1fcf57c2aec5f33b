from .base import EditForm
from .calls import CallForm
from .people import OrganizationForm, SpeakerForm
from .proceedings import (
    AppearanceForm,
    DialogueForm,
    ExpectedDocumentForm,
    NewsItemForm,
    PanelForm,
    PaperForm,
    QuoteForm,
    SittingForm,
    SummaryForm,
)

__all__ = [
    "AppearanceForm",
    "CallForm",
    "DialogueForm",
    "EditForm",
    "ExpectedDocumentForm",
    "NewsItemForm",
    "OrganizationForm",
    "PanelForm",
    "PaperForm",
    "QuoteForm",
    "SittingForm",
    "SpeakerForm",
    "SummaryForm",
]
