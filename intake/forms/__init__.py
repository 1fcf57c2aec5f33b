from .batches import BatchForm, MoreForm
from .press import MeetingFormSet, NewsForm, PersonFormSet, QuoteFormSet, TextForm, TopicFormSet

__all__ = [
    "BatchForm",
    "MeetingFormSet",
    "MoreForm",
    "NewsForm",
    "PersonFormSet",
    "QuoteFormSet",
    "TextForm",
    "TopicFormSet",
]
