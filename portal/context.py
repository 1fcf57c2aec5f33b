from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """Return what every template may need to know about the site; a context processor."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "BASE_URL": settings.BASE_URL,
        "QUICK_EXIT_URL": settings.QUICK_EXIT_URL,
    }
