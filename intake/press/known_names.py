"""Find the names that the database knows: of series, topics, organizations and people."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from text.words import fold

WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
BETWEEN_WORDS = re.compile(r"[ \u00a0\n,.]{1,2}")
ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True)
class KnownName:
    """A name in the text that a record of this kind has; `name` is as the record spells it."""

    start: int
    end: int
    kind: str
    name: str


class KnownNames:
    """The names of existing records by kind. Names of organizations and people begin with a capital letter."""

    def __init__(
        self, series: Iterable[str] = (), topics: Iterable[str] = (), organizations: Iterable[str] = (),
        people: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self._names: dict[tuple[str, ...], tuple[str, str]] = {}
        kinds = {"person": people, "topic": topics, "organization": organizations, "series": series}
        for kind, names in kinds.items():  # the last kind wins
            self._names |= {key: (kind, name) for name in names if (key := _key(name))}
        self._lengths: dict[str, set[int]] = {}
        for key in self._names:
            self._lengths.setdefault(key[0], set()).add(len(key))

    def find(self, text: str) -> list[KnownName]:
        """Return the known names in a text, in order; of two that overlap, the one that starts first or is longer."""
        words = [(match.start(), match.end(), fold(match[0])) for match in WORD.finditer(text)]
        found, place = list[KnownName](), 0
        for number, (start, _, word) in enumerate(words):
            for length in sorted(self._lengths.get(word, ()), reverse=True) if start >= place else ():
                run = words[number : number + length]
                named = self._names.get(tuple(one[2] for one in run))
                if named and _is_run(text, run) and (named[0] in ("series", "topic") or text[start].isupper()):
                    place = run[-1][1]
                    found.append(KnownName(start, place, *named))
                    break
        return found


def _key(name: str) -> tuple[str, ...]:
    words = [fold(word) for word in WORD.findall(name)]
    return tuple(words[1:] if words and words[0] in ARTICLES else words)


def _is_run(text: str, run: list[tuple[int, int, str]]) -> bool:
    """Return whether nothing but spaces and commas is between these words."""
    return all(BETWEEN_WORDS.fullmatch(text, one[1], other[0]) for one, other in pairwise(run))
