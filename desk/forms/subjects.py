"""The forms of series, topics and the vocabulary, with their translations side by side."""

import hashlib
from typing import Any

from django import forms
from django.forms import BoundField

from dialogues.models import Series, Topic
from publishing.translation_forms import inputs_of, make_translations_form
from search.models import Concept

from .base import EditForm, desk_field


class ShortTextarea(forms.Textarea):
    """A field for a text of a few lines."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 2, **(attrs or {})})


# Classes that are made for a model; a type checker cannot follow them.
TopicTranslations: Any = make_translations_form(Topic, area=ShortTextarea)
ConceptTranslations: Any = make_translations_form(Concept, area=ShortTextarea)


class TranslatedForm(EditForm):
    """A form with translations, which the template shows below the other fields."""

    def digest(self) -> str:
        translations = repr(sorted(self.instance.translations.items()))
        return f"{super().digest()}{hashlib.sha256(translations.encode()).hexdigest()[:16]}"

    @property
    def translation_names(self) -> list[str]:
        """The names of the fields with translations."""
        return [name for name, _field, _language in inputs_of(self._meta.model) if name in self.fields]

    def translation_fields(self) -> list[BoundField]:
        """Return the fields with translations, all languages of one text together."""
        return [self[name] for name in self.translation_names]


class SeriesForm(EditForm):
    """A line of dialogues on one subject."""

    class Meta:
        model = Series
        fields = ["name", "code", "description", "notice", "slug"]
        formfield_callback = desk_field


class TopicForm(TopicTranslations, TranslatedForm):
    """A subject of several dialogues, with its name in each language."""

    class Meta:
        model = Topic
        fields = ["name", "original_language", "description", "slug"]
        formfield_callback = desk_field


class ConceptForm(ConceptTranslations, TranslatedForm):
    """A concept of the vocabulary with its terms in each language."""

    class Meta:
        model = Concept
        fields = ["name", "original_language", "other_terms", "ambiguous_terms"]
        formfield_callback = desk_field
