from dataclasses import replace

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from publishing.pages import MACHINE_READ, Crawl, ListPage, public_page
from search.asked import LAST_PAGE, ORDERS, Asked
from search.query import PER_PAGE, Results, complete, find

SEARCH = ListPage.of(
    "search:search",
    _("Search"),
    _("Search summaries, quotes, papers and contributions, down to the paragraph and the page."),
    (),
    Crawl.WITHOUT_QUERY,
)


@require_safe
@public_page(SEARCH)
def search(request):
    """The search page: empty, with hits and the ways to narrow them, or with what to do where there are none."""
    asked = Asked.of(request.GET)
    results = find(asked) if asked.line else Results()
    page = Paginator(range(min(results.total, LAST_PAGE * PER_PAGE)), PER_PAGE).get_page(asked.page)
    if asked.line and page.number != asked.page:  # there are not as many: the last one is shown
        results = find(replace(asked, page=page.number))
    context = {
        "asked": asked,
        "words": asked.line,
        "narrowed": asked.narrowed,
        "order": asked.order,
        "orders": ORDERS.items(),
        "results": results,
        "page": page,
    }
    return render(request, "search/search.html", context)


@require_safe
@public_page(MACHINE_READ)
def suggest(request):
    """How a line may go on, in the form of OpenSearch suggestions: [line, [line completed, ...]]."""
    line = Asked.of(request.GET).line
    return JsonResponse([line, complete(line)], safe=False)
