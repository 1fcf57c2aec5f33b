"""The order of the list of speakers: by family name, under the letter that it begins with."""

from functools import lru_cache
from typing import NamedTuple

from publishing.models.page_state import State
from text.sorting import sort_key

from .models import Speaker

OTHERS = "#"  # the heading of names that begin with no letter


class Listed(NamedTuple):
    """A speaker in the list: the primary key, and the letter under which they are listed."""

    pk: int
    letter: str


def family_name_of(name: str, family_name: str = "") -> str:
    """Return the part of a name by which it is sorted: the family name if staff gave it, otherwise the last word."""
    return family_name or name.rsplit(maxsplit=1)[-1]


@lru_cache(2)
def listed_speakers(state: State) -> list[Listed]:
    """Return the public speakers in the order of the list. `state` is that of public pages when they are read."""
    keys = []
    for pk, name, family_name in Speaker.objects.published().values_list("pk", "name", "family_name"):
        key = sort_key(family_name_of(name, family_name), "")
        letter = key[:1].upper() if key[:1].isalpha() else OTHERS
        keys.append((key, sort_key(name, ""), pk, letter))
    return [Listed(pk, letter) for _key, _name, pk, letter in sorted(keys)]
