"""Public pages. A view declares itself public, and with that its head, its place in sitemaps and what crawlers may do.

    class TopicDetailView(DetailView):
        public_page = PublicPage(topic_head, Records("topics", Topic.objects.published))

Caches may keep public pages; all other pages are private. Function views use the decorator `public_page`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from cards.card import Card, find_card

from .linked_data import Step, Thing, breadcrumbs

LONGEST_DESCRIPTION = 200  # characters
View = TypeVar("View", bound=Callable[..., Any])


@dataclass
class Head:
    """What a page tells networks and search engines. `steps` are the pages above it; `things` are JSON-LD nodes.

    A page without a card of its own has the card of the site.
    """

    title: str | Promise
    description: str | Promise
    steps: list[Step]
    things: list[Thing] = field(default_factory=list)
    kind: str = "website"
    card: Card | None = None
    card_address: str = ""

    def __post_init__(self) -> None:
        if self.card is None:
            self.card = find_card("site", language=get_language())
            self.card_address = reverse("cards:site", args=[get_language()])

    @property
    def picture(self) -> str:
        """The absolute address of its card. Networks cache it, so a card that changed has another address."""
        card = self.card or find_card("site", language=get_language())
        return f"{settings.BASE_URL}{self.card_address}?v={card.digest}"

    def data(self, canonical: str) -> dict[str, Any]:
        """Return everything as one JSON-LD document, for the page at the address `canonical`."""
        steps = [*self.steps, (self.title, canonical.removeprefix(settings.BASE_URL))]
        trail = [breadcrumbs(steps)] if self.steps else []
        return {"@context": "https://schema.org", "@graph": [*self.things, *trail]}


def shorten(text: str, length: int = LONGEST_DESCRIPTION) -> str:
    """Return a text on one line, of at most `length` characters, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    start = line[: length - 1]
    words, _space, _rest = start.rpartition(" ")
    return (words if len(words) > length // 2 else start).rstrip(" ,;:–—،，、") + "…"


class Crawl(Enum):
    """What crawlers may read of a page."""

    EVERYTHING = "everything"
    WITHOUT_QUERY = "without query"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Records:
    """The public records that a kind of page shows, for a section of the sitemap.

    `published` is the path to the field with the moment of publication; None if only the history has a date.
    """

    section: str
    public: Callable[[], QuerySet[Any]]
    published: str | None = "published_at"


@dataclass(frozen=True)
class PublicPage:
    """The declaration of a public page.

    `head` makes its Head from the context of its template; None for pages that only machines read. It may return None
    for a page that must not be shared. `query` are the query parameters that make another page.
    """

    head: Callable[[Mapping[str, Any]], Head | None] | None = None
    records: Records | None = None
    query: tuple[str, ...] = ()
    crawl: Crawl = Crawl.EVERYTHING


@dataclass(frozen=True)
class ListPage(PublicPage):
    """The declaration of a page that is not about one record, by the name of its URL."""

    name: str = ""
    title: str | Promise = ""
    description: str | Promise = ""

    @classmethod
    def of(
        cls,
        name: str,
        title: str | Promise,
        description: str | Promise,
        query: tuple[str, ...] = ("page",),
        crawl: Crawl = Crawl.EVERYTHING,
    ) -> "ListPage":
        """Return the declaration of a list. Its head has its title and description."""

        def head(context: Mapping[str, Any]) -> Head:
            return Head(str(title), str(description), [(settings.SITE_NAME, reverse("home"))])

        return cls(head, None, query, crawl, name, title, description)

    @property
    def step(self) -> Step:
        """The list as a step above the pages of its records."""
        return self.title, reverse(self.name)


MACHINE_READ = PublicPage()


def public_page(page: PublicPage) -> Callable[[View], View]:
    """Declare a function view public; a decorator."""

    def declare(view: View) -> View:
        setattr(view, "public_page", page)  # noqa: B010  a function has no such attribute for mypy
        return view

    return declare


def declared_by(view: Any) -> PublicPage | None:
    """Return what a view (a function, `View.as_view()` or a feed) declares, or None."""
    return getattr(getattr(view, "view_class", view), "public_page", None)


def page_of(request: HttpRequest | None) -> PublicPage | None:
    """Return the declaration of the page that answers a request, or None if it is not public."""
    match = getattr(request, "resolver_match", None)
    return declared_by(match.func) if match else None
