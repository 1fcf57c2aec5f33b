from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KT, KeyTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from text.localized import LocalizedText, content_language

MAX_KEPT = 500  # columns of translations, about 10 KB each


class LocalizedFields:
    """The translated fields of a record in one language, as attributes."""

    def __init__(self, record: BaseTranslatable, language: str) -> None:
        self._record = record
        self._language = language

    def __getattr__(self, field: str) -> LocalizedText:
        """Return the text of a field; AttributeError if it is not a translated field."""
        if field not in self._record.translated_fields:
            raise AttributeError(f"{field!r} of {type(self._record).__name__} has no translations")
        return self._record.in_language(field, self._language)


class TranslationsField(models.JSONField):
    """Translations as {language: {field: text}}.

    A page reads those of one dialogue many times over, so those that were read last are kept as they were parsed.
    """

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return a copy of what a column holds. Parts of it, which a query may ask for, are not kept."""
        if value is None or isinstance(expression, KeyTransform):
            return super().from_db_value(value, expression, connection)
        return {language: {**texts} for language, texts in _parsed(value).items()}


@lru_cache(MAX_KEPT)
def _parsed(text: str) -> dict[str, dict[str, str]]:
    translations: dict[str, dict[str, str]] = json.loads(text)
    return translations


class BaseTranslatable(models.Model):
    """A record with texts that can be translated into each of CONTENT_LANGUAGES.

    The fields named in `translated_fields` hold the original, in `original_language`, which subclasses define.
    `translations` holds the rest as {language: {field: text}}, without empty texts and without the original language.
    """

    translated_fields: tuple[str, ...] = ()
    # Those of them that are often a name, which needs no translation.
    untranslated_names: tuple[str, ...] = ()
    original_language: Any

    # Not `editable=False`: the history would not show changes of it. Forms leave it out with `exclude`.
    translations = TranslationsField(_("translations"), default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def localized(self) -> LocalizedFields:
        """The translated fields in the language of the page, as attributes: `topic.localized.name`.

        Each is a LocalizedText: the translation, or the original where there is none.
        """
        return LocalizedFields(self, content_language())

    @property
    def original(self) -> LocalizedFields:
        """The translated fields as they were first written, as attributes: `topic.original.name`."""
        return LocalizedFields(self, self.original_language)

    def in_language(self, field: str, language: str) -> LocalizedText:
        """Return the text of a field in `language`, or the original where there is no translation."""
        text = self.translations.get(language, {}).get(field)
        if text and language != self.original_language:
            return LocalizedText(text, language)
        is_missing = language != self.original_language and field not in self.untranslated_names
        return LocalizedText(getattr(self, field), self.original_language, is_missing)

    @property
    def written_languages(self) -> list[str]:
        """The languages in which it has texts: that of the originals, and then those of the translations."""
        return [self.original_language, *(code for code in self.translations if code != self.original_language)]

    def written_in(self, field: str, language: str) -> str:
        """Return the text of a field in `language`; empty if there is none in this language."""
        text = self.in_language(field, language)
        return text.text if text.language == language else ""

    def in_each_language(self, field: str) -> Iterator[LocalizedText]:
        """Yield the original of a field, and then each translation of it, in the order of the codes of languages."""
        yield LocalizedText(getattr(self, field), self.original_language)
        for language, texts in sorted(self.translations.items()):  # PostgreSQL keeps no order of keys
            if texts.get(field) and language != self.original_language:
                yield LocalizedText(texts[field], language)

    def translations_of(self, *fields: str) -> dict[str, dict[str, str]]:
        """Return the translations of some fields, for a record that begins as a copy."""
        kept = {
            language: {field: text for field, text in texts.items() if field in fields}
            for language, texts in self.translations.items()
        }
        return {language: texts for language, texts in kept.items() if texts}

    def missing_languages(self, field: str) -> list[str]:
        """Return the codes of the languages in which a field is missing: none if it is empty or may be a name."""
        if field in self.untranslated_names or not getattr(self, field):
            return []
        available = {text.language for text in self.in_each_language(field)}
        return [code for code, _name in settings.CONTENT_LANGUAGES if code not in available]

    def clean(self) -> None:
        """Check each translation in the same way as the original.

        The errors have no field, because most forms do not have the field `translations`.
        """
        super().clean()
        languages = dict(settings.CONTENT_LANGUAGES).keys() - {self.original_language}
        for language, texts in self.translations.items():
            if language not in languages:
                raise ValidationError(_("No translations into this language: %(code)s."), params={"code": language})
            for field, text in texts.items():
                if field not in self.translated_fields or not isinstance(text, str) or not text.strip():
                    raise ValidationError(_("This is not a translation: %(field)s."), params={"field": field})
                self.text_field(field).clean(text, self)

    @classmethod
    def text_field(cls, name: str) -> models.Field[Any, Any]:
        """Return the model field that holds the original of a text."""
        return text_field(cls, name)


class Translatable(BaseTranslatable):
    """A record whose texts can be translated, with its own field for the language of the originals."""

    original_language = models.CharField(
        _("original language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default=settings.LANGUAGE_CODE
    )

    class Meta:
        abstract = True


class TranslatableWork(BaseTranslatable):
    """A record that is in one language, such as a paper. Its texts that can be translated are in that language."""

    language: Any

    class Meta:
        abstract = True

    @property
    def original_language(self) -> str:
        """The language of the record."""
        return str(self.language)


def text_field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """Return a field of a model that holds a text."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.CharField | models.TextField):
        raise TypeError(f"{name} of {model.__name__} is not a text field.")
    return field


def localized(path: str) -> Coalesce:
    """Return an expression for a field in the language of the page, or the original where there is no translation.

    `path` may lead to the field of a related record. Build it for each request, because it depends on the active
    language.
    """
    *relations, field = path.split("__")
    translation = KT("__".join([*relations, "translations", content_language(), field]))
    return Coalesce(translation, models.F(path), output_field=models.TextField())
