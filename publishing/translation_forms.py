"""Forms with the texts of a record in all languages."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import TextField
from django.utils.text import capfirst, format_lazy

from text.localized import direction

from .forms import NamesMissingFields
from .models import BaseTranslatable

LANGUAGES = dict(settings.CONTENT_LANGUAGES)


def input_name(field: str, language: str) -> str:
    """Return the name of the form field for one text in one language: "name_fr"."""
    return f"{field}_{language}"


def inputs_of(model: type[BaseTranslatable]) -> list[tuple[str, str, str]]:
    """Return (name of the form field, model field, language) for each translated field and language."""
    return [
        (input_name(field, language), field, language)
        for field, language in product(model.translated_fields, LANGUAGES)
    ]


def changed_texts(
    model: type[BaseTranslatable], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Yield each translation that differs between two states, as ("Name (Français)", text before, text after)."""
    for _name, field, language in inputs_of(model):
        before, after = (state.get(language, {}).get(field, "") for state in (old, new))
        if before != after:
            yield f"{capfirst(str(model.text_field(field).verbose_name))} ({LANGUAGES[language]})", before, after


class TranslationsForm(NamesMissingFields, forms.ModelForm):
    """Edits the texts of a Translatable in all languages. `make_translations_form` creates the subclasses.

    There is no field for a translation into the original language. Texts without a field in the form stay as they are.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field, language in inputs_of(self._meta.model):
            if language == self.instance.original_language:
                self.fields.pop(name, None)
            elif name in self.fields:
                self.initial.setdefault(name, self.instance.translations.get(language, {}).get(field, ""))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        original_language = self.cleaned_data.get("original_language", self.instance.original_language)
        translations = {language: dict(texts) for language, texts in self.instance.translations.items()}
        for name, field, language in inputs_of(self._meta.model):
            if name in self.fields:
                translations.setdefault(language, {})[field] = self.cleaned_data.get(name, "")
        filled = {
            language: {field: text for field, text in texts.items() if text}
            for language, texts in translations.items()
            if language != original_language
        }
        self.instance.translations = {language: texts for language, texts in filled.items() if texts}
        return cleaned


def make_translations_form(
    model: type[BaseTranslatable],
    *,
    text: type[forms.Widget] = forms.TextInput,
    area: type[forms.Widget] = forms.Textarea,
) -> type[TranslationsForm]:
    """Return a form class for a model with a field for each translated field and language.

    `text` and `area` are the widgets for a line and for a longer text.
    """
    meta = type("Meta", (), {"model": model, "exclude": ["translations"]})
    return type(f"{model.__name__}Form", (TranslationsForm,), {**translation_inputs(model, text, area), "Meta": meta})


def translation_inputs(
    model: type[BaseTranslatable], text: type[forms.Widget], area: type[forms.Widget]
) -> dict[str, Any]:
    """Return a form field for each translated field and language by its name, with widgets for a line and for more."""
    fields: dict[str, Any] = {}
    for name, field, language in inputs_of(model):
        column = model.text_field(field)
        widget = area if isinstance(column, TextField) else text
        attributes = {"lang": language, "dir": direction(language)}
        fields[name] = column.formfield(required=False, widget=widget(attrs=attributes))
        fields[name].label = format_lazy("{} ({})", fields[name].label, LANGUAGES[language])
    return fields
