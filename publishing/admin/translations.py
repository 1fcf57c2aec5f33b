"""Translations in the admin: a form with all languages, a list of missing translations, and a history of each text."""

import dataclasses
from itertools import product
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import Model, TextField
from django.http import HttpRequest
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import ModelDelta
from simple_history.template_utils import HistoricalRecordContextHelper

from text.localized import direction

from ..models import Translatable
from ..models.translatable import text_field

LANGUAGES = dict(settings.CONTENT_LANGUAGES)


def input_name(field: str, language: str) -> str:
    """Return the name of the form field for one text in one language: "name_fr"."""
    return f"{field}_{language}"


def inputs_of(model: type[Translatable]) -> list[tuple[str, str, str]]:
    """Return (name of the form field, model field, language) for each translated field and language."""
    return [
        (input_name(field, language), field, language)
        for field, language in product(model.translated_fields, LANGUAGES)
    ]


class TranslationsForm(forms.ModelForm):
    """Edits the texts of a Translatable in all languages. `translations_form` creates the subclasses.

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


def translations_form(model: type[Translatable]) -> type[TranslationsForm]:
    """Return a form class for a model with a field for each translated field and language, for use in an admin."""
    fields: dict[str, Any] = {}
    for name, field, language in inputs_of(model):
        column = text_field(model, field)
        widget = AdminTextareaWidget if isinstance(column, TextField) else AdminTextInputWidget
        attributes = {"lang": language, "dir": direction(language)}
        fields[name] = column.formfield(required=False, widget=widget(attrs=attributes))
        fields[name].label = format_lazy("{} ({})", fields[name].label, LANGUAGES[language])
    meta = type("Meta", (), {"model": model, "exclude": ["translations"]})
    return type(f"{model.__name__}Form", (TranslationsForm,), {**fields, "Meta": meta})


class TranslationHistory(HistoricalRecordContextHelper):
    """Shows a changed translation as a change of its text, such as "Name (Français)", instead of raw JSON."""

    def context_for_delta_changes(self, delta: ModelDelta) -> list[dict[str, Any]]:
        """Return the rows of the history page: {"field", "old", "new"}, each with HTML or text to be escaped."""
        others = [change for change in delta.changes if change.field != "translations"]
        rows = super().context_for_delta_changes(dataclasses.replace(delta, changes=others))
        for change in delta.changes:
            if change.field == "translations":
                rows += self._changed_texts(change.old, change.new)
        return rows

    def _changed_texts(self, old: dict, new: dict) -> list[dict[str, Any]]:
        rows = []
        for _name, field, language in inputs_of(self.model):
            before, after = (state.get(language, {}).get(field, "") for state in (old, new))
            if before != after:
                label = f"{capfirst(text_field(self.model, field).verbose_name)} ({LANGUAGES[language]})"
                rows.append({"field": label, "old": before, "new": after})
        return rows


class TranslatableAdmin(SimpleHistoryAdmin):
    """An admin page for a Translatable. Subclasses set `form` with `translations_form`, and `fields` for the rest.

    The form shows the other languages side by side below the original. Search covers all of them.
    """

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> list:
        record: Any = obj or self.model()
        rows: list[Any] = [
            tuple(input_name(field, language) for language in LANGUAGES if language != record.original_language)
            for field in self.model.translated_fields
        ]
        if obj and not self.has_change_permission(request, obj):
            rows = ["all_translations"]
        missing = ["missing_translations"] if obj else []
        return [*super().get_fieldsets(request, obj), (_("Translations"), {"fields": [*missing, *rows]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list:
        return [*super().get_readonly_fields(request, obj), "missing_translations", "all_translations"]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        searched = list(super().get_search_fields(request))
        fields = [field for field in self.model.translated_fields if field in searched]
        return [*searched, *(f"translations__{language}__{field}" for field in fields for language in LANGUAGES)]

    def get_historical_record_context_helper(
        self, request: HttpRequest, historical_record: Any
    ) -> HistoricalRecordContextHelper:
        return TranslationHistory(self.model, historical_record)

    @admin.display(description=_("missing translations"))
    def missing_translations(self, record: Translatable) -> str:
        missing = ((field, record.missing_languages(field)) for field in record.translated_fields)
        return self._by_field({field: [LANGUAGES[code] for code in codes] for field, codes in missing})

    @admin.display(description=_("translations"))
    def all_translations(self, record: Translatable) -> str:
        """Return every translation on one line, for users who may not edit them."""
        return self._by_field(
            {
                field: [f"{LANGUAGES[text.language]}: {text}" for text in record.in_each_language(field)][1:]
                for field in record.translated_fields
            }
        )

    def _by_field(self, lines: dict[str, list[str]]) -> str:
        """Return lists of texts by field on one line. If there are several fields, each is named."""
        names = {field: f"{capfirst(text_field(self.model, field).verbose_name)}: " for field in lines}
        prefix = names if len(lines) > 1 else dict.fromkeys(lines, "")
        return "; ".join(prefix[field] + ", ".join(texts) for field, texts in lines.items() if texts)
