"""Which country a cell means: by the names that CLDR, ISO 3166-1 and the United Nations use, in six languages."""

import csv
import gettext
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pycountry
from babel import Locale

from search.name_variants import BRACKETS, COUNTRY_NAMES, LOCALES

from .columns import normalize

# Translations of ISO 3166-1, whose own names are English.
ISO_LOCALES = ["zh_CN" if language == "zh" else language for language in LOCALES if language != "en"]
# Names in use that none of these has.
OTHER_NAMES = {
    "CD": ("RD Congo", "DR Congo", "RDC", "DRC", "Congo-Kinshasa"),
    "CG": ("Congo-Brazzaville",),
    "GB": ("UK", "England", "Scotland", "Wales", "Northern Ireland"),
    "KP": ("DPRK", "DPR Korea", "RPDC"),
    "KR": ("ROK",),
    "LA": ("Lao PDR",),
    "MK": ("The former Yugoslav Republic of Macedonia", "Ex-République yougoslave de Macédoine", "FYROM"),
    "US": ("USA", "U.S."),
}
AMBIGUOUS = {
    **dict.fromkeys(("congo", "الكونغو", "конго", "刚果"), ("CD", "CG")),
    **dict.fromkeys(("korea", "coree", "corea", "كوريا", "корея"), ("KP", "KR")),
}
# Words that say nothing about which country it is: articles, “of”, “and”.
SMALL_WORDS = frozenset("a and d de del des du e el et l la las le les los of the y".split())  # noqa: SIM905
# Abbreviations in each of the languages in Latin letters.
ABBREVIATIONS: tuple[Mapping[str, str], ...] = (
    {"dem": "democratic", "fed": "federated", "is": "islands", "rep": "republic", "st": "saint"},
    {"dem": "democratique", "rep": "republique", "st": "saint", "ste": "sainte"},
    {"dem": "democratica", "rep": "republica", "is": "islas", "s": "san"},
)


def countries_called(text: str) -> set[str]:
    """Return the ISO 3166-1 codes of the countries that a cell may mean: none, one, or several with that name."""
    name = normalize(text)
    if name in AMBIGUOUS:
        return set(AMBIGUOUS[name])
    return next((set(found) for key in _keys(name) if (found := _codes().get(key))), set())


def is_country(text: str) -> bool:
    """Return whether a cell is the name of a country, not only a code, which may be a language as well."""
    return len(text) > len("AUT") and bool(countries_called(text))


def country_name(code: str, language: str) -> str:
    """Return the name of a country in a language of the portal."""
    name: str = Locale.parse(LOCALES.get(language[:2], "en")).territories.get(code, code)
    return name


@cache
def _codes() -> dict[str, frozenset[str]]:
    """Return the codes of the countries by each of their keys. A name exactly as it is written takes precedence."""
    whole: dict[str, set[str]] = defaultdict(set)
    other: dict[str, set[str]] = defaultdict(set)
    for name, code in _names():
        first, *rest = _keys(normalize(name))
        whole[first].add(code)
        for key in rest:
            other[key].add(code)
    for name, code in _second_names():
        other[normalize(name)].add(code)
    return {key: frozenset(codes) for key, codes in {**other, **whole}.items() if key}


def _names() -> Iterator[tuple[str, str]]:
    """Yield each name of each country, and its codes, with its code of two letters."""
    yield from _territories()
    with COUNTRY_NAMES.open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            code = row.pop("code")
            listed = (name.strip() for text in row.values() for name in (text or "").split(";"))
            yield from ((name, code) for name in listed if name and code)
    translations = [gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [locale]) for locale in ISO_LOCALES]
    for country in pycountry.countries:
        names = {getattr(country, field, "") for field in ("name", "official_name", "common_name")} - {""}
        yield from ((code, country.alpha_2) for code in (country.alpha_2, country.alpha_3))
        yield from ((name, country.alpha_2) for name in names)
        yield from ((one.gettext(name), country.alpha_2) for one in translations for name in names)
    yield from ((name, code) for code, names in OTHER_NAMES.items() for name in names)


def _territories() -> Iterator[tuple[str, str]]:
    for locale in LOCALES.values():
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == len("AT") and code.isalpha():
                yield name, code


def _second_names() -> Iterator[tuple[str, str]]:
    """Yield the parts of names such as “Myanmar (Burma)”."""
    for name, code in _territories():
        yield from ((part, code) for part in BRACKETS.split(name) if part != name)


def _keys(name: str) -> Iterable[str]:
    """Yield the keys by which a name is compared: the name itself, then less exact ones.

    The order of words differs (“Iran (Islamic Republic of)”), as do articles, apostrophes and abbreviations.
    """
    words = name.split()
    yield name
    if len(name) <= len("AUT") and len(words) == 1:  # a code
        return
    yield "".join(words)
    yield _unordered(words)
    yield from (_unordered([short.get(word, word) for word in words]) for short in ABBREVIATIONS)


def _unordered(words: Iterable[str]) -> str:
    return " ".join(sorted(word for word in words if word not in SMALL_WORDS))
