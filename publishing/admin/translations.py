"""Translations in the admin: a form with all languages, a list of missing translations, and a history of each text."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import Model
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from ..models import Translatable
from ..models.translatable import text_field
from ..translation_forms import LANGUAGES, TranslationsForm, input_name, make_translations_form
from .translation_history import TranslationHistory


def translations_form(model: type[Translatable]) -> type[TranslationsForm]:
    """Return a form class for a model with a field for each translated field and language, for use in an admin."""
    return make_translations_form(model, text=AdminTextInputWidget, area=AdminTextareaWidget)


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
