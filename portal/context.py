from django.conf import settings


def site(request):
    """What every template may need to know of the site."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "BASE_URL": settings.BASE_URL,
        "QUICK_EXIT_URL": settings.QUICK_EXIT_URL,
    }
