"""Old addresses: where a page is now whose record got another slug or was merged."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from publishing.models import record_formerly_at

from .models import Dialogue, NewsItem, Speaker, Topic

# By the beginning of the URL's name. All other pages with a slug belong to a dialogue.
MODELS: dict[str, Any] = {"speaker": Speaker, "portrait": Speaker, "topic": Topic, "news": NewsItem}


def address_now(request: HttpRequest) -> str | None:
    """Return the address of the page that was asked for, if its record has another slug now and is not hidden."""
    match = request.resolver_match
    if match is None or match.namespace != "dialogues" or "slug" not in match.kwargs:
        return None
    model = MODELS.get(str(match.url_name).partition("-")[0], Dialogue)
    record = record_formerly_at(model, match.kwargs["slug"], request.user)
    if record is None or record.slug == match.kwargs["slug"]:
        return None
    address = reverse(match.view_name, kwargs={**match.kwargs, "slug": record.slug})
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address
