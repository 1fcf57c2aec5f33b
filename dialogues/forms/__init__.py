from .readers import AnswerForm, CommentForm, DialogueFilterForm, ExpectedDocumentFilterForm
from .staff import PaperForm, SpeakerForm, SummaryForm

__all__ = [
    "AnswerForm",
    "CommentForm",
    "DialogueFilterForm",
    "ExpectedDocumentFilterForm",
    "PaperForm",
    "SpeakerForm",
    "SummaryForm",
]
