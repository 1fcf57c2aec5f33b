"""The four questions about a new dialogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogues.models import Dialogue, ExpectedDocument
from publishing.forms import NamesMissingFields

from .base import desk_field


class WhatForm(NamesMissingFields, forms.ModelForm):
    """What is it?"""

    question = _("What is it?")

    class Meta:
        model = Dialogue
        fields = ["series", "title", "edition"]
        formfield_callback = desk_field

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        series, edition = self.cleaned_data.get("series"), self.cleaned_data.get("edition")
        if series and edition and Dialogue.objects.filter(series=series, edition=edition).exists():
            self.add_error("edition", _("This series has a dialogue with this edition."))
        return cleaned


class WhenForm(NamesMissingFields, forms.ModelForm):
    """When does it take place?"""

    question = _("When does it take place?")

    class Meta:
        model = Dialogue
        fields = ["starts_on", "ends_on", "date_note", "timezone"]
        formfield_callback = desk_field


class WhereForm(NamesMissingFields, forms.ModelForm):
    """Where does it take place?"""

    question = _("Where does it take place, and in which languages?")

    class Meta:
        model = Dialogue
        fields = ["format", "city", "venue", "languages"]
        help_texts = {"languages": ""}  # names to tick, no codes
        formfield_callback = desk_field


class WhatFollowsForm(NamesMissingFields, forms.Form):
    """Which documents will follow?"""

    question = _("Which documents will readers look for?")

    expected = forms.MultipleChoiceField(
        label=_("Expected documents"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=["summary:en", "contributions:"],
        help_text=_("The page of the dialogue lists them as still to come. You can change this later."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = ExpectedDocument.KINDS
        language = _("in English")
        choices: Any = self.fields["expected"]
        choices.choices = [
            (f"{kind}:en" if kind == "summary" else f"{kind}:", f"{label}, {language}" if kind == "summary" else label)
            for kind, label in kinds
        ]


STEPS = [("what", WhatForm), ("when", WhenForm), ("where", WhereForm), ("what-follows", WhatFollowsForm)]
