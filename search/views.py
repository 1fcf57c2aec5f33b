from django.core.paginator import Paginator
from django.shortcuts import render

from .forms import SearchForm
from .query import PER_PAGE, Results, find


def search(request):
    """The search page: empty, with hits, or with what to do where there are none."""
    form = SearchForm(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("q", "")
    kind = form.cleaned_data.get("kind", "")
    page = form.cleaned_data.get("page") or 1
    results = find(words, kind=kind, page=page) if words else Results()
    paginator = Paginator(range(results.total), PER_PAGE)
    context = {"form": form, "words": words, "kind": kind, "results": results, "page": paginator.get_page(page)}
    return render(request, "search/search.html", context)
