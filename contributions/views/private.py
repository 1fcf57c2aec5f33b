"""Pages about a user's own contributions: nobody else sees them, and no browser caches them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property

from publishing.models import Transition, Verb
from publishing.prepared import prepared

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

    @cached_property
    def own_contribution(self) -> Contribution:
        """The contribution that the address names."""
        found = contribution_of(filer=self.request.user.pk, key=self.kwargs["key"])
        if not found:
            raise Http404
        [contribution] = found
        contribution.note_visibility_for(self.request.user)
        return contribution

    def get_object(self, queryset: Any = None) -> Contribution:
        return self.own_contribution


@prepared
def contribution_of(filer: Any, key: Any) -> Any:
    """Return a contribution of one filer, with what all pages about it use."""
    related = "call__dialogue__series", "newest", "shown", "invitation__call__dialogue"
    return Contribution.objects.filed_by(filer).filter(key=key).select_related(*related)


def request_for_changes(contribution: Contribution) -> Transition | None:
    """Return the entry of the log that says what to change, if changes are requested now."""
    if contribution.state != Contribution.State.RETURNED:
        return None
    return contribution.transitions.filter(verb=Verb.REQUEST_CHANGES).first()
