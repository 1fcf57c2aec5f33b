"""Columns with the translations of a text, such as “title [fr]”: their headings, and what their cells mean.

The headings are those of the lists that the portal exports, and others that people use.
"""

from collections.abc import Mapping
from typing import Any

from babel import Locale
from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from publishing.models import BaseTranslatable

from ..columns import normalize
from .cells import ParsedRow

CODES = [code for code, _name in settings.CONTENT_LANGUAGES]


def column_of(field: str, code: str) -> str:
    """Return the name of the column with one translation: "title_fr"."""
    return f"{field}_{code}"


def columns_of(field: str, words: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """Return the columns with the translations of a field, each with its headings.

    `words` are other names of the field, such as “titre”. Only whole headings count.
    """
    return {column_of(field, code): tuple(_headings((field, *words), code)) for code in CODES}


def labels_of_translations(field: str, label: Promise) -> dict[str, Promise]:
    """Return the names on pages of the columns with the translations of a field."""
    return {column_of(field, code): format_lazy("{} [{}]", label, code) for code in CODES}


def _headings(words: tuple[str, ...], code: str) -> list[str]:
    """Return the headings of one translation: “title [fr]”, “title (French)”, “titre (français)”."""
    names = (code, Locale("en").languages[code], Locale(code).languages[code])
    return [f"={word} {name}" for word in words for name in names]


def read_translations(cells: Mapping[str, str], parsed: ParsedRow, field: str, language: str | None) -> dict[str, Any]:
    """Return the translations in a row as {language: {field: text}}, without empty cells.

    `language` is that of the original. A cell of this language must say what the original says.
    """
    found = {}
    for code in CODES:
        column = column_of(field, code)
        if not cells[column]:
            continue
        if not cells[field]:
            parsed.errors.setdefault(column, _("Enter the original text in its own column too."))
        elif code != language:
            found[code] = {field: cells[column]}
        elif normalize(cells[column]) != normalize(cells[field]):
            parsed.errors.setdefault(
                column, _("The original is in this language: leave this cell empty, or enter the same text.")
            )
    return found


def joined_translations(record: Any, found: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return the translations of a record together with those of a row, which replace them where both have one."""
    stored = record.translations if isinstance(record, BaseTranslatable) else {}
    joined = {code: {**stored.get(code, {}), **found.get(code, {})} for code in {*stored, *found}}
    return {code: texts for code, texts in sorted(joined.items()) if texts}
