"""A search for machines: a feed of its newest hits, its citations, and how a browser can ask it."""

import json
from dataclasses import replace

import rispy
from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from publishing.pages import MACHINE_READ, Crawl, PublicPage, public_page
from search.asked import Asked
from search.citations import Entries, csl, ris
from search.query import find

IN_A_FEED = 30
MOST_CITED = 100


class SearchFeed(Feed):
    """What was published last of what answers a search, as Atom."""

    public_page = MACHINE_READ

    feed_type = Atom1Feed

    def get_object(self, request):
        asked = Asked.of(request.GET)
        if not asked.line:
            raise Http404
        return asked

    def title(self, asked):
        return f"{asked.line} – {settings.SITE_NAME}"

    def link(self, asked):
        return f"{reverse('search:search')}?{asked.address}"

    def items(self, asked):
        return find(replace(asked, page=1), per_page=IN_A_FEED, order="published").hits

    def item_title(self, hit):
        return f"{hit.title} ({hit.kind})"

    def item_description(self, hit):
        return hit.snippet.html if hit.snippet else ""

    def item_link(self, hit):
        return hit.url

    def item_guid(self, hit):
        return hit.record.get_absolute_url()

    def item_pubdate(self, hit):
        return getattr(hit.record, "published_at", None)

    item_updateddate = item_pubdate


@require_safe
@public_page(PublicPage(crawl=Crawl.NOTHING))
def cite(request):
    """The first hits of a search as citations, to take into a reference manager: `?as=ris` or `?as=csl`."""
    asked = Asked.of(request.GET)
    if not asked.line:
        raise Http404
    hits = find(replace(asked, page=1), per_page=MOST_CITED).hits
    if request.GET.get("as") == "csl":
        answer = HttpResponse(json.dumps([csl(hit) for hit in hits], ensure_ascii=False), "application/json")
        name = "search.json"
    else:
        answer = HttpResponse(
            rispy.dumps([ris(hit) for hit in hits], implementation=Entries), "application/x-research-info-systems"
        )
        name = "search.ris"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@public_page(MACHINE_READ)
def describe(request):
    """How a browser can ask this search from its address bar, in the form of OpenSearch 1.1."""
    context = {"base_url": settings.BASE_URL}
    return render(request, "search/opensearch.xml", context, "application/opensearchdescription+xml")
