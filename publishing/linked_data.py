"""Nodes of schema.org (JSON-LD) that pages of all apps use."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.functional import Promise

Thing = dict[str, Any]
Step = tuple[str | Promise | Model, str]  # a name and a URL


def thing(kind: str, **facts: Any) -> Thing:
    """Return a node of a type of schema.org, without the facts that are unknown."""
    return {"@type": kind, **{name: fact for name, fact in facts.items() if fact}}


def address(record: Any) -> str:
    """Return the absolute URL of a record's page."""
    return settings.BASE_URL + record.get_absolute_url()


def day(date: date | None) -> str | None:
    """Return a date in the format of schema.org (ISO 8601), or None."""
    return date.isoformat() if date else None


def publisher() -> Thing:
    """Return the site as an organization."""
    return thing("Organization", name=settings.SITE_NAME, url=settings.BASE_URL + "/")


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
