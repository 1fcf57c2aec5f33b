"""The form with the texts of a record in each language."""

import hashlib
from functools import cache
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import capfirst

from publishing.models import BaseTranslatable
from publishing.translation_forms import LANGUAGES, TranslationsForm, input_name, translation_inputs
from text.localized import LocalizedText

from .subjects import TranslatedForm


class TallTextarea(forms.Textarea):
    """A field for a text of a paragraph or more."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 6, **(attrs or {})})


class TextsForm(TranslationsForm, TranslatedForm):
    """Edits the translations of a record beside the originals, in all languages or in one.

    The language of the originals can be corrected, where the record has none of its own.
    """

    def __init__(self, *args: Any, language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.translation_names:
            self.fields[name].help_text = ""  # it would be there once for each language
        if language:
            shown = {input_name(field, language) for field in self.instance.translated_fields}
            for name in self.translation_names:
                if name not in shown:
                    del self.fields[name]

    def digest(self) -> str:
        """Return a digest that changes with the originals too, so that nobody translates an old one unseen."""
        originals = [getattr(self.instance, field) for field in self.instance.translated_fields]
        return super().digest() + hashlib.sha256(repr(originals).encode()).hexdigest()[:16]

    def texts(self) -> list[tuple[str, LocalizedText, list[BoundField]]]:
        """Return each text as (label, original, fields for its translations), texts without an original left out."""
        record = self.instance
        return [
            (
                capfirst(str(record.text_field(field).verbose_name)),
                LocalizedText(getattr(record, field), record.original_language),
                [self[name] for code in LANGUAGES if (name := input_name(field, code)) in self.fields],
            )
            for field in record.translated_fields
            if getattr(record, field)
        ]


@cache
def texts_form(model: type[BaseTranslatable]) -> type[forms.ModelForm]:
    """Return the form class for the texts of a model."""
    fields = [field.name for field in model._meta.concrete_fields if field.name == "original_language"]
    meta = type("Meta", (), {"model": model, "fields": fields})
    inputs = translation_inputs(model, forms.TextInput, TallTextarea)
    return type(f"{model.__name__}TextsForm", (TextsForm,), {**inputs, "Meta": meta})
