"""Instructions for search engines: sitemaps, and the addresses that they must not read."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from publishing.pages import MACHINE_READ, public_page

from .sitemaps import restricted_paths, sitemaps

# The prefixes of addresses. They reveal nothing, because the pages need an account or a secret.
PRIVATE = [
    "/admin/",
    "/desk/",
    "/accounts/",
    "/drafts/",
    "/awaited/wishes/",
    "/contributions/new/",
    "/contributions/mine/",
    "/contributions/invitation/",
    "/contributions/sign/",
    "/contributions/coverage/",
    "/search/alerts/",
]


@require_safe
@public_page(MACHINE_READ)
def robots(request: HttpRequest) -> HttpResponse:
    """Return the rules for crawlers, for each language of the interface."""
    with override(settings.LANGUAGE_CODE):
        paths = [*PRIVATE, *restricted_paths()]
    prefixes = ["", "/*"]  # the second for the languages with a prefix
    rules = [f"Disallow: {prefix}{path}" for prefix in prefixes for path in paths]
    lines = ["User-agent: *", *rules, "", f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@public_page(MACHINE_READ)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Return the list of sitemaps. Django's own view would use the requested host, which clients can forge."""
    pages = [(section, page) for section, known in sitemaps().items() for page in known.paginator.page_range]
    locations = [{"location": settings.BASE_URL + address_of(section, page)} for section, page in pages]
    return render(request, "sitemap_index.xml", {"sitemaps": locations}, content_type="application/xml")


def address_of(section: str, page: int) -> str:
    """Return the address of one page of a section."""
    query = {"p": page} if page > 1 else None
    return reverse("sitemap-section", args=[section], query=query)


@require_safe
@public_page(MACHINE_READ)
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """Return the addresses of one section.

    The response has no Last-Modified. The date that Django sets goes back when a record is unpublished, and a
    conditional request would then wrongly get 304.
    """
    response = sitemap_views.sitemap(request, sitemaps(), section=section)
    del response.headers["Last-Modified"]
    return response


@require_safe
def security_contact(request: HttpRequest) -> HttpResponse:
    """Return where to report a weakness (RFC 9116), or Http404 while there is no contact."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    languages = ", ".join(dict(settings.CONTENT_LANGUAGES))
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {languages}",
        f"Canonical: {settings.BASE_URL}{reverse('security-contact')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
