"""What proxies and browsers may keep of pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers

from publishing.pages import page_of

# Proxies keep a page for one minute and never serve it stale, not even while the site is down. A take-down is complete
# everywhere a minute later, and a rush of readers costs the site one request a minute for each page.
# Browsers always ask again, and a short 304 tells them that a page has not changed. Some browsers keep one page for all
# cookies whatever Vary says, and would show a user who just signed in the page from before.
# There is no Last-Modified: a page shows many records, and the date of one would hide changes of the others.
SECONDS_AT_PROXIES = 60
# With one of these cookies a reader may be shown what is theirs: drafts, a message, the way to sign out.
PERSONAL_COOKIES = {settings.SESSION_COOKIE_NAME, "messages"}


class PublicPagesMiddleware:
    """Lets caches keep public pages for readers without an account, and nothing for anyone else."""

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
