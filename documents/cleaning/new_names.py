"""Neutral names that replace those an author gave to styles, bookmarks and the like, the same for every use."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class NewNames:
    """The new names of one document by kind and old name, numbered in the order in which they are first requested.

    `found` counts the names that were replaced, as "names".
    """

    found: Counter[str]
    given: dict[tuple[str, str], str] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)

    def new(self, kind: str, old: str, pattern: str = "{kind}{number}") -> str:
        """Return the new name for `old` among things of this kind, made by `pattern` at the first request."""
        if (kind, old) not in self.given:
            self.numbers[kind] += 1
            self.given[kind, old] = pattern.format(kind=kind, number=self.numbers[kind])
            self.found["names"] += self.given[kind, old] != old
        return self.given[kind, old]
