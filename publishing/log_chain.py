"""The hash chain of the log of moves: the digest of each entry covers its content and the digest of the entry before.

A digest is the hexadecimal SHA-256 of the previous digest ("" for the first entry) followed by the entry as JSON: keys
sorted, no white space, ASCII with everything else escaped, `at` in UTC with microseconds. To change an old entry, an
attacker has to change all later digests, and then the digests on receipts and in emails no longer match.

The chain covers a salted digest of each note, not the note itself. A note can therefore be purged, with its salt, and
the chain stays valid.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType

# The columns that the digest of an entry covers.
COVERED = ("number", "object_id", "verb", "note_digest", "actor_id", "part", "at", "facts")
KIND = ("content_type__app_label", "content_type__model")
NOTE = ("note", "note_salt")


def kind(content_type: ContentType) -> str:
    """Return the kind of a record as the chain writes it: `contributions.contribution`."""
    return f"{content_type.app_label}.{content_type.model}"


def plain_json(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return `facts` as every database returns them. Raises ValueError for fractions, which databases round."""
    plain: dict[str, Any] = json.loads(json.dumps(facts), parse_float=_refuse, parse_constant=_refuse)
    return plain


def _refuse(number: str) -> None:
    raise ValueError(f"{number} is not a whole number.")


def digest_of_note(note: str, salt: str) -> str:
    """Return the hexadecimal SHA-256 of a salt and a note. The chain covers this digest instead of the note."""
    return hashlib.sha256(f"{salt}{note}".encode()).hexdigest()


def digest(
    previous: str,
    *,
    number: int,
    kind: str,
    object_id: int,
    verb: str,
    note_digest: str,
    actor: int | None,
    part: str,
    at: datetime,
    facts: Mapping[str, Any],
) -> str:
    """Return the digest of an entry that follows the entry with the digest `previous`; `actor` is a user's pk."""
    entry = {
        "number": number, "kind": kind, "object": object_id, "verb": str(verb), "note": note_digest, "actor": actor,
        "part": str(part), "at": at.astimezone(UTC).isoformat(timespec="microseconds"), "facts": facts,
    }  # fmt: skip
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + text).encode("ascii")).hexdigest()


def digest_of_row(row: Mapping[str, Any]) -> str:
    """Return what the digest of a stored entry must be. `row` has `previous` and the columns COVERED and KIND."""
    label, model = (row[name] for name in KIND)
    covered = {name: row[name] for name in COVERED if name != "actor_id"}
    return digest(row["previous"], kind=f"{label}.{model}", actor=row["actor_id"], **covered)


def is_note_intact(row: Mapping[str, Any]) -> bool:
    """Return whether the note of a stored entry is the one that was written, or was purged together with its salt."""
    if not row["note_salt"]:
        return not row["note"]
    return bool(row["note_digest"] == digest_of_note(row["note"], row["note_salt"]))


class BrokenChainError(Exception):
    """The chain is broken. The message describes the first invalid entry in one sentence."""


class ChainVerifier:
    """Verifies a chain entry by entry. `count` and `digest` are those of the last valid entry."""

    def __init__(self) -> None:
        self.count, self.digest = 0, ""

    def check(self, row: Mapping[str, Any]) -> None:
        """Check the next stored entry. Raises BrokenChainError if it is not the entry that was originally written."""
        number = row["number"]
        if number != self.count + 1:
            raise BrokenChainError(
                f"Entry {self.count + 1} is missing: entry {self.count} is followed by entry {number}."
            )
        try:
            fits = row["digest"] == digest_of_row(row) and is_note_intact(row)
        except (AttributeError, TypeError, ValueError):  # a column no longer holds the right type
            fits = False
        if not fits:
            raise BrokenChainError(f"Entry {number} was edited, or belongs to another log.")
        if row["previous"] != self.digest:
            raise BrokenChainError(
                f"Entry {number} does not follow entry {self.count}: one was replaced, inserted or moved."
            )
        self.count, self.digest = number, row["digest"]

    def check_end(self, count: int, last: str) -> None:
        """Compare the end of the chain with the stored head. Raises BrokenChainError if they differ."""
        if self.count < count:
            raise BrokenChainError(
                f"Entry {self.count + 1} is missing: the log ends before it, but had {count} entries."
            )
        if self.count > count:
            raise BrokenChainError(f"Entry {count + 1} was inserted: the log had {count} entries.")
        if self.digest != last:
            raise BrokenChainError(f"Entry {self.count} is not the last one that was written: an entry was replaced.")
