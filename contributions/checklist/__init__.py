"""What a reviewer should look at before a text is published: what may lead to a person. All of it is a guess.

Nothing here decides: it points at places, misses some, and points at some in vain. Each search takes time in proportion
to the length of the text, whatever the text is.
"""

from itertools import chain, islice

from .contacts import find_contacts
from .finding import Finding, Findings, Kind
from .languages import language_doubt
from .names import find_names

__all__ = ["MOST", "Finding", "Findings", "Kind", "language_doubt", "look"]

MOST = 200  # findings: a reviewer reads no more, and a text of nothing but addresses shall not fill a page


def look(texts, known=()):
    """What to look at in `texts`, pairs of a place ("text", "page 3") and its text, in the order in which it stands.

    Persons and bodies whose names are `known` to be meant for the public are left out. At most MOST findings; `more`
    of the answer says whether there are others.
    """
    known = tuple(known)
    found = chain.from_iterable(_of_one(place, text, known) for place, text in texts)
    first = list(islice(found, MOST + 1))
    return Findings(first[:MOST], more=len(first) > MOST)


def _of_one(place, text, known):
    """The findings of one text in its order; of two that overlap, the one that says more."""
    spots = []
    for search in (find_contacts(text), find_names(text, known)):
        for spot in islice(search, MOST + 1):
            if not any(spot.start < other.end and other.start < spot.end for other in spots):
                spots.append(spot)
    return [Finding.of(spot, place, text) for spot in sorted(spots, key=lambda spot: (spot.start, spot.end))]
