"""What the portal has acknowledged to people, which it must keep."""

import random
import string
from dataclasses import dataclass, field

LETTERS = 12


@dataclass
class Filing:
    """A contribution as its filer knows it.

    Nobody else knows `word` and `mark`: searches ask for the word, and a page that has the mark shows the contribution.
    """

    key: str
    word: str
    mark: str
    content: bytes = b""
    reference: str = ""  # empty until it is acknowledged
    is_public: bool = False
    is_uncertain: bool = False  # the last decision about it was not acknowledged

    @property
    def title(self):
        return f"Account {self.mark}"

    @property
    def text(self):
        return f"{self.mark} {self.word} was written by somebody who will not write it twice."


@dataclass
class Ledger:
    """Everything that was acknowledged, and what nobody may read."""

    filings: list[Filing] = field(default_factory=list)
    batches: list[list[str]] = field(default_factory=list)  # the titles of the rows that were asked for
    pdfs: list[str] = field(default_factory=list)  # the addresses of the summaries that are drawn

    @property
    def sent(self):
        """The filings that were acknowledged."""
        return [one for one in self.filings if one.reference]


def secret(chance):
    """Return a word that no text has by accident."""
    return "zq" + "".join(chance.choice(string.ascii_lowercase) for _ in range(LETTERS))


def new_filing(chance):
    """Return a filing that has not begun."""
    key = "".join(chance.choice("0123456789abcdef") for _ in range(32))
    word = secret(chance)
    made = Filing(f"{key[:8]}-{key[8:12]}-4{key[13:16]}-a{key[17:20]}-{key[20:]}", word, secret(chance))
    made.content = f"{made.mark} {word} and what we saw there.".encode()
    return made


def seeded(*parts):
    """Return the chance of a seed and a name, the same in every run."""
    return random.Random(":".join(map(str, parts)))  # noqa: S311 - meant to repeat
