from .base import EditForm
from .call_letters import CallLetterForm
from .calls import CallForm
from .letters import LetterTextForm
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
    "CallLetterForm",
    "DialogueForm",
    "EditForm",
    "ExpectedDocumentForm",
    "LetterTextForm",
    "NewsItemForm",
    "OrganizationForm",
    "PanelForm",
    "PaperForm",
    "QuoteForm",
    "SittingForm",
    "SpeakerForm",
    "SummaryForm",
]
