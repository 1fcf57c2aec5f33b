"""The search page, machine-readable forms of a search, and the pages of search alerts."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

import rispy
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import View

from publishing.pages import MACHINE_READ, Crawl, ListPage, PublicPage, public_page
from publishing.spreadsheets import MEDIA_TYPES
from subscriptions.views import ConfirmView, LeaveView, SubscribeView
from text.lists import in_brackets
from text.site_name import site_name

from . import exports
from .citations import RisWriter, to_csl, to_ris
from .completions import complete
from .engine_api import EngineAwayError, IndexUnavailableError, QueryTimeoutError
from .forms import SearchAlertForm
from .models import SearchAlert
from .params import MAX_PAGE, PER_PAGE, SearchParams
from .query import Hit, find

FEED_LENGTH = 30  # hits
MAX_CITATIONS = 100
RETRY_AFTER = 120  # seconds
# Answers for programs. Suggestions do not say whether the engine was away, so that they must not be kept.
ENGINE_READ = PublicPage(is_kept=False)
ENGINE_READ_ONCE = replace(ENGINE_READ, crawl=Crawl.NOTHING)
SEARCH = ListPage.of(
    "search:search",
    gettext_lazy("Search"),
    gettext_lazy("Search summaries, quotes, papers and contributions, down to the paragraph and the page."),
    (),
    Crawl.WITHOUT_QUERY,
)


def answer_later() -> HttpResponse:
    """Return the answer to a program while the engine does not answer. An empty file would look complete."""
    sentence = gettext(
        "Search is not available at the moment. Please try again in a few minutes. All other pages work."
    )
    return HttpResponse(sentence, "text/plain; charset=utf-8", status=503, headers={"Retry-After": str(RETRY_AFTER)})


class NotAnsweredError(Exception):
    """The engine did not answer."""


def hits_for(params: SearchParams, **options: Any) -> list[Hit]:
    """Return the first hits of a search. Raise NotAnsweredError if the engine does not answer."""
    results = find(replace(params, page=1), **options)
    if not results.is_answered:
        raise NotAnsweredError
    return results.hits


@require_safe
@public_page(SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """Show the search form and the results; without a text, all records that have what the filters ask for."""
    params = SearchParams.from_querydict(request.GET)
    results = find(params, may_correct=True)
    page = Paginator(range(min(results.total, MAX_PAGE * PER_PAGE)), PER_PAGE).get_page(params.page)
    if page.number != params.page:  # if there are fewer pages, show the last one
        results = find(replace(params, page=page.number), may_correct=True)
    context = {
        "params": params,
        "words": params.text,
        "searched": replace(params, text=results.corrected or params.text),
        "results": results,
        "page": page,
        "heading": params.text or str(params),
        "exports": exports,
    }
    response = render(request, "search/search.html", context)
    if not results.is_answered:
        patch_cache_control(response, no_store=True)
    return response


@require_safe
@public_page(ENGINE_READ)
def suggest(request: HttpRequest) -> HttpResponse:
    """Return suggestions for a text that someone types, as OpenSearch has them: [text, [suggested search, ...]]."""
    text = SearchParams.from_querydict(request.GET).text
    return JsonResponse([text, complete(text)], safe=False)


class SearchFeed(Feed):
    """The latest publications that match a search, as Atom."""

    feed_type = Atom1Feed
    public_page = ENGINE_READ

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().__call__(request, *args, **kwargs)
        except NotAnsweredError:
            return answer_later()

    def get_object(self, request: HttpRequest) -> SearchParams:
        return SearchParams.from_querydict(request.GET)

    def title(self, params: SearchParams) -> str:
        return " – ".join(filter(None, [str(params), site_name().text]))

    def link(self, params: SearchParams) -> str:
        return f"{reverse('search:search')}?{params.query_string}"

    def items(self, params: SearchParams) -> list[Hit]:
        return hits_for(params, per_page=FEED_LENGTH, sort="published")

    def item_title(self, hit: Hit) -> str:
        return f"{hit.title}{in_brackets(hit.kind)}"

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
@public_page(ENGINE_READ_ONCE)
def cite(request: HttpRequest) -> HttpResponse:
    """Return the first hits of a search as a file for reference managers: RIS, or CSL-JSON with `?as=csl`."""
    try:
        hits = hits_for(SearchParams.from_querydict(request.GET), per_page=MAX_CITATIONS)
    except NotAnsweredError:
        return answer_later()
    if request.GET.get("as") == "csl":
        content = json.dumps([to_csl(hit) for hit in hits], ensure_ascii=False)
        response, name = HttpResponse(content, "application/json"), "search.json"
    else:
        content = rispy.dumps([to_ris(hit) for hit in hits], implementation=RisWriter)
        response, name = HttpResponse(content, "application/x-research-info-systems"), "search.ris"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class ExportView(View):
    """Base of the downloads of a search. Each costs as much as many pages, so their number is limited."""

    public_page = ENGINE_READ_ONCE
    rate_limit: ClassVar[str] = "search_export"  # a key of ACCOUNT_RATE_LIMITS

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if limited := ratelimit.consume_or_429(request, action=self.rate_limit, limit_get=True):
            return limited
        try:
            return self.export(SearchParams.from_querydict(request.GET))
        except (EngineAwayError, IndexUnavailableError, QueryTimeoutError):
            return answer_later()

    def export(self, params: SearchParams) -> HttpResponseBase:
        """Return the results as a file."""
        raise NotImplementedError(f"{type(self).__name__} must return the results of a search.")


class CsvView(ExportView):
    """Downloads the results as a table."""

    def export(self, params: SearchParams) -> HttpResponseBase:
        headers = {"Content-Disposition": 'attachment; filename="results.csv"'}
        return HttpResponse(exports.as_csv(params), MEDIA_TYPES["csv"], headers=headers)


class JsonView(ExportView):
    """Downloads the results as JSON."""

    def export(self, params: SearchParams) -> HttpResponseBase:
        headers = {"Content-Disposition": 'attachment; filename="results.json"'}
        return JsonResponse(exports.as_json(params), json_dumps_params={"ensure_ascii": False}, headers=headers)


class TextsView(ExportView):
    """Downloads the texts of those results that have one."""

    rate_limit = "search_texts"

    def export(self, params: SearchParams) -> HttpResponseBase:
        if not exports.has_texts(params):
            raise Http404
        headers = {
            "Content-Disposition": 'attachment; filename="texts.zip"',
            "Content-Encoding": "identity",  # or GZipMiddleware would compress it again
        }
        return HttpResponse(exports.as_zip(params), "application/zip", headers=headers)


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
        text = gettext("Confirmed: we will email you when something new is published, once a day at most.")
        messages.success(self.request, text)
        return redirect(f"{reverse('search:search')}?{self.object.query}")


class SearchAlertLeaveView(LeaveView):
    """Unsubscribe from an alert."""

    model = SearchAlert
