"""Public pages. A view declares that it is public, with its head, its place in sitemaps and what crawlers may do.

    class TopicDetailView(DetailView):
        public_page = PublicPage(topic_head, Records("topics", Topic.objects.published))

Caches may keep public pages; all other pages are private. Function views use the decorator `public_page`.

The functions at the end make the nodes of schema.org (JSON-LD) of which heads consist.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language

from cards.card import Card, find_card
from text.site_name import site_name

from .addresses import reverse

Thing = dict[str, Any]  # a node of schema.org
Step = tuple[str | Promise | Model, str]  # a name and a URL
View = TypeVar("View", bound=Callable[..., Any])

# Proxies keep a page for one minute and never serve it stale, not even while the site is down. A take-down is complete
# everywhere after a minute, and many readers at once cost the site one request a minute for each page.
# Browsers always revalidate, and a short 304 tells them that a page has not changed. Some browsers keep one page for
# all cookies whatever Vary says, and would show the earlier page to a user who has just signed in.
# There is no Last-Modified: a page shows many records, and the date of one would hide changes of the others.
SECONDS_AT_PROXIES = 60
# Pages for a reader with one of these cookies may contain private content: drafts, a message, a button to sign out.
PERSONAL_COOKIES = {settings.SESSION_COOKIE_NAME, "messages"}


@dataclass
class Head:
    """The metadata of a page for networks and search engines. `steps` are the pages above it; `things` are JSON-LD.

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
        card = cast(Card, self.card)  # set by __post_init__ if the page has none of its own
        return f"{settings.BASE_URL}{self.card_address}?v={card.digest}"

    def data(self, canonical: str) -> dict[str, Any]:
        """Return everything as one JSON-LD document, for the page at the address `canonical`."""
        steps = [*self.steps, (self.title, canonical.removeprefix(settings.BASE_URL))]
        trail = [breadcrumbs(steps)] if self.steps else []
        return {"@context": "https://schema.org", "@graph": [*self.things, *trail]}


class Crawl(Enum):
    """What crawlers may do with a page."""

    EVERYTHING = "everything"
    WITHOUT_QUERY = "without query"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Records:
    """The public records with pages of one kind, for a section of the sitemap.

    `published` is the path to the field with the time of publication, or None if only the history has a date.
    """

    section: str
    public: Callable[[], QuerySet[Any]]
    published: str | None = "published_at"


@dataclass(frozen=True)
class PublicPage:
    """The declaration of a public page.

    `head` makes its Head from the context of its template; None for pages that only machines read. It may return None
    for a page that must not be shared. `query` names the query parameters that select a different page. It `is_kept` in
    memory, unless it shows something whose changes nobody notes (`publishing.page_sources`).
    """

    head: Callable[[Mapping[str, Any]], Head | None] | None = None
    records: Records | None = None
    query: tuple[str, ...] = ()
    crawl: Crawl = Crawl.EVERYTHING
    is_kept: bool = True


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
        """Return the declaration of a list with this title and description."""

        def head(context: Mapping[str, Any]) -> Head:
            return Head(str(title), str(description), [(site_name().text, reverse("home"))])

        return cls(head, query=query, crawl=crawl, name=name, title=title, description=description)

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


class PublicPagesMiddleware:
    """Lets caches store public pages for readers without an account, and nothing for anyone else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if page_of(request) and not response.has_header("Cache-Control"):
            set_cache_headers(request, response)
        return response


def set_cache_headers(request: HttpRequest, response: HttpResponse) -> None:
    """Set the cache headers of a public page. Errors stay as they are, the same for hidden and absent pages."""
    if request.method not in ("GET", "HEAD") or response.status_code not in (200, 304):
        return
    patch_vary_headers(response, ["Cookie"])
    if PERSONAL_COOKIES & request.COOKIES.keys():
        add_never_cache_headers(response)
    elif not response.cookies:
        patch_cache_control(response, public=True, max_age=0, s_maxage=SECONDS_AT_PROXIES, must_revalidate=True)


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the settings that all templates may need, and the name of the site; a context processor."""
    return {
        "SITE_NAME": SimpleLazyObject(site_name),
        "BASE_URL": settings.BASE_URL,
        "QUICK_EXIT_URL": settings.QUICK_EXIT_URL,
    }


def thing(kind: str, **facts: Any) -> Thing:
    """Return a node of a type of schema.org, without the facts that are unknown."""
    return {"@type": kind, **{name: fact for name, fact in facts.items() if fact}}


def address(record: Any) -> str:
    """Return the absolute URL of a record's page."""
    return f"{settings.BASE_URL}{record.get_absolute_url()}"


def day(date: date | None) -> str | None:
    """Return a date in the format of schema.org (ISO 8601), or None."""
    return date.isoformat() if date else None


def publisher() -> Thing:
    """Return the site as an organization."""
    return thing("Organization", name=site_name().text, url=settings.BASE_URL + "/")


def media(media_type: str, url: str, size: int) -> Thing:
    """Return a file to download."""
    return thing("MediaObject", contentUrl=settings.BASE_URL + url, encodingFormat=media_type, contentSize=f"{size} B")


def organization(name: str | None) -> Thing | None:
    """Return an organization with this name, or None if the name is empty."""
    return thing("Organization", name=name) if name else None


def breadcrumbs(steps: Iterable[Step]) -> Thing:
    """Return the breadcrumbs of a page: its steps from the home page down to the page itself."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": str(name),
                "item": {"@type": "WebPage", "@id": settings.BASE_URL + url},
            }
            for number, (name, url) in enumerate(steps, 1)
        ],
    }
