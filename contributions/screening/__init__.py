"""Screening: finds personal data in a text before it is published, so that a reviewer can look at it.

All findings are guesses. Some are wrong, and others are missed; a person decides. Every search takes time in proportion
to the length of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from .addresses import find_addresses
from .contacts import find_contacts
from .findings import Finding, Findings, Kind, Spot
from .language import likely_language
from .names import find_names
from .revisions import LanguageDoubt, Piece, language_doubts, pieces_of
from .senders import find_senders
from .vehicles import find_vehicles

__all__ = [
    "MAX_FINDINGS",
    "Finding",
    "Findings",
    "Kind",
    "LanguageDoubt",
    "Piece",
    "find_personal_data",
    "language_doubts",
    "likely_language",
    "pieces_of",
]

MAX_FINDINGS = 200  # no reviewer reads more, and a text that consists of addresses must not fill the page


def find_personal_data(
    texts: Iterable[tuple[str, str]], known: Iterable[str] = (), withheld: Mapping[str, Sequence[str]] | None = None
) -> Findings:
    """Return the personal data in `texts`, pairs of a place ("Text", "File 1, page 3") and its text, in their order.

    Names of people and organizations that are `known` to be public are left out. `withheld` holds for a place the
    names that its text should not contain. There are at most MAX_FINDINGS; `more` says whether others were left out.
    """
    known, withheld = tuple(known), withheld or {}
    found = chain.from_iterable(_findings_in(place, text, known, withheld.get(place, ())) for place, text in texts)
    first = list(islice(found, MAX_FINDINGS + 1))
    return Findings(first[:MAX_FINDINGS], more=len(first) > MAX_FINDINGS)


def _findings_in(place: str, text: str, known: tuple[str, ...], withheld: Sequence[str]) -> Iterator[Finding]:
    """Yield the findings of one text in its order. If two overlap, the more certain one counts."""
    spots: list[Spot] = []
    guesses = find_senders(text, withheld), find_names(text, known)
    for search in (find_addresses(text), find_vehicles(text), find_contacts(text), *guesses):
        for spot in islice(search, MAX_FINDINGS + 1):
            if not any(spot.start < other.end and other.start < spot.end for other in spots):
                spots.append(spot)
    for spot in sorted(spots, key=lambda spot: (spot.start, spot.end)):
        yield Finding.of(spot, place, text)
