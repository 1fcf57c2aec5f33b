"""Forms of readers, chairs and speakers: filters, comments, and answers about quotes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.forms import NamesMissingFields

from ..models import Comment, Paragraph, QuoteAnswer, RecommendationKind
from ..status import DOCUMENT_STATUSES

MAX_NAME = 100  # characters of a name that is looked for


class DialogueFilterForm(forms.Form):
    """Filters of the list of dialogues. Views ignore invalid values instead of refusing them."""

    series = forms.SlugField(required=False)
    year = forms.IntegerField(required=False, min_value=1900, max_value=9999)


class ExpectedDocumentFilterForm(forms.Form):
    """Filters of the list of expected documents. Views ignore invalid values instead of refusing them."""

    series = forms.SlugField(required=False)
    state = forms.ChoiceField(choices=list(DOCUMENT_STATUSES.items()), required=False)


class RecommendationFilterForm(DialogueFilterForm):
    """Filters of the list of recommendations. Views ignore invalid values instead of refusing them."""

    kind = forms.ChoiceField(choices=RecommendationKind.choices, required=False)
    dialogue = forms.SlugField(required=False)
    topic = forms.SlugField(required=False)


class SpeakerFilterForm(forms.Form):
    """Filters of the list of speakers. Views ignore invalid values instead of refusing them."""

    name = forms.CharField(required=False, max_length=MAX_NAME)
    dialogue = forms.SlugField(required=False)
    country = forms.RegexField(r"^[A-Z]{2}$", required=False)


class CommentForm(NamesMissingFields, forms.ModelForm):
    """A comment on the drafts of a dialogue, about one paragraph or in general."""

    class Meta:
        model = Comment
        fields = ["paragraph", "text"]

    def __init__(self, *args: Any, dialogue: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paragraphs: Any = self.fields["paragraph"]
        paragraphs.queryset = Paragraph.objects.filter(summary__dialogue=dialogue).exclude(number=None)


class AnswerForm(NamesMissingFields, forms.ModelForm):
    """A speaker's answer about a quote: the words as they are, or as they should be."""

    class Meta:
        model = QuoteAnswer
        fields = ["text", "note"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5}), "note": forms.Textarea(attrs={"rows": 2})}
        labels = {"text": _("Your words"), "note": _("A message to the secretariat")}
        help_texts = {"text": _("To confirm the words, send them unchanged. To correct them, edit them first.")}
