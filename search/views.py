"""The search page, machine-readable forms of a search, and the pages of search alerts."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import rispy
from django.conf import settings
from django.contrib import messages
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from publishing.pages import MACHINE_READ, Crawl, ListPage, PublicPage, public_page
from subscriptions.views import ConfirmView, LeaveView, SubscribeView

from .citations import RisWriter, to_csl, to_ris
from .completions import complete
from .forms import SearchAlertForm
from .models import SearchAlert
from .query import MAX_PAGE, PER_PAGE, SORT_LABELS, Hit, Results, SearchParams, find

FEED_LENGTH = 30  # hits
MAX_CITATIONS = 100
SEARCH = ListPage.of(
    "search:search",
    gettext_lazy("Search"),
    gettext_lazy("Search summaries, quotes, papers and contributions, down to the paragraph and the page."),
    (),
    Crawl.WITHOUT_QUERY,
)


@require_safe
@public_page(SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """Show the search form, and the results if the address has a text to search for."""
    params = SearchParams.from_querydict(request.GET)
    results = find(params, may_correct=True) if params.text else Results()
    page = Paginator(range(min(results.total, MAX_PAGE * PER_PAGE)), PER_PAGE).get_page(params.page)
    if params.text and page.number != params.page:  # if there are fewer pages, show the last one
        results = find(replace(params, page=page.number), may_correct=True)
    context = {
        "params": params,
        "words": params.text,
        "searched": replace(params, text=results.corrected or params.text),
        "sorts": SORT_LABELS.items(),
        "results": results,
        "page": page,
    }
    return render(request, "search/search.html", context)


@require_safe
@public_page(MACHINE_READ)
def suggest(request: HttpRequest) -> HttpResponse:
    """Return suggestions for a text that someone types, as OpenSearch has them: [text, [suggested search, ...]]."""
    text = SearchParams.from_querydict(request.GET).text
    return JsonResponse([text, complete(text)], safe=False)


def _params_or_404(request: HttpRequest) -> SearchParams:
    """Return the parameters of an address; raise Http404 if it has no text to search for."""
    params = SearchParams.from_querydict(request.GET)
    if not params.text:
        raise Http404
    return params


class SearchFeed(Feed):
    """The latest publications that match a search, as Atom."""

    feed_type = Atom1Feed
    public_page = MACHINE_READ

    def get_object(self, request: HttpRequest) -> SearchParams:
        return _params_or_404(request)

    def title(self, params: SearchParams) -> str:
        return f"{params.text} – {settings.SITE_NAME}"

    def link(self, params: SearchParams) -> str:
        return f"{reverse('search:search')}?{params.query_string}"

    def items(self, params: SearchParams) -> list[Hit]:
        return find(replace(params, page=1), per_page=FEED_LENGTH, sort="published").hits

    def item_title(self, hit: Hit) -> str:
        return f"{hit.title} ({hit.kind})"

    def item_description(self, hit: Hit) -> str:
        return hit.snippet.html if hit.snippet else ""

    def item_link(self, hit: Hit) -> str:
        return hit.url

    def item_guid(self, hit: Hit) -> str:
        return hit.record.get_absolute_url()

    def item_pubdate(self, hit: Hit) -> datetime | None:
        return getattr(hit.record, "published_at", None)

    item_updateddate = item_pubdate


@require_safe
@public_page(PublicPage(crawl=Crawl.NOTHING))
def cite(request: HttpRequest) -> HttpResponse:
    """Return the first hits of a search as a file for reference managers: RIS, or CSL-JSON with `?as=csl`."""
    hits = find(replace(_params_or_404(request), page=1), per_page=MAX_CITATIONS).hits
    if request.GET.get("as") == "csl":
        content = json.dumps([to_csl(hit) for hit in hits], ensure_ascii=False)
        response, name = HttpResponse(content, "application/json"), "search.json"
    else:
        content = rispy.dumps([to_ris(hit) for hit in hits], implementation=RisWriter)
        response, name = HttpResponse(content, "application/x-research-info-systems"), "search.ris"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@public_page(MACHINE_READ)
def describe(request: HttpRequest) -> HttpResponse:
    """Return the OpenSearch 1.1 description by which a browser can search from its address bar."""
    context = {"base_url": settings.BASE_URL}
    return render(request, "search/opensearch.xml", context, "application/opensearchdescription+xml")


class SearchAlertCreateView(SubscribeView):
    """Subscribe to an alert on the search in the page's address."""

    model = SearchAlert
    form_class = SearchAlertForm
    rate_limit = "search_alert"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"params": SearchParams.from_querydict(self.request.GET)}

    def get_wanted(self, form: SearchAlertForm) -> dict[str, Any]:
        return {"query": form.params.query_string}


class SearchAlertConfirmView(ConfirmView):
    """Confirm an alert, then show its search."""

    model = SearchAlert

    def get_confirmed_response(self) -> HttpResponse:
        text = gettext("Confirmed: you will hear when something new is published, once a day at most.")
        messages.success(self.request, text)
        return redirect(f"{reverse('search:search')}?{self.object.query}")


class SearchAlertLeaveView(LeaveView):
    """Unsubscribe from an alert."""

    model = SearchAlert
