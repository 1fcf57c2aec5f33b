from .batches import BatchForm, DefaultsForm, MoreForm
from .press import MeetingFormSet, NewsForm, PersonFormSet, QuoteFormSet, TextForm, TopicFormSet

__all__ = [
    "BatchForm",
    "DefaultsForm",
    "MeetingFormSet",
    "MoreForm",
    "NewsForm",
    "PersonFormSet",
    "QuoteFormSet",
    "TextForm",
    "TopicFormSet",
]
