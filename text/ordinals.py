"""Ordinal numbers as texts write them: "third", "3rd", « troisième », «tercer»."""

import re

_ENGLISH = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # noqa: SIM905
_OTHERS = [
    "premier première primer primero primera", "deuxième second seconde segundo segunda",
    "troisième tercer tercero tercera", "quatrième cuarto cuarta", "cinquième quinto quinta", "sixième sexto sexta",
    "septième séptimo séptima", "huitième octavo octava", "neuvième noveno novena", "dixième décimo décima",
    "onzième undécimo undécima", "douzième duodécimo duodécima",
]  # fmt: skip
_WORDS = {
    word: number
    for number, (english, others) in enumerate(zip(_ENGLISH, _OTHERS, strict=True), start=1)
    for word in (english, *others.split())
}
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th|e|º|ª|\.º)|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_FIGURES = re.compile(r"\d+")


def ordinal_number(text: str | None) -> int | None:
    """Return the number of an ordinal that ORDINAL found, in any case, or None if there is none."""
    figures = _FIGURES.match(text or "")
    return int(figures[0]) if figures else _WORDS.get((text or "").lower())


def english_ordinal(number: int) -> str:
    """Return an ordinal as a title writes it: “Third”, “13th”."""
    if 0 < number <= len(_ENGLISH):
        return _ENGLISH[number - 1].capitalize()
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
