"""What proxies and browsers may keep of pages."""

from django.conf import settings
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers

from .public import ADDRESSES, view_name

# One minute, and nothing stale after it, not even while the site does not answer: what is withdrawn is gone everywhere
# a minute later. It spares the site a rush, one request a minute and page; after that minute, who has a page asks
# whether it is still the same, and is told so in a few bytes (304).
# There is no Last-Modified: a page shows many records, and the date of one would call the others' changes unchanged.
MAX_AGE = 60  # seconds
# Whoever has one of these may be shown what is theirs: drafts, a message, the way to sign out.
PERSONAL = {settings.SESSION_COOKIE_NAME, "messages"}


class PublicPagesMiddleware:
    """Lets any cache keep the public pages of readers without an account, and none those of anyone else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if view_name(request) in ADDRESSES and not response.has_header("Cache-Control"):
            say_who_may_keep(request, response)
        return response


def say_who_may_keep(request, response):
    """Mark an answer for caches; one that there is nothing is left as it is, the same for what is hidden and absent."""
    if request.method not in ("GET", "HEAD") or response.status_code not in (200, 304):
        return
    patch_vary_headers(response, ["Cookie"])
    if PERSONAL & request.COOKIES.keys():
        add_never_cache_headers(response)
    elif not response.cookies:
        patch_cache_control(response, public=True, max_age=MAX_AGE, must_revalidate=True)
