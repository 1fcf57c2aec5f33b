from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import RedirectView, TemplateView

from contributions.models import Call
from dialogues.models import Dialogue, Quote, Topic
from dialogues.noted_years import years_before
from dialogues.shown_topics import add_topics
from publishing.pages import Head, ListPage, Thing, public_page, publisher, thing
from publishing.prepared import prepared
from publishing.site_texts import lazy_title, shown_text
from text.site_name import site_name

from .figures import site_figures
from .latest import latest_publications
from .site_texts import ACCESSIBILITY_CONTACT, HOME_TEXT
from .wcag import WCAG


def site_data() -> Thing:
    """Return the site as a WebSite of schema.org, with its search."""
    query = settings.BASE_URL + reverse("search:search") + "?q={words}"
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": query},
        "query-input": "required name=words",
    }
    return thing(
        "WebSite",
        name=site_name().text,
        url=settings.BASE_URL + reverse("home"),
        publisher=publisher(),
        potentialAction=action,
    )


def home_head(context: Mapping[str, Any]) -> Head:
    """Return the head of the home page, which describes the site."""
    return Head(context["text"].title.text, HOME.description, [], [site_data()])


HOME = ListPage(
    home_head,
    name="home",
    title=lazy_title(HOME_TEXT),
    description=gettext_lazy(
        "The proceedings of dialogues between States and civil society on trafficking in persons and the smuggling of "
        "migrants."
    ),
)


@public_page(HOME)
def home(request: HttpRequest) -> HttpResponse:
    """Render the home page: upcoming and recent dialogues, open calls, the latest publications, and search."""
    today = timezone.localdate()
    upcoming = upcoming_dialogues(today=today, past_years=years_before(today.year))
    latest = latest_dialogues(today=today)
    add_topics([*upcoming, *latest])
    context = {
        "upcoming": upcoming,
        "latest": latest,
        "calls": open_calls(now=timezone.now()),
        "newest": latest_publications(),
        "quote": next(iter(latest_quotes()), None),
        "topics": first_topics(),
        "figures": site_figures(),
        "text": shown_text(HOME_TEXT),
    }
    return render(request, "portal/home.html", context)


@prepared
def upcoming_dialogues(today: Any, past_years: Any) -> QuerySet[Dialogue]:
    """Return the next dialogues, and then those without a date."""
    dialogues = Dialogue.objects.published().for_cards().to_come(today, past_years)
    return dialogues.order_by(F("starts_on").asc(nulls_last=True), "slug")[:3]


@prepared
def latest_dialogues(today: Any) -> QuerySet[Dialogue]:
    """Return the latest dialogues that have begun."""
    return Dialogue.objects.published().for_cards().filter(starts_on__lt=today).latest_first()[:3]


@prepared
def open_calls(now: Any) -> QuerySet[Call]:
    """Return the open calls that close first."""
    return Call.objects.published().open(now).select_related("dialogue").order_by("closes_at", "number")[:3]


@prepared
def latest_quotes() -> QuerySet[Quote]:
    """Return the latest quote."""
    return Quote.objects.published().for_lists().order_by("-published_at", "-number")[:1]


@prepared
def first_topics() -> QuerySet[Topic]:
    """Return the first topics by name."""
    return Topic.objects.published().by_name()[:12]


class StaffDoorView(RedirectView):
    """Redirects the admin's login to the one sign-in page. Users who are signed in but not staff get a 404."""

    pattern_name = "account_request_login_code"
    query_string = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_staff:
            raise Http404
        return super().get(request, *args, **kwargs)


class IconView(RedirectView):
    """Redirects /favicon.ico, which browsers request on their own, to the icon."""

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        return static("icon.svg")


class AccessibilityView(TemplateView):
    """The accessibility statement: how the site was tested, what falls short, and where to complain."""

    template_name = "portal/accessibility.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(contact=shown_text(ACCESSIBILITY_CONTACT), criteria=WCAG, **kwargs)


def absent(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Raise Http404, for an address that Django adds and nobody may use."""
    raise Http404
