"""Which column of a list holds what: read from its headings, in six languages, and from its cells."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from contributions.screening.contacts import find_contacts

SAMPLE = 50  # rows from which the content of a column is judged
MOST_ABOVE = 40  # rows among which the headings are looked for
# Columns with names that the public may read. They must have no email addresses or phone numbers.
NAMES_OF_PEOPLE = {"person", "name", "organization", "affiliation", "chair", "moderator", "speakers"}
# Scripts without spaces between words: a heading is found anywhere in a longer one.
WITHOUT_SPACES = re.compile("[\u3400-\u9fff]")
# Columns whose cells name several, often with the separator of the list between them.
SEVERAL = {"speakers", "chair", "moderator", "topics"}
NUMBERED = re.compile(r"(?:[^\W\d]{2,}\s+)?(?:n[.oº°]*\s*|№\s*|#)?\d{1,4}", re.IGNORECASE)
MOST_WORDS = 3  # of a cell that is an email address: Mara Lind <mara@example.org>
WHOLE = 1_000  # the score of a heading that is known as a whole; of others, the length of their known part
MIN_PART = 3  # letters of a heading that is looked for in longer ones, in scripts with spaces


def normalize(words: object) -> str:
    """Return words without case, accents, punctuation and extra spaces, for comparison."""
    letters = str(words).casefold()
    if not letters.isascii():
        decomposed = unicodedata.normalize("NFKD", letters)
        letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", letters))


def is_number(text: str) -> bool:
    """Return whether a cell is a number, perhaps with one word before it: 2, Session 2, Sesión n.º 2."""
    return NUMBERED.fullmatch(text) is not None


class Columns:
    """The columns of one kind of list.

    `names` maps each column to the other headings that people give it (see `headings`); `required` are those that a
    list must have. `by_content` maps columns to functions that tell whether a cell belongs there, for lists whose
    headings say nothing. `labels` are their names on pages. `in_lists` are columns that only lists have, such as a
    first name, with the column of rows that they become part of.
    """

    def __init__(
        self,
        names: Mapping[str, Sequence[str]],
        *,
        required: Sequence[str] = (),
        by_content: Mapping[str, Callable[[str], bool]] | None = None,
        labels: Mapping[str, str | Promise] | None = None,
        in_lists: Mapping[str, str] | None = None,
    ) -> None:
        self.required, self.by_content = required, by_content or {}
        self.labels, self.in_lists = labels or {}, in_lists or {}
        self.of_lists = list(names)
        self.names = [name for name in names if name not in self.in_lists]
        self.by_heading: dict[str, str] = {}
        self.parts: dict[str, str] = {}  # headings that may be part of a longer one
        for name, headings in names.items():
            for heading in (name, *headings):
                key = normalize(heading)
                self.by_heading.setdefault(key, name)
                counts_inside = not heading.startswith("=") and f"={heading}" not in headings
                if counts_inside and (len(key) >= MIN_PART or WITHOUT_SPACES.search(key)):
                    self.parts.setdefault(key, name)

    def check(self, columns: Sequence[str]) -> None:
        """Raise ValidationError ("headings") if a column appears twice or a required one is missing."""
        for name in self.of_lists:
            if columns.count(name) > 1:
                raise ValidationError(
                    _("This list has two columns for “%(name)s”: keep one of them.") % {"name": self.label(name)},
                    code="headings",
                )
        missing = [name for name in self.required if name not in self.become(columns)]
        if missing:
            raise ValidationError(
                _("This list has no column “%(name)s”. It can have: %(all)s.")
                % {"name": self.label(missing[0]), "all": ", ".join(self.all_labels())},
                code="headings",
            )

    def label(self, name: str) -> str:
        """Return the name of a column on pages."""
        return str(self.labels.get(name, name))

    def all_labels(self) -> list[str]:
        """Return the names on pages of all columns that a list can have."""
        return [self.label(name) for name in self.of_lists]

    def become(self, columns: Iterable[str]) -> set[str]:
        """Return the columns of rows that these columns of a list become."""
        return {self.in_lists.get(name, name) for name in columns}

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
    is_known = exact == found[: len(exact)] and all(
        name or not cell for name, cell in zip(exact, headings, strict=True)
    )
    is_known &= not _has_columns_beside(table, header, len(headings))
    is_complete = all(name in columns.become(found) for name in columns.required)
    return Guess(header, found, is_known and is_complete and header == rows[0][0])


def columns_below(table: Sequence[Sequence[str]], header: int, columns: Columns) -> list[str]:
    """Guess which column each column of a table is, if its headings are in this row."""
    headings = headings_at(table, header)
    sample = [row for row in table[header:] if any(row)][:SAMPLE]
    width = max([len(headings), *map(len, sample)])
    headings += [""] * (width - len(headings))
    cells = [[row[at] for row in sample if at < len(row) and row[at]] for at in range(width)]
    candidates = []
    for at, heading in enumerate(headings):
        if not heading or _mostly(cells[at], _is_address):
            continue
        if name := columns.by_heading.get(normalize(heading)):
            candidates.append((WHOLE, -at, name))
        part, length = columns.part_of(heading)
        if part:
            candidates.append((length, -at, part))
    found = [""] * width
    # “Session 2” may be a title, but not if another column has titles.
    titles = {at for _score, at, name in candidates if name == "title"}
    is_no_title = is_number if len(titles) > 1 else str.isdecimal
    for score, at, name in sorted(candidates, reverse=True):
        # “Name of the document” above titles is no file if another column has names of files.
        fits = columns.by_content.get(name)
        is_elsewhere = (
            score < WHOLE and fits and not _mostly(cells[-at], fits) and any(_mostly(one, fits) for one in cells)
        )
        is_contact = name in NAMES_OF_PEOPLE and _mostly(cells[-at], lambda cell: any(find_contacts(cell)))
        has_numbers = name == "title" and _mostly(cells[-at], is_no_title)
        if not found[-at] and name not in found and not (is_contact or has_numbers or is_elsewhere):
            found[-at] = name
    for name, fits in columns.by_content.items():
        for at in range(width):
            if name not in found and not found[at] and _mostly(cells[at], fits):
                found[at] = name
    return found


def _has_columns_beside(table: Sequence[Sequence[str]], header: int, width: int) -> bool:
    """Return whether most rows have text beside the headings, which may be a column without one."""
    rows = [row for row in table[header:] if any(row)]
    return _mostly([" ".join(row[width:]).strip() for row in rows], bool)


def join_last_cells(table: Sequence[list[str]], separator: str, columns: Columns) -> None:
    """Join what follows the last heading with its cell, if that may name several and nobody quoted the separators.

    The table is that of a CSV file with this separator, with its empty cells.
    """
    header = guess(table, columns).header
    width = len(table[header - 1]) if header else 0
    if width and columns.by_heading.get(normalize(table[header - 1][-1])) in SEVERAL:
        for row in table[header:]:
            row[width - 1 :] = [f"{separator} ".join(cell.strip() for cell in row[width - 1 :] if cell.strip())]


def headings_at(table: Sequence[Sequence[str]], header: int) -> list[str]:
    """Return the headings in this row. Where one is empty, the cell above it counts if the row above has several cells.

    Spreadsheets leave such gaps where cells were merged over two rows.
    """
    headings = list(table[header - 1]) if header else []
    above = list(table[header - 2]) if header > 1 else []
    if filled(above) > 1:
        headings += [""] * (len(above) - len(headings))
        headings = [heading or (above[at] if at < len(above) else "") for at, heading in enumerate(headings)]
    return headings


def filled(row: Sequence[str]) -> int:
    """Return how many cells of a row have text."""
    return sum(bool(cell) for cell in row)


def _is_address(cell: str) -> bool:
    """Return whether a cell is an email address, perhaps with a name before it, and not a sentence with one."""
    return "@" in cell and len(cell.split()) <= MOST_WORDS


def _mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    """Return whether more than half of these cells fit. Without cells, return False."""
    return sum(map(fits, cells)) * 2 > len(cells)


def digest_of(headings: Sequence[str]) -> str:
    """Return the SHA-256 of headings, for recognizing a list with the same ones."""
    return hashlib.sha256("\n".join(map(normalize, headings)).encode()).hexdigest()
