from .base import EditForm
from .call_letters import CallLetterForm
from .calls import CallForm
from .day import ParticipationCountForm, PhotographForm, RecordingForm, StatementForm
from .invitations import InvitationsForm, MoreTimeForm
from .letter_texts import LetterTextForm
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
from .site_texts import SiteTextForm
from .subjects import ConceptForm, SeriesForm, TopicForm
from .translations import texts_form

__all__ = [
    "AppearanceForm",
    "CallForm",
    "CallLetterForm",
    "ConceptForm",
    "DialogueForm",
    "EditForm",
    "ExpectedDocumentForm",
    "InvitationsForm",
    "LetterTextForm",
    "MoreTimeForm",
    "NewsItemForm",
    "OrganizationForm",
    "PanelForm",
    "PaperForm",
    "ParticipationCountForm",
    "PhotographForm",
    "QuoteForm",
    "RecordingForm",
    "SeriesForm",
    "SiteTextForm",
    "SittingForm",
    "SpeakerForm",
    "StatementForm",
    "SummaryForm",
    "TopicForm",
    "texts_form",
]
