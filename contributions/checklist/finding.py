from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AROUND = 40  # characters of an excerpt on either side


class Kind(TextChoices):
    """What a place in a text may be."""

    EMAIL = "email", _("e-mail address")
    PHONE = "phone", _("phone number")
    PROFILE = "profile", _("profile or handle")
    BANK = "bank", _("bank account")
    DOCUMENT = "document", _("number of a personal document")
    NAME = "name", _("name of a person")


@dataclass(frozen=True)
class Spot:
    """A place in a text, by offsets, and why somebody should look at it."""

    kind: Kind
    start: int
    end: int
    why: str | Promise


@dataclass(frozen=True)
class Finding:
    """What somebody should look at: where it stands (`start` and `end` in the text of `place`), and why.

    The excerpt is plain text, to be escaped in its three parts: `before`, `found`, `after`.
    """

    kind: Kind
    place: str
    start: int
    end: int
    excerpt: str
    why: str | Promise
    lead: int  # characters of the excerpt that stand before what was found

    @classmethod
    def of(cls, spot, place, text):
        begin = max(0, spot.start - AROUND)
        return cls(
            spot.kind, place, spot.start, spot.end, text[begin : spot.end + AROUND], spot.why, spot.start - begin
        )

    @property
    def before(self):
        return self.excerpt[: self.lead]

    @property
    def found(self):
        return self.excerpt[self.lead : self.lead + self.end - self.start]

    @property
    def after(self):
        return self.excerpt[self.lead + self.end - self.start :]


class Findings(list):
    """Findings, and whether there are more than these."""

    def __init__(self, findings=(), *, more=False):
        super().__init__(findings)
        self.more = more
