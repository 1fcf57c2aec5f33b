"""Find the names that the database knows: of series, topics, organizations and people."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from text.words import fold

WORD = re.compile(r"\b(?:[dl]|qu)[’'](?=\w)|\w+(?:[-’'.]\w+)*", re.I)  # “d'armes” is two words
KINDS = ("person", "topic", "organization", "series")  # where two have the same name, the later kind counts
ARTICLE = re.compile(r"^(?:(?:the|las?|les|los|el) |l[’'])")
BREAK = re.compile(r"(?<=\w\w)[.;:!?]\s|\n")


@dataclass(frozen=True)
class KnownName:
    """A name in the text that a record of this kind has; `name` is as the record spells it."""

    start: int
    end: int
    kind: str
    name: str


class KnownNames:
    """The names of existing records by kind. Names of organizations and people begin with a capital letter.

    A mapping gives names in several languages, each with the name that the record itself has.
    """

    def __init__(self, **names: Iterable[str] | Mapping[str, str]) -> None:
        given = [(kind, names.get(kind, ())) for kind in KINDS]
        self._names = {
            tuple(WORD.findall(ARTICLE.sub("", fold(name)))): (kind, of[name] if isinstance(of, Mapping) else name)
            for kind, of in given for name in of
        }  # fmt: skip
        self._longest = max(map(len, self._names), default=0)

    def find(self, text: str) -> list[KnownName]:
        """Return the known names in a text, in order; of two that overlap, the one that starts first or is longer."""
        words = [(match.start(), match.end(), fold(match[0])) for match in WORD.finditer(text)]
        found, place = list[KnownName](), 0
        for number, (start, _, _word) in enumerate(words):
            for length in range(self._longest if start >= place else 0, 0, -1):
                run = words[number : number + length]
                named = self._names.get(tuple(one[2] for one in run))
                is_kind = named and (named[0] in ("series", "topic") or text[start].isupper())
                if named and is_kind and not BREAK.search(text, start, run[-1][1]):
                    place = run[-1][1]
                    found.append(KnownName(start, place, *named))
                    break
        return found
