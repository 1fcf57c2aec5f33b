"""The text of a press release in pieces, with what is proposed marked in it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

LABELS = {"meetings": _("Dialogue"), "people": _("Person"), "quotes": _("Quote")}


@dataclass(frozen=True)
class Piece:
    """Some of the text; where it is marked, the kind and the anchor of the row that it stands for."""

    text: str
    kind: str = ""
    row: str = ""

    @property
    def label(self):
        return LABELS.get(self.kind, "")


def pieces(text, proposals):
    """The whole text as Pieces, in order; of places that overlap the first is marked."""
    place = 0
    for start, end, kind, number in sorted(spots(proposals)):
        if start < place:
            continue
        if start > place:
            yield Piece(text[place:start])
        yield Piece(text[start:end], kind, f"{kind}-{number}")
        place = end
    yield Piece(text[place:])


def spots(proposals):
    """(start, end, kind, number of the row) of each place that is marked."""
    for kind in ("meetings", "people"):
        for number, one in enumerate(getattr(proposals, kind)):
            yield one.start, one.end, kind, number
    for number, said in enumerate(proposals.quotes):
        for start, end in said.parts:
            yield start, end, "quotes", number
