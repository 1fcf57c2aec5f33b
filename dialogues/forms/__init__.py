from .readers import (
    AnswerForm,
    CommentForm,
    DialogueFilterForm,
    ExpectedDocumentFilterForm,
    RecommendationFilterForm,
    SpeakerFilterForm,
)
from .staff import PaperForm, SpeakerForm, SummaryForm

__all__ = [
    "AnswerForm",
    "CommentForm",
    "DialogueFilterForm",
    "ExpectedDocumentFilterForm",
    "PaperForm",
    "RecommendationFilterForm",
    "SpeakerFilterForm",
    "SpeakerForm",
    "SummaryForm",
]
