"""The order of the list of speakers: by family name, under the letter that it begins with."""

from functools import lru_cache
from typing import NamedTuple

from publishing.models.page_state import State
from text.sorting import sort_key

from .models import Speaker
from .querysets import SpeakerQuerySet

OTHERS = "#"  # the heading of names that begin with no letter
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


class Listed(NamedTuple):
    """A speaker in the list: the primary key, and the letter under which they are listed."""

    pk: int
    letter: str


def family_name_of(name: str, family_name: str = "") -> str:
    """Return the part of a name by which it is sorted.

    This is the family name that staff gave, or that the name itself marks, and otherwise the last word.
    """
    return family_name or _marked_family_name(name) or _words_of_name(name)[-1]


def is_family_name_sure(name: str, family_name: str = "") -> bool:
    """Return False for a name of three or more words, initials apart, that does not show which are the family name."""
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
    return [Listed(pk, letter) for _key, _name, pk, letter in sorted(keys)]
