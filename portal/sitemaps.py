"""The addresses of all public pages for search engines, in each language of the interface, through the gate.

The sections are gathered from the declarations of the views (see `publishing.pages`).
"""

from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import URLPattern, get_resolver, reverse

from publishing.changes import last_change
from publishing.pages import Crawl, ListPage, PublicPage, Records, declared_by


class InEachLanguage(Sitemap):
    """Pages at the site's own address, with a link to each in each language."""

    i18n = alternates = True
    limit = 5000  # addresses in one file

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.BASE_URL).netloc

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Add the English address for readers of all other languages.

        Django's own `x_default` removes the first "/en/", which the address of an English summary has in the middle.
        """
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            english = next(each for each in url["alternates"] if each["lang_code"] == settings.LANGUAGE_CODE)
            url["alternates"].append({**english, "lang_code": "x-default"})
        return urls


class ListsSitemap(InEachLanguage):
    """The home page and the lists."""

    def items(self) -> list[str]:
        return [name for name, page in declared_pages().items() if isinstance(page, ListPage)]

    def location(self, item: str) -> str:
        return reverse(item)


class RecordsSitemap(InEachLanguage):
    """The public records of one kind, with the last time that each was published or changed."""

    def __init__(self, records: Records) -> None:
        self.records = records

    def items(self) -> QuerySet:
        public = self.records.public()
        return public.annotate(changed_at=last_change(public.model, self.records.published))

    def lastmod(self, record: Any) -> Any:
        return record.changed_at


def named_views(patterns: list[Any], namespace: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the full name and the view of URL patterns, and of the patterns that they include."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern.callback
        else:
            inner = f"{namespace}{pattern.namespace}:" if getattr(pattern, "namespace", None) else namespace
            yield from named_views(pattern.url_patterns, inner)


@cache
def declared_pages() -> dict[str, PublicPage]:
    """Return the declarations of all public pages by the name of their URL, in the order of the URL map."""
    found = {name: declared_by(view) for name, view in named_views(get_resolver().url_patterns)}
    return {name: page for name, page in found.items() if page}


@cache
def sitemaps() -> dict[str, Any]:
    """Return the sections of the sitemap by name."""
    records = [page.records for page in declared_pages().values() if page.records]
    return {"lists": ListsSitemap()} | {each.section: RecordsSitemap(each) for each in records}


def restricted_paths() -> list[str]:
    """Return the prefixes of the public addresses that crawlers must not read."""
    return [
        reverse(name) + ("?" if page.crawl is Crawl.WITHOUT_QUERY else "")
        for name, page in declared_pages().items()
        if page.crawl is not Crawl.EVERYTHING
    ]
