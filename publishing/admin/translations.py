"""Translations in the admin: a form with all languages, a list of missing translations, and a history of each text."""

import dataclasses
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import Model
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import ModelDelta
from simple_history.template_utils import HistoricalRecordContextHelper

from ..models import BaseTranslatable
from ..translation_forms import LANGUAGES, TranslationsForm, changed_texts, input_name, make_translations_form


def translations_form(model: type[BaseTranslatable]) -> type[TranslationsForm]:
    """Return a form class for a model with a field for each translated field and language, for use in an admin."""
    return make_translations_form(model, text=AdminTextInputWidget, area=AdminTextareaWidget)


class TranslationHistory(HistoricalRecordContextHelper):
    """Shows a changed translation as a change of its text, such as "Name (Français)", instead of raw JSON."""

    def context_for_delta_changes(self, delta: ModelDelta) -> list[dict[str, Any]]:
        """Return the rows of the history page: {"field", "old", "new"}, each with HTML or text to be escaped."""
        others = [change for change in delta.changes if change.field != "translations"]
        rows = super().context_for_delta_changes(dataclasses.replace(delta, changes=others))
        for change in delta.changes:
            if change.field == "translations":
                texts = changed_texts(self.model, change.old, change.new)
                rows += [{"field": label, "old": before, "new": after} for label, before, after in texts]
        return rows


class TextsAdmin(SimpleHistoryAdmin):
    """An admin page whose search and history cover the translations of its records, if they have any."""

    left_to_desk: tuple[str, ...] = ("original_language", "translations")  # fields without an input in the admin

    def get_exclude(self, request: HttpRequest, obj: Model | None = None) -> Any:
        exclude = super().get_exclude(request, obj)
        return [*(exclude or ()), *self.left_to_desk] if issubclass(self.model, BaseTranslatable) else exclude

    def get_search_fields(self, request: HttpRequest) -> Any:
        searched = list(super().get_search_fields(request))
        fields = [field for field in getattr(self.model, "translated_fields", ()) if field in searched]
        return [*searched, *(f"translations__{language}__{field}" for field in fields for language in LANGUAGES)]

    def get_historical_record_context_helper(
        self, request: HttpRequest, historical_record: Any
    ) -> HistoricalRecordContextHelper:
        if issubclass(self.model, BaseTranslatable):
            return TranslationHistory(self.model, historical_record)
        return super().get_historical_record_context_helper(request, historical_record)


class TranslatableAdmin(TextsAdmin):
    """An admin page with the translations. Subclasses set `form` with `translations_form`, and `fields` for the rest.

    The form shows the other languages side by side below the original.
    """

    left_to_desk = ("translations",)

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

    @admin.display(description=_("missing translations"))
    def missing_translations(self, record: BaseTranslatable) -> str:
        missing = ((field, record.missing_languages(field)) for field in record.translated_fields)
        return self._by_field({field: [LANGUAGES[code] for code in codes] for field, codes in missing})

    @admin.display(description=_("translations"))
    def all_translations(self, record: BaseTranslatable) -> str:
        """Return every translation on one line, for users who may not edit them."""
        return self._by_field(
            {
                field: [f"{LANGUAGES[text.language]}: {text}" for text in record.in_each_language(field)][1:]
                for field in record.translated_fields
            }
        )

    def _by_field(self, lines: dict[str, list[str]]) -> str:
        """Return lists of texts by field on one line. If there are several fields, each is named."""
        names = {field: f"{capfirst(self.model.text_field(field).verbose_name)}: " for field in lines}
        prefix = names if len(lines) > 1 else dict.fromkeys(lines, "")
        return "; ".join(prefix[field] + ", ".join(texts) for field, texts in lines.items() if texts)
