"""What proxies and browsers may keep of pages."""

from django.conf import settings
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers

from publishing.pages import page_of

# Proxies: one minute, and nothing stale after it, not even while the site does not answer. What is withdrawn is gone
# everywhere a minute later, and a rush costs the site one request a minute and page.
# Browsers ask each time, and are told in a few bytes that a page is the same (304): some keep one page for all
# cookies, whatever Vary says, and would show who just signed in the page of who had not.
# There is no Last-Modified: a page shows many records, and the date of one would call the others' changes unchanged.
AGE_AT_PROXIES = 60  # seconds
# Whoever has one of these may be shown what is theirs: drafts, a message, the way to sign out.
PERSONAL = {settings.SESSION_COOKIE_NAME, "messages"}


class PublicPagesMiddleware:
    """Lets any cache keep the public pages of readers without an account, and none those of anyone else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if page_of(request) and not response.has_header("Cache-Control"):
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
        patch_cache_control(response, public=True, max_age=0, s_maxage=AGE_AT_PROXIES, must_revalidate=True)
