from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import F, Q
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView, TemplateView

from contributions.models import Call
from dialogues.models import Dialogue, Quote, Topic
from mail.models import Letter
from portal.newest import newest
from publishing.linked_data import Thing, publisher, thing
from publishing.pages import Head, ListPage, public_page
from search import queue

LATE = 60  # seconds that a change may wait for the index before it is called late


def site_data() -> Thing:
    """Return the site in the words of schema.org, with the way to search it."""
    query = settings.BASE_URL + reverse("search:search") + "?q={words}"
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": query},
        "query-input": "required name=words",
    }
    return thing(
        "WebSite",
        name=settings.SITE_NAME,
        url=settings.BASE_URL + reverse("home"),
        publisher=publisher(),
        potentialAction=action,
    )


def home_head(context: Mapping[str, Any]) -> Head:
    """Return the head of the home page, which describes the site."""
    return Head(HOME.title, HOME.description, [], [site_data()])


HOME = ListPage(
    home_head,
    name="home",
    title=gettext_lazy("What was said, what was written, and where to find it"),
    description=gettext_lazy(
        "The proceedings of dialogues between States and civil society on trafficking in persons and smuggling."
    ),
)


@public_page(HOME)
def home(request):
    """What comes next, what was published last, what is open, and the way to search."""
    today = timezone.localdate()
    to_come = Q(starts_on__gte=today) | Q(starts_on=None)
    dialogues = Dialogue.objects.published().for_lists()
    context = {
        "upcoming": dialogues.filter(to_come).order_by(F("starts_on").asc(nulls_last=True))[:3],
        "latest": dialogues.filter(starts_on__lt=today).latest_first()[:3],
        "calls": Call.objects.published().open().select_related("dialogue").order_by("closes_at")[:3],
        "newest": newest(),
        "quote": Quote.objects.published().for_lists().order_by("-published_at", "-pk").first(),
        "topics": Topic.objects.published().by_name()[:12],
    }
    return render(request, "portal/home.html", context)


class StaffDoorView(RedirectView):
    """One way in for all, a code by e-mail. Who is in and sent here all the same has no place at the desk."""

    pattern_name = "account_request_login_code"
    query_string = True

    def get(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.is_staff:
            raise Http404
        return super().get(request, *args, **kwargs)


class IconView(RedirectView):
    """Where browsers and bookmarks look for an icon without reading a page."""

    def get_redirect_url(self):
        return static("icon.svg")


class AccessibilityView(TemplateView):
    """How the site was tested for people with disabilities, what falls short, and where to complain."""

    template_name = "portal/accessibility.html"
    extra_context = {"contact": settings.CONTACT_EMAIL}


@never_cache
def health(request):
    """Whether the database answers, the index keeps up and mail goes out: 200, or 503 with which of them does not.

    It says no more than that: how much waits would tell what is being prepared.
    """
    state = {"database": "ok", "index": "ok", "mail": "ok"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if queue.age() > LATE:
            state["index"] = "late"
        if Letter.objects.late().exists():
            state["mail"] = "late"
    except DatabaseError:
        state = {"database": "down", "index": "unknown", "mail": "unknown"}
    return JsonResponse(state, status=200 if set(state.values()) == {"ok"} else 503)


def absent(request, **kwargs):
    """For addresses that a library brings and nobody may use."""
    raise Http404


def not_found(request, exception):
    """The one answer for what is absent and for what is hidden; neither says which it is."""
    return render(request, "404.html", {"is_absent": True}, status=404)
