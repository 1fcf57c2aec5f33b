"""Findings: places in a text that may be personal data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONTEXT = 40  # characters of an excerpt on either side, or fewer, so that no word is cut
LONGEST = 20  # letters of a word that is left out rather than cut; some scripts have no spaces
CUT_WORD = re.compile(rf"\S{{0,{LONGEST}}}+\s++")


class Kind(TextChoices):
    """Kinds of personal data."""

    EMAIL = "email", _("email address")
    PHONE = "phone", _("phone number")
    PROFILE = "profile", _("profile or handle")
    BANK = "bank", _("bank account")
    DOCUMENT = "document", _("number of a personal document")
    BIRTH = "birth", _("date of birth")
    ADDRESS = "address", _("postal address or position")
    VEHICLE = "vehicle", _("number plate of a vehicle")
    NAME = "name", _("name of a person")
    # Translators: a kind of finding: the text names who sent it, though the sender withholds the name
    SENDER = "sender", _("name of the sender")


@dataclass(frozen=True)
class Spot:
    """A place in a text, in characters from its beginning, and why it was found."""

    kind: Kind
    start: int
    end: int
    why: str | Promise


@dataclass(frozen=True)
class Finding:
    """Something that a reviewer should check, and why: the characters from `start` to `end` in the text of `place`.

    The excerpt is plain text in three parts, which a template must escape: `before`, `found` and `after`.
    """

    kind: Kind
    place: str
    start: int
    end: int
    excerpt: str
    why: str | Promise
    lead: int  # characters of the excerpt before what was found

    @classmethod
    def of(cls, spot: Spot, place: str, text: str) -> Finding:
        """Return the finding for a spot in the text of a place."""
        begin, end = _whole_words(text, spot)
        return cls(spot.kind, place, spot.start, spot.end, text[begin:end], spot.why, spot.start - begin)

    @property
    def before(self) -> str:
        """The excerpt before what was found."""
        return self.excerpt[: self.lead]

    @property
    def found(self) -> str:
        """What was found."""
        return self.excerpt[self.lead : self.lead + self.end - self.start]

    @property
    def after(self) -> str:
        """The excerpt after what was found."""
        return self.excerpt[self.lead + self.end - self.start :]


def _whole_words(text: str, spot: Spot) -> tuple[int, int]:
    """Return where an excerpt begins and ends: between words, where these have spaces between them."""
    begin, end = max(0, spot.start - CONTEXT), min(len(text), spot.end + CONTEXT)
    if begin and not text[begin - 1].isspace():
        cut = CUT_WORD.match(text, begin, spot.start)
        begin = cut.end() if cut else begin
    if end < len(text) and not text[end].isspace():
        space = max(text.rfind(mark, max(spot.end, end - LONGEST), end) for mark in " \n\t\u00a0")
        end = space if space >= 0 else end
    return begin, end


class Findings(list[Finding]):
    """A list of findings, and whether there are more than these."""

    def __init__(self, findings: Iterable[Finding] = (), *, more: bool = False) -> None:
        super().__init__(findings)
        self.more = more
