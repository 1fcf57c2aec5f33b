"""What a card shows, and the kinds of card that the site has."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from text.lists import joined

from .fonts import missing_packages

DRAWING = 2  # increase it when cards are drawn differently, so that old pictures are replaced


@dataclass(frozen=True)
class Card:
    """The content of a card. `name` is its file name without the digest. Empty texts are left out."""

    name: str
    language: str
    text: str
    is_quote: bool = False
    eyebrow: str = ""
    person: str = ""
    role: str = ""
    facts: tuple[str, ...] = ()
    portrait: str = ""  # a file in the storage for documents
    site: str = ""

    @property
    def alt_text(self) -> str:
        """The text of the card in one line, for people who do not see it."""
        text = f"“{self.text}”" if self.is_quote else self.text
        return joined([self.eyebrow, text, self.person, self.role, *self.facts])

    @property
    def digest(self) -> str:
        """32 hexadecimal digits that change with the content, with the way of drawing and with the fonts installed."""
        # The name has a primary key, which the public must not be able to compute from an address or an ETag.
        content = [DRAWING, missing_packages(), asdict(replace(self, name=""))]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]

    @property
    def file_name(self) -> str:
        """The name of its picture in the cache, without the extension."""
        return f"{self.name}-{self.digest}"


class CardKind(Protocol):
    """One kind of card: its address and how its content is found. Apps register theirs in a module `cards`."""

    @property
    def name(self) -> str: ...

    @property
    def route(self) -> str: ...

    def card_at(self, **kwargs: object) -> Card:
        """Return the card that the arguments of `route` name; raise Http404 if no public record has it."""

    def current_cards(self, names: Iterable[str]) -> Iterator[Card]:
        """Yield the cards of this kind that are public now; `names` of cached files narrow the search."""


@dataclass(frozen=True)
class RecordCards:
    """Cards of public records. `public` asks the gate; `lookup` maps fields to the arguments of `route`."""

    name: str
    route: str
    public: Callable[[], QuerySet[Any]]
    make: Callable[[Any], Card]
    lookup: dict[str, str] = field(default_factory=dict)

    def card_at(self, **kwargs: object) -> Card:
        """Return the card of a public record, or raise Http404."""
        return self.make(get_object_or_404(self.public(), **{name: kwargs[arg] for name, arg in self.lookup.items()}))

    def current_cards(self, names: Iterable[str]) -> Iterator[Card]:
        """Yield the cards of the public records that `names` (`quote-7-<digest>`) belong to."""
        numbers = [name.split("-")[1] for name in names if name.startswith(f"{self.name}-")]
        return (self.make(record) for record in self.public().filter(pk__in=numbers))


KINDS: dict[str, CardKind] = {}


def register(kind: CardKind) -> None:
    """Add a kind of card to the site."""
    KINDS[kind.name] = kind


def find_card(kind: str, **kwargs: object) -> Card:
    """Return one card by its kind and the arguments of its address, or raise Http404."""
    if kind not in KINDS:
        raise Http404
    return KINDS[kind].card_at(**kwargs)
