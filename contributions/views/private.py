"""Pages about a user's own contributions: nobody else sees them, and no browser caches them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers

from publishing.models import Transition

from .. import workflow
from ..models import Contribution


class PrivateMixin(LoginRequiredMixin):
    """Pages for one person. No browser caches them, because the next user of a shared device must not find them."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response


class OwnContributionMixin(PrivateMixin):
    """Pages about one contribution of the signed-in user. For contributions of others, the answer is 404."""

    request: Any
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except workflow.WrongStateError as error:  # submitted by a first click or in another window, or declined
            messages.info(request, error.messages[0])
            return redirect("contributions:draft", key=kwargs["key"])

    def get_object(self, queryset: Any = None) -> Contribution:
        own = Contribution.objects.filed_by(self.request.user).with_visibility_for(self.request.user)
        related = "call__dialogue__series", "newest", "shown", "invitation__call__dialogue"
        return get_object_or_404(own.select_related(*related), key=self.kwargs["key"])


def request_for_changes(contribution: Contribution) -> Transition | None:
    """Return the entry of the log that says what to change, if changes are requested now."""
    if contribution.state != Contribution.State.RETURNED:
        return None
    return contribution.transitions.filter(verb="request_changes").first()
