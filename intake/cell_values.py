"""What the cells of lists mean, in six languages: yes and no, languages, days, and labels of choices."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, time
from functools import cache

from babel import Locale
from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override

from search.name_variants import LOCALES

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
NUMERIC_DAY = re.compile(r"(\d{1,4})\s*([-/.年])\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})日?(?![\d])")
WRITTEN_DAY = re.compile(
    r"(\d{1,2})(?:er|st|nd|rd|th|º)?[-\s./]+(?:de\s+)?([^\W\d_]{3,})[-\s.,/]+(?:de\s+)?(\d{4}|\d\d(?!\d))"
)
ENGLISH_DAY = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
# Days without a year.
WRITTEN_DAY_ALONE = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th|º)?[-\s./]+(?:de\s+)?([^\W\d_]{3,})\.?$")
ENGLISH_DAY_ALONE = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?$")
NUMERIC_DAY_ALONE = re.compile(r"(\d{1,2})[/.-](\d{1,2})\.?$")
FIRST_WORD = re.compile(r"([^\W\d_]+)\.?,?\s+")
ARTICLES = {"le", "el", "the", "on", "du"}
# A time of day ends a cell. Digits with full stops before it are a day.
HOUR = re.compile(
    r"(?:^|[\sT,])(\d{1,2})(?:[:.h](\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:([ap])\.?m\.?|h(?:rs?|s)?\.?)?|\s*([ap])\.?m\.?|\s?h)"
    r"\s*$",
    re.IGNORECASE,
)
ONE_HOUR = r"\d{1,2}(?:[:.h]\d{2}(?:\s*(?:[ap]\.?m\.?|h(?:rs?|s)?\.?))?|\s*[ap]\.?m\.?|\s?h)"
HOURS = re.compile(
    rf"(?P<start>(?:|.*[\sT,]){ONE_HOUR})\s*(?:[-–—−~]|to|until|[àa]|до|إلى|至)\s*(?P<end>{ONE_HOUR})\s*", re.IGNORECASE
)
CENTURY = 2000
MONTHS = 12  # of a year


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
def _months() -> dict[str, int]:
    """Return the number of each month by its names in six languages, in full and short."""
    return {
        normalize(name): number
        for locale in LOCALES.values()
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in Locale.parse(locale).months[context][width].items()
    }


@cache
def _weekdays() -> set[str]:
    """Return the names of the days of the week in six languages, in full and short."""
    return {
        normalize(name)
        for locale in LOCALES.values()
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in Locale.parse(locale).days[context][width].values()
    }


def _clean(text: str) -> str:
    """Return a day in ASCII digits, without an article and a day of the week before it."""
    text = ascii_digits(text.strip())
    while (found := FIRST_WORD.match(text)) and normalize(found[1]) in _weekdays() | ARTICLES:
        text = text[found.end() :]
    return text


def parse_day(text: str, *, month_first: bool = False) -> date | None:
    """Return the day that a cell names, or None. A time after it is ignored.

    `month_first` says how 3/4/2026 is read; without it, the day comes first.
    """
    text = _clean(text)
    if found := NUMERIC_DAY.match(text):
        first, middle, last = int(found[1]), int(found[3]), int(found[4])
        if first >= 1000:
            return _day(first, middle, last)
        year = _year(last)
        return _day(year, first, middle) if month_first else _day(year, middle, first)
    if found := WRITTEN_DAY.match(text):
        return _day(_year(int(found[3])), _months().get(normalize(found[2]), 0), int(found[1]))
    if found := ENGLISH_DAY.match(text):
        return _day(int(found[3]), _months().get(normalize(found[1]), 0), int(found[2]))
    return None


def parse_day_of_year(text: str, year: int) -> date | None:
    """Return the day of this year that a cell without a year names, such as “7 May”, or None."""
    text = _clean(text)
    if found := WRITTEN_DAY_ALONE.match(text):
        return _day(year, _months().get(normalize(found[2]), 0), int(found[1]))
    if found := ENGLISH_DAY_ALONE.match(text):
        return _day(year, _months().get(normalize(found[1]), 0), int(found[2]))
    if found := NUMERIC_DAY_ALONE.match(text):
        return _day(year, int(found[2]), int(found[1]))
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


def parse_hour(text: str) -> time | None:
    """Return the time of day at the end of a cell, such as 9:30, 09.30, 9h30 or 3 p.m., or None."""
    found = HOUR.search(ascii_digits(text.strip()))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def split_hours(text: str) -> tuple[str, str]:
    """Return the start and the end that a cell such as “10 July, 9.30 to 11.00” names; no end is ""."""
    found = HOURS.fullmatch(ascii_digits(text.strip()))
    return (found["start"], found["end"]) if found else (text, "")


def is_day_with_hour(text: str) -> bool:
    """Return whether a cell is a day with a time of day, or with two."""
    return is_day(text) and parse_hour(split_hours(text)[0]) is not None


def is_ambiguous_day(text: str) -> bool:
    """Return whether a cell such as 3/4/2026 can be a day of two months. With full stops, the day comes first."""
    found = NUMERIC_DAY.match(_clean(text))
    return (
        found is not None
        and len(found[1]) < 4
        and found[2] != "."
        and found[1] != found[3]
        and (max(int(found[1]), int(found[3])) <= MONTHS)
    )


def is_month_first(cells: Sequence[str]) -> bool | None:
    """Return whether days of a column such as 3/14/2026 show that the month comes first; None if none shows it."""
    found = [match for cell in cells if (match := NUMERIC_DAY.match(_clean(cell))) and len(match[1]) < 4]
    if any(int(match[3]) > MONTHS for match in found):
        return True
    return False if any(int(match[1]) > MONTHS and match[2] != "." for match in found) else None
