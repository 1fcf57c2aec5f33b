from .base import EditForm
from .calls import CallForm
from .day import ParticipationCountForm, PhotographForm, RecordingForm, StatementForm
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
from .subjects import ConceptForm, SeriesForm, TopicForm

__all__ = [
    "AppearanceForm",
    "CallForm",
    "ConceptForm",
    "DialogueForm",
    "EditForm",
    "ExpectedDocumentForm",
    "NewsItemForm",
    "OrganizationForm",
    "PanelForm",
    "PaperForm",
    "ParticipationCountForm",
    "PhotographForm",
    "QuoteForm",
    "RecordingForm",
    "SeriesForm",
    "SittingForm",
    "SpeakerForm",
    "StatementForm",
    "SummaryForm",
    "TopicForm",
]
