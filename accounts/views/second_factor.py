from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponseBase]


def for_staff(view: View) -> View:
    """Show a page of allauth to staff only, uncached; a decorator. Other users get 404."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if user.is_authenticated and not (user.is_staff or user.is_superuser):
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(shown)


def changing(view: View) -> View:
    """Show staff a form that adds or removes a second factor, and save it with its entry in the log; a decorator."""

    @wraps(view)
    def saved(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return for_staff(saved)
