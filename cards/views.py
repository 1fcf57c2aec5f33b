"""Serve cards. Every request passes the gate: only public pages have a card."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .cache import picture_of
from .card import find_card

# Social networks keep a card for a long time whatever the header says. Proxies and browsers drop it a minute after a
# take-down, as they do with pages.
CACHE_CONTROL = "public, max-age=60"


@require_safe
def card(request: HttpRequest, kind: str, **kwargs: object) -> HttpResponse:
    """Return the PNG of one card, or 404."""
    found = find_card(kind, **kwargs)
    # The language of the card's text, whatever language the reader uses.
    headers = {
        "Cache-Control": CACHE_CONTROL,
        "ETag": f'"{found.digest}"',
        "Content-Language": found.language,
        "Cross-Origin-Resource-Policy": "cross-origin",  # other sites show it beside a link
    }
    return HttpResponse(picture_of(found), content_type="image/png", headers=headers)
