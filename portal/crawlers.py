"""What search engines are told: where the pages are, and which addresses are not for them."""

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from .sitemaps import SITEMAPS

# By how they begin, which tells nothing: what is behind them wants an account or a secret.
PRIVATE = [
    "/admin/",
    "/accounts/",
    "/drafts/",
    "/awaited/wishes/",
    "/contributions/new/",
    "/contributions/mine/",
    "/contributions/invitation/",
    "/contributions/coverage/",
    "/search/?",
    "/search/alerts/",
    "/search/cite/",
]


@require_safe
def robots(request):
    """The rules for crawlers, in each language of the interface."""
    prefixes = ["", "/*"]  # the second for the languages that have one
    rules = [f"Disallow: {prefix}{path}" for prefix in prefixes for path in PRIVATE]
    lines = ["User-agent: *", *rules, "", f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request):
    """The list of lists. Django's own names them by the host that was asked, whatever that calls itself."""
    pages = [(section, page) for section, known in SITEMAPS.items() for page in known.paginator.page_range]
    sitemaps = [{"location": settings.BASE_URL + place_of(section, page)} for section, page in pages]
    return render(request, "sitemap_index.xml", {"sitemaps": sitemaps}, content_type="application/xml")


def place_of(section, page):
    query = {"p": page} if page > 1 else None
    return reverse("sitemap-section", args=[section], query=query)


@require_safe
def sitemap_section(request, section):
    """The addresses of one section.

    Without the date that Django gives it: that goes back when something is withdrawn, and who asks whether the list
    has changed since then would hear that it has not.
    """
    response = sitemap_views.sitemap(request, SITEMAPS, section=section)
    del response.headers["Last-Modified"]
    return response
