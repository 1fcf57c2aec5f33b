"""The list of speakers: its order, by family name under the letter that it begins with, and its filters."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from publishing.models.page_state import State
from search.facets import FACET_LABELS, Choice, Facet, value_labels
from text.sorting import sort_key

from .models import Appearance, Speaker
from .querysets import SpeakerQuerySet

OTHERS = "#"  # the heading of names that begin with no letter
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


# {filter: paths from an appearance to its values}, in the order of the page. A country is that of the organization for
# which someone spoke, or of their present one.
PATHS = {
    "dialogue": ("dialogue__slug",),
    "country": ("organization__country", "speaker__organization__country"),
}


class Listed(NamedTuple):
    """A speaker in the list: the primary key, the letter under which they are listed, and the name to look in."""

    pk: int
    letter: str
    name: str


def family_name_of(name: str, family_name: str = "") -> str:
    """Return the part of a name by which it is sorted.

    This is the family name that staff gave, or that the name itself marks, and otherwise the last word.
    """
    return family_name or _marked_family_name(name) or _words_of_name(name)[-1]


def is_family_name_sure(name: str, family_name: str = "") -> bool:
    """Return whether it is clear which words of a name are the family name.

    It is not for a name of three or more words, initials aside, unless staff or the name itself mark them.
    """
    words = [word for word in _words_of_name(name) if not word.endswith(".")]
    return bool(family_name or _marked_family_name(name)) or len(words) < 3


def _marked_family_name(name: str) -> str:
    """Return the words in capitals, as in “Ana RUIZ SOTO”, or those around “y”, as in “José Ortega y Gasset”."""
    words = _words_of_name(name)
    capitals = [word for word in words if word.isupper() and len(word.rstrip(".")) > 1]
    if capitals and len(capitals) < len(words):
        return " ".join(capitals)
    return " ".join(words[words.index("y") - 1 :]) if "y" in words[2:-1] else ""


def _words_of_name(name: str) -> list[str]:
    """Return the words of a name without “Jr.” and the like."""
    words = name.split()
    return [word for word in words if word.rstrip(".").lower() not in SUFFIXES] or words


def listing_key(name: str, family_name: str = "") -> tuple[str, str]:
    """Return the key by which speakers are sorted: by family name, then by the whole name."""
    return sort_key(family_name_of(name, family_name), ""), sort_key(name, "")


def unsure_speakers(speakers: SpeakerQuerySet) -> list[int]:
    """Return the primary keys of the speakers whose family name staff should check."""
    rows = speakers.values_list("pk", "name", "family_name")
    return [pk for pk, name, family_name in rows if not is_family_name_sure(name, family_name)]


@lru_cache(2)
def listed_speakers(state: State) -> list[Listed]:
    """Return the public speakers in the order of the list. `state` is that of public pages when they are read."""
    keys = []
    for pk, name, family_name in Speaker.objects.published().values_list("pk", "name", "family_name"):
        key, whole_name = listing_key(name, family_name)
        letter = key[:1].upper() if key[:1].isalpha() else OTHERS
        keys.append((key, whole_name, pk, letter))
    return [Listed(pk, letter, name) for _key, name, pk, letter in sorted(keys)]


def filtered_speakers(state: State, chosen: Mapping[str, str]) -> list[Listed]:
    """Return the public speakers who have all chosen values, and each word of `chosen["name"]` in their name."""
    words = sort_key(chosen.get("name", ""), "").split()
    groups = [speakers_by(state, name).get(chosen[name], frozenset()) for name in PATHS if name in chosen]
    return [
        listed
        for listed in listed_speakers(state)
        if all(listed.pk in group for group in groups) and all(word in listed.name for word in words)
    ]


def speaker_facets(state: State, chosen: Mapping[str, str]) -> list[Facet]:
    """Return the filters that offer a choice. Each value counts what it gives together with the other filters."""
    made = [_facet(name, chosen, state) for name in PATHS]
    return [facet for facet in made if len(facet.choices) > 1 or facet.chosen]


@lru_cache(2 * len(PATHS))
def speakers_by(state: State, name: str) -> dict[str, frozenset[int]]:
    """Return {value: primary keys of the speakers who have it} for a filter, from what everyone may read."""
    found: dict[str, set[int]] = {}
    for path in PATHS[name]:
        for value, pk in Appearance.objects.published().order_by().values_list(path, "speaker_id").distinct():
            if value:
                found.setdefault(value, set()).add(pk)
    return {value: frozenset(pks) for value, pks in found.items()}


def _facet(name: str, chosen: Mapping[str, str], state: State) -> Facet:
    others = {other: value for other, value in chosen.items() if other != name}
    listed = {one.pk for one in filtered_speakers(state, others)}
    own = chosen.get(name, "")
    # A value that no speaker has is shown as it was typed, so that the reader can remove it.
    counts = {own: 0} if own else {}
    counts |= {value: number for value, pks in speakers_by(state, name).items() if (number := len(pks & listed))}
    labels = ({own: own} if own else {}) | value_labels(name, counts, state)
    choices = [Choice(value, labels[value], count, value == own) for value, count in counts.items() if value in labels]
    choices.sort(key=lambda choice: (-choice.count, str(choice.label)))
    return Facet(name, FACET_LABELS[name], choices)
