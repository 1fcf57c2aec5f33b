"""Old addresses: where the page of a record is, after the record got another slug or was merged."""

from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse

from publishing.models import records_formerly_at


def address_now(request: HttpRequest) -> str | None:
    """Return the address of the page that was asked for, if its record has another slug now and is not hidden.

    A page belongs to a record if its route is that of the record's own page, or continues it.
    """
    match = request.resolver_match
    if match is None or "slug" not in match.kwargs:
        return None
    for record in records_formerly_at(match.kwargs["slug"], request.user):
        if record.slug != match.kwargs["slug"] and match.route.startswith(_route_of(record)):
            address = reverse(match.view_name, kwargs={**match.kwargs, "slug": record.slug})
            query = request.META.get("QUERY_STRING", "")
            return f"{address}?{query}" if query else address
    return None


def _route_of(record: Any) -> str:
    """Return the route of a record's page, such as `speakers/<slug:slug>/`."""
    return resolve(record.get_absolute_url()).route
