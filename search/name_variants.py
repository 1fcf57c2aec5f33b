"""Names that a search knows without the vocabulary: of countries, and of people and places with several spellings.

The names of countries in six languages are those that Babel has, and those that the United Nations use or used.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from django.conf import settings
from django.utils.translation import to_locale

from text.localized import LocalizedText
from text.words import languages_of, words_of

from .terms import TermKey, split_terms, term_key

COUNTRY_NAMES = Path(__file__).with_name("country_names.csv")  # those that Babel does not have
SPELLINGS = Path(__file__).with_name("name_spellings.csv")  # a name a line, in Latin letters and in other scripts
# The locale of each language, in which Babel names countries, languages, months and days.
LOCALES = {code.partition("-")[0]: to_locale(code) for code, _name in settings.LANGUAGES}
# The members and observer States of the United Nations, by their codes in ISO 3166-1.
STATES = """
    AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO
    CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID
    IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK
    ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB
    SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VA VC VE VN VU
    WS YE ZA ZM ZW
""".split()  # noqa: SIM905
NOT_WHOLE = re.compile("&|о-ва|（")  # names that Babel abbreviates, and country_names.csv writes in full
BRACKETS = re.compile(r"[()]")  # around a second name: Myanmar (Burma)
# The endings of Russian names of one word in other cases, by the ending of the name. Short stems have other meanings.
CASES = {
    "ия": ("ии", "ию", "ией"), "й": ("я", "ю", "ем", "е"), "ь": ("я", "ю", "ем", "е"), "а": ("ы", "и", "е", "у", "ой"),
}  # fmt: skip
CASES_OF_CONSONANT = ("а", "у", "ом", "е")
CONSONANTS = "бвгджзклмнпрстфхцчшщ"


@dataclass(frozen=True)
class KnownName:
    """The names of a country, a place or a person that are searched for, and the words by which it is understood.

    An unclear name also means something else. It is understood if it is the whole query, or an acronym as it is
    written; only acronyms are searched for. `unclear` has such names with the words that must be written.
    """

    names: tuple[LocalizedText, ...]
    keys: frozenset[TermKey]
    unclear: tuple[tuple[TermKey, tuple[str, ...]], ...] = ()


@cache
def known_names() -> tuple[KnownName, ...]:
    """Return all names, beginning with Congo, which two countries have. A process makes them once."""
    with COUNTRY_NAMES.open(encoding="utf8", newline="") as file:
        others = {row.pop("code"): row for row in csv.DictReader(file)}
    territories = {language: Locale.parse(code).territories for language, code in LOCALES.items()}
    found = [_country({}, others[""])]
    for state in STATES:
        found.append(_country({language: names[state] for language, names in territories.items()}, others.get(state)))
    found += map(_name, SPELLINGS.read_text("utf8").splitlines())
    return tuple(found)


def _name(line: str) -> KnownName:
    """Return a name with the spellings of a line."""
    spellings = [LocalizedText(spelling, languages_of(spelling)[0]) for spelling in split_terms(line)]
    return KnownName(tuple(spellings), _keys(spellings))


def _keys(names: Iterable[LocalizedText]) -> frozenset[TermKey]:
    """Return the words of names, and of those in Russian in the other cases."""
    keys = {term_key(name): name.language for name in names}
    inflected = {(word,) for key, language in keys.items() if language == "ru" for word in _cases(key)}
    return frozenset({*keys, *inflected})


def _country(own: dict[str, str], others: dict[str, str] | None) -> KnownName:
    unclear = split_terms(others["unclear"]) if others else []
    names: dict[TermKey, LocalizedText] = {}
    for language in LOCALES:
        for name in (*_names(own.get(language, "")), *split_terms((others or {}).get(language, ""))):
            names.setdefault(term_key(name), LocalizedText(name, language))
    written = {term_key(name): tuple(words_of(name)) if name.isupper() else () for name in unclear}
    clear = [name for key, name in names.items() if key not in written]
    acronyms = [LocalizedText(name, "en") for name in unclear if name.isupper()]
    return KnownName((*clear, *acronyms), _keys(clear), tuple(written.items()))


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
