"""What the cells of lists mean, in six languages: yes and no, languages, countries, days, and labels of choices."""

import csv
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import cache

from babel import Locale
from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override

from search.known_names import COUNTRY_NAMES, LOCALES

from .columns import normalize

YES = {
    "yes", "y", "true", "1", "x", "given", "consent given", "ok", "oui", "si", "да", "согласен", "согласна", "نعم",
    "是", "同意", "accorde", "agree", "i agree", "we agree", "de acuerdo", "acepto", "d accord", "v",
}  # fmt: skip
NO = {"no", "n", "false", "0", "not given", "none", "refused", "non", "нет", "لا", "否", "不同意", "refuse"}
OTHER_LANGUAGE_NAMES = {
    "castellano": "es", "mandarin": "zh", "英语": "en", "英文": "en", "法文": "fr", "西文": "es", "阿文": "ar",
    "俄文": "ru", "汉语": "zh", "eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "ara": "ar", "rus": "ru",
    "zho": "zh", "chi": "zh", "العربية": "ar", "الإنجليزية": "en",
}  # fmt: skip
NUMERIC_DAY = re.compile(r"(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})日?(?![\d])")
WRITTEN_DAY = re.compile(
    r"(\d{1,2})(?:er|st|nd|rd|th|º)?[-\s./]+(?:de\s+)?([^\W\d_]{3,})[-\s.,/]+(?:de\s+)?(\d{4}|\d\d(?!\d))"
)
ENGLISH_DAY = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
CENTURY = 2000


def ascii_digits(text: str) -> str:
    """Return a text with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)


@cache
def labels_of(choices: type[TextChoices]) -> dict[str, str]:
    """Return the value of each choice by its label in every language of the portal, and by the value itself."""
    found = {normalize(choice.value): choice.value for choice in choices}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {normalize(choice.label): choice.value for choice in choices}
    return found


@cache
def languages() -> dict[str, str]:
    """Return the code of each language of contributions by its names in all of them."""
    codes = [code for code, _name in settings.CONTENT_LANGUAGES]
    found = {normalize(name): code for code, name in settings.CONTENT_LANGUAGES}
    for locale in LOCALES.values():
        found |= {normalize(Locale.parse(locale).languages[code]): code for code in codes}
    found |= {normalize(name): code for name, code in OTHER_LANGUAGE_NAMES.items()}
    return {**found, **{code: code for code in codes}}


def is_language(text: str) -> bool:
    """Return whether a cell names a language of contributions."""
    return normalize(text) in languages()


@cache
def countries() -> dict[str, str]:
    """Return the ISO 3166-1 code of each country by its names in six languages, and by its code."""
    found: dict[str, str] = {}
    for locale in LOCALES.values():
        territories = Locale.parse(locale).territories
        found |= {normalize(name): code for code, name in territories.items() if re.fullmatch("[A-Z]{2}", code)}
    with COUNTRY_NAMES.open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            code = row.pop("code")
            names = [name.strip() for text in row.values() for name in (text or "").split(";") if name.strip()]
            found |= {normalize(name): code for name in names}
    found |= {code.casefold(): code for code in set(found.values()) if code}
    return {name: code for name, code in found.items() if code}  # two countries are called Congo


def is_country(text: str) -> bool:
    """Return whether a cell is the name of a country, not only a code, which may be a language as well."""
    return len(text) > len("AT") and normalize(text) in countries()


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by its names in six languages, in full and short."""
    return {
        normalize(name): number
        for locale in LOCALES.values()
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in Locale.parse(locale).months[context][width].items()
    }


def parse_day(text: str, *, month_first: bool = False) -> date | None:
    """Return the day that a cell names, or None. A time after it is ignored.

    `month_first` says how 3/4/2026 is read; without it, the day comes first.
    """
    text = ascii_digits(text.strip())
    if found := NUMERIC_DAY.match(text):
        first, middle, last = map(int, found.groups())
        if first >= 1000:
            return _day(first, middle, last)
        year = _year(last)
        return _day(year, first, middle) if month_first else _day(year, middle, first)
    if found := WRITTEN_DAY.match(text):
        return _day(_year(int(found[3])), _months().get(normalize(found[2]), 0), int(found[1]))
    if found := ENGLISH_DAY.match(text):
        return _day(int(found[3]), _months().get(normalize(found[1]), 0), int(found[2]))
    return None


def _year(number: int) -> int:
    """Return the year of a number of two or four digits."""
    return number if number >= CENTURY // 2 else CENTURY + number


def is_day(text: str) -> bool:
    """Return whether a cell is a day."""
    return parse_day(text) is not None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_month_first(cells: Sequence[str]) -> bool:
    """Return whether days such as 3/14/2026 in a column show that the month comes first."""
    found = [match for cell in cells if (match := NUMERIC_DAY.match(ascii_digits(cell.strip())))]
    return any(int(match[2]) > 12 for match in found if len(match[1]) < 4)
