from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .forms import SearchForm
from .query import LAST_PAGE, LONGEST_QUERY, PER_PAGE, Results, find


@require_safe
def search(request):
    """The search page: empty, with hits, or with what to do where there are none."""
    form = SearchForm(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("q", "")[:LONGEST_QUERY]
    kind = form.cleaned_data.get("kind", "")
    number = form.cleaned_data.get("page") or 1
    results = find(words, kind=kind, page=number) if words else Results()
    page = Paginator(range(min(results.total, LAST_PAGE * PER_PAGE)), PER_PAGE).get_page(number)
    if words and page.number != number:  # there are not as many: the last one is shown
        results = find(words, kind=kind, page=page.number)
    context = {"form": form, "words": words, "kind": kind, "results": results, "page": page}
    return render(request, "search/search.html", context)
