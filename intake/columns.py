"""Which column of a list holds what: read from its headings, in six languages, and from its cells."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contributions.screening.contacts import find_contacts

SAMPLE = 50  # rows from which the content of a column is judged
MOST_ABOVE = 40  # rows among which the headings are looked for
NAMES_OF_PEOPLE = {"person", "name", "organization", "affiliation"}
# Scripts without spaces between words: a heading is found anywhere in a longer one.
WITHOUT_SPACES = re.compile("[\u3400-\u9fff]")
MOST_WORDS = 3  # of a cell that is an e-mail address: Mara Lind <mara@example.org>
MIN_PART = 3  # letters of a heading that is looked for in longer ones, in scripts with spaces


def normalize(words: object) -> str:
    """Return words without case, accents, punctuation and extra spaces, for comparison."""
    letters = str(words).casefold()
    if not letters.isascii():
        decomposed = unicodedata.normalize("NFKD", letters)
        letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", letters))


class Columns:
    """The columns of one kind of list.

    `names` maps each column to the other headings that people give it (see `headings`); `required` are those that a
    list must have. `by_content` maps columns to functions that tell whether a cell belongs there, for lists whose
    headings say nothing.
    """

    def __init__(
        self,
        names: Mapping[str, Sequence[str]],
        *,
        required: Sequence[str] = (),
        by_content: Mapping[str, Callable[[str], bool]] | None = None,
    ) -> None:
        self.names, self.required, self.by_content = list(names), required, by_content or {}
        self.by_heading: dict[str, str] = {}
        self.parts: dict[str, str] = {}  # headings that may be part of a longer one
        for name, headings in names.items():
            for heading in (name, *headings):
                key = normalize(heading)
                self.by_heading.setdefault(key, name)
                if not heading.startswith("=") and (len(key) >= MIN_PART or WITHOUT_SPACES.search(key)):
                    self.parts.setdefault(key, name)

    def check(self, columns: Sequence[str]) -> None:
        """Raise ValidationError ("headings") if a column appears twice or a required one is missing."""
        for name in self.names:
            if columns.count(name) > 1:
                raise ValidationError(
                    _("This list has two columns for “%(name)s”: leave one of them.") % {"name": name}, code="headings"
                )
        missing = [name for name in self.required if name not in columns]
        if missing:
            raise ValidationError(
                _("This list names no column “%(name)s”: it takes %(all)s.")
                % {"name": missing[0], "all": ", ".join(self.names)},
                code="headings",
            )

    def match(self, headings: Sequence[str]) -> tuple[list[str], list[str]]:
        """Return the column of each heading ("" if unknown), and the unknown headings; only whole headings count.

        Raise ValidationError as `check` does.
        """
        found = [self.by_heading.get(normalize(heading), "") for heading in headings]
        self.check(found)
        return found, [heading for heading, name in zip(headings, found, strict=True) if heading and not name]

    def known(self, headings: Iterable[str]) -> int:
        """Return how many different columns these headings name as a whole or in part."""
        names = (self.by_heading.get(normalize(heading)) or self.part_of(heading)[0] for heading in headings)
        return len({name for name in names if name})

    def part_of(self, heading: str) -> tuple[str, int]:
        """Return the column of the longest known heading inside a longer one, and its length."""
        key = normalize(heading)
        inside = [
            part for part in self.parts if (part in key if WITHOUT_SPACES.search(part) else f" {part} " in f" {key} ")
        ]
        longest = max(inside, key=len, default="")
        return self.parts.get(longest, ""), len(longest)


@dataclass
class Guess:
    """Where the headings of a table are (a row number from 1, or 0) and which column each of its columns is.

    `is_sure` says that nothing needs to be asked: the headings are the first row, and each is known.
    """

    header: int
    columns: list[str] = field(default_factory=list)
    is_sure: bool = False


def guess(table: Sequence[Sequence[str]], columns: Columns) -> Guess:
    """Guess the headings and columns of a table."""
    rows = [(number, row) for number, row in enumerate(table[:MOST_ABOVE], 1) if any(row)]
    if not rows:
        return Guess(0)
    # Of rows that name as many columns, or none, the one with the most cells: a title above them has few.
    header, headings = max(rows, key=lambda row: (columns.known(row[1]), filled(row[1]), -row[0]))
    found = columns_below(table, header, columns)
    exact = [columns.by_heading.get(normalize(heading), "") for heading in headings]
    is_known = exact == found and all(name or not cell for name, cell in zip(exact, headings, strict=True))
    is_complete = all(name in found for name in columns.required)
    return Guess(header, found, is_known and is_complete and header == rows[0][0])


def columns_below(table: Sequence[Sequence[str]], header: int, columns: Columns) -> list[str]:
    """Guess which column each column of a table is, if its headings are in this row."""
    headings = list(table[header - 1]) if header else []
    sample = [row for row in table[header:] if any(row)][:SAMPLE]
    width = max([len(headings), *map(len, sample)])
    headings += [""] * (width - len(headings))
    cells = [[row[at] for row in sample if at < len(row) and row[at]] for at in range(width)]
    candidates = []
    for at, heading in enumerate(headings):
        if not heading or _mostly(cells[at], _is_address):
            continue
        if name := columns.by_heading.get(normalize(heading)):
            candidates.append((1_000, -at, name))
        part, length = columns.part_of(heading)
        if part:
            candidates.append((length, -at, part))
    found = [""] * width
    for _score, at, name in sorted(candidates, reverse=True):
        is_contact = name in NAMES_OF_PEOPLE and _mostly(cells[-at], lambda cell: any(find_contacts(cell)))
        is_number = name == "title" and _mostly(cells[-at], str.isdecimal)
        if not found[-at] and name not in found and not is_contact and not is_number:
            found[-at] = name
    for name, fits in columns.by_content.items():
        for at in range(width):
            if name not in found and not found[at] and _mostly(cells[at], fits):
                found[at] = name
    return found


def filled(row: Sequence[str]) -> int:
    """Return how many cells of a row have text."""
    return sum(bool(cell) for cell in row)


def _is_address(cell: str) -> bool:
    """Return whether a cell is an e-mail address, perhaps with a name before it, and not a sentence with one."""
    return "@" in cell and len(cell.split()) <= MOST_WORDS


def _mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    """Return whether more than half of these cells fit; of none, none do."""
    return sum(map(fits, cells)) * 2 > len(cells)


def digest_of(headings: Sequence[str]) -> str:
    """Return the SHA-256 of headings, for recognizing a list with the same ones."""
    return hashlib.sha256("\n".join(map(normalize, headings)).encode()).hexdigest()
