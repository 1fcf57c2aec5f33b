"""The names of countries in six languages: those that Babel has, and those that the United Nations use or used.

A search for a country finds it in all languages, and no one has to enter it in the vocabulary.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

from text.localized import LocalizedText
from text.words import words_of

from .terms import TermKey, split_terms, term_key

OTHER_NAMES = Path(__file__).with_name("country_names.csv")
LOCALES = {"en": "en", "fr": "fr", "es": "es", "ar": "ar", "ru": "ru", "zh": "zh_Hans"}
# The members and observer States of the United Nations, by their codes in ISO 3166-1.
STATES = """
    AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO
    CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID
    IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK
    ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB
    SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VA VC VE VN VU
    WS YE ZA ZM ZW
""".split()  # noqa: SIM905
NOT_WHOLE = re.compile("St[.]|&|о-ва|（")  # names that Babel abbreviates, and country_names.csv writes in full
BRACKETS = re.compile(r"[()]")  # around a second name: Myanmar (Burma)
# The endings of Russian names of one word in other cases, by the ending of the name. Short stems have other meanings.
CASES = {
    "ия": ("ии", "ию", "ией"), "й": ("я", "ю", "ем", "е"), "ь": ("я", "ю", "ем", "е"), "а": ("ы", "и", "е", "у", "ой"),
}  # fmt: skip
CASES_OF_CONSONANT = ("а", "у", "ом", "е")
CONSONANTS = "бвгджзклмнпрстфхцчшщ"


@dataclass(frozen=True)
class Country:
    """The names of a country that are searched for, and the words by which it is understood.

    An unclear name also means something else. It is understood if it is the whole query, or an acronym as it is
    written; only acronyms are searched for. `unclear` has such names with the words that must be written.
    """

    names: tuple[LocalizedText, ...]
    keys: frozenset[TermKey]
    unclear: tuple[tuple[TermKey, tuple[str, ...]], ...]


@cache
def countries() -> tuple[Country, ...]:
    """Return all countries, the name Congo first, which two of them have. It takes a tenth of a second once."""
    with OTHER_NAMES.open(encoding="utf8", newline="") as file:
        others = {row.pop("code"): row for row in csv.DictReader(file)}
    territories = {language: Locale.parse(code).territories for language, code in LOCALES.items()}
    found = [_country({}, others[""])]
    for state in STATES:
        found.append(_country({language: names[state] for language, names in territories.items()}, others.get(state)))
    return tuple(found)


def _country(own: dict[str, str], others: dict[str, str] | None) -> Country:
    unclear = split_terms(others["unclear"]) if others else []
    names = {}
    for language in LOCALES:
        for name in (*_names(own.get(language, "")), *split_terms(others[language] if others else "")):
            names.setdefault(term_key(name), LocalizedText(name, language))
    is_unclear = {term_key(name): tuple(words_of(name)) if name.isupper() else () for name in unclear}
    clear = {key: name for key, name in names.items() if key not in is_unclear}
    acronyms = [LocalizedText(name, "en") for name in unclear if name.isupper()]
    inflected = {(word,) for key, name in clear.items() if name.language == "ru" for word in _cases(key)}
    return Country((*clear.values(), *acronyms), frozenset({*clear, *inflected}), tuple(is_unclear.items()))


def _names(name: str) -> Iterator[str]:
    """Yield the names that Babel has as one."""
    if not NOT_WHOLE.search(name):
        yield from filter(None, map(str.strip, BRACKETS.split(name)))


def _cases(key: TermKey) -> Iterator[str]:
    """Yield the other cases of a Russian name of one word."""
    name = key[0]
    if len(key) > 1 or name.endswith("оа"):  # the cases of Samoa are other words
        return
    if name.endswith(tuple(CONSONANTS)):
        yield from (name + ending for ending in CASES_OF_CONSONANT)
    elif ending := next((ending for ending in CASES if name.endswith(ending)), None):
        yield from (name.removesuffix(ending) + other for other in CASES[ending])
