from .readers import AnswerForm, CommentForm, DialogueFilterForm, ExpectedDocumentFilterForm, RecommendationFilterForm
from .staff import PaperForm, SpeakerForm, SummaryForm

__all__ = [
    "AnswerForm",
    "CommentForm",
    "DialogueFilterForm",
    "ExpectedDocumentFilterForm",
    "PaperForm",
    "RecommendationFilterForm",
    "SpeakerForm",
    "SummaryForm",
]
