"""The chain that the log of moves is: the digest of each entry covers its words and the digest of the entry before it.

A digest is the SHA-256, in hexadecimal, of the digest before it ("" for the first) followed by the entry as JSON: keys
in order, no blanks, ASCII with everything else escaped, `at` in UTC with six decimals of a second. Who changes an old
entry has to change every digest after it, and then those on receipts and in notes elsewhere fit no longer.
"""

import hashlib
import json
from datetime import UTC

# What an entry's digest covers, by the names of its row.
COVERED = ("number", "object_id", "verb", "note", "actor_id", "part", "at", "facts")
KIND = ("content_type__app_label", "content_type__model")


def kind(content_type):
    """What sort of record a content type is: contributions.contribution."""
    return f"{content_type.app_label}.{content_type.model}"


def plain(facts):
    """`facts` as every database gives them back. Raises ValueError for fractions, which databases write differently."""
    return json.loads(json.dumps(facts), parse_float=_refuse, parse_constant=_refuse)


def _refuse(number):
    raise ValueError(f"{number} is no whole number.")


def digest(previous, *, number, kind, object_id, verb, note, actor, part, at, facts):
    """The digest of an entry that follows the entry with the digest `previous`; `actor` is an account's number."""
    entry = {
        "number": number, "kind": kind, "object": object_id, "verb": verb, "note": note, "actor": actor,
        "part": str(part), "at": at.astimezone(UTC).isoformat(timespec="microseconds"), "facts": facts,
    }  # fmt: skip
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + text).encode("ascii")).hexdigest()


def digest_of(row):
    """What the digest of a stored entry must be, from its row as a dict: its own `previous`, `COVERED` and `KIND`."""
    label, model = (row[name] for name in KIND)
    covered = {name: row[name] for name in COVERED if name != "actor_id"}
    return digest(row["previous"], kind=f"{label}.{model}", actor=row["actor_id"], **covered)


class MisfitError(Exception):
    """The first entry that does not fit, in one sentence."""


class Walk:
    """A check of the whole chain, an entry at a time; `count` and `digest` are those of the last one that fits."""

    def __init__(self):
        self.count, self.digest = 0, ""

    def take(self, row):
        """Go on to the next stored entry. Raises MisfitError where it is not the one that was written there."""
        number = row["number"]
        if number != self.count + 1:
            raise MisfitError(f"Entry {self.count + 1} is missing: entry {number} comes after entry {self.count}.")
        try:
            fits = row["digest"] == digest_of(row)
        except (AttributeError, TypeError, ValueError):  # not even of the right type any more
            fits = False
        if not fits:
            raise MisfitError(f"Entry {number} is not as it was written: it was edited or is not of this log.")
        if row["previous"] != self.digest:
            raise MisfitError(
                f"Entry {number} does not follow entry {self.count} as it stands: one was replaced, put in or moved."
            )
        self.count, self.digest = number, row["digest"]

    def end(self, count, last):
        """Hold the end of the chain against the head that was kept of it. Raises MisfitError."""
        if self.count < count:
            raise MisfitError(f"Entry {self.count + 1} is missing: the log ends there and had {count} entries.")
        if self.count > count:
            raise MisfitError(f"Entry {count + 1} was put in: the log had {count} entries.")
        if self.digest != last:
            raise MisfitError(f"Entry {self.count} is not the last that was written: one was replaced.")
