"""Translate the texts of the sample, from `translations.json`."""

import json

from django.apps import apps

from publishing.models.translatable import BaseTranslatable

from .real import FOLDER

Words = dict[str, dict[str, str]]  # {English text: {language: text}}


def words() -> Words:
    """Return the translations of each text."""
    items = json.loads((FOLDER / "translations.json").read_text("utf8"))
    return {item["en"]: {code: text for code, text in item.items() if code != "en"} for item in items}


def load() -> None:
    """Give each record its translations, unless it has some already."""
    known = words()
    for model in apps.get_models():
        if issubclass(model, BaseTranslatable):
            for record in model._base_manager.filter(translations={}):
                record.translations = translations_of(record, known)
                if record.translations:
                    record.save()


def translations_of(record: BaseTranslatable, known: Words) -> dict[str, dict[str, str]]:
    """Return the translations of the texts of a record, without the language in which it was written."""
    found: dict[str, dict[str, str]] = {}
    for field in record.translated_fields:
        for language, text in known.get(getattr(record, field), {}).items():
            if language != record.original_language:
                found.setdefault(language, {})[field] = text
    return found
