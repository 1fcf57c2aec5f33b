"""The full lists of what the first page of the desk counts: the drafts of one kind, and the calls."""

from contextlib import AbstractContextManager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.views.generic import ListView

from contributions.models import Call

from ..access import DeskMixin
from ..kinds import KINDS
from ..work.proceedings import DRAFTS

# What the lines of a list need besides the record, by the name of its kind.
RELATED = {
    "dialogue": ("series",),
    "quote": ("appearance__speaker", "appearance__dialogue"),
    "news": (),
}


class DraftListView(DeskMixin, ListView):
    """The drafts of one kind, the latest first."""

    template_name = "desk/drafts.html"
    paginate_by = 50

    def enter(self, request: HttpRequest, **kwargs: Any) -> AbstractContextManager[Any]:
        if kwargs["kind"] not in DRAFTS:
            raise Http404
        self.kind = KINDS[kwargs["kind"]]
        user: Any = request.user
        if not user.has_perm(self.kind.permission("view")):
            raise PermissionDenied
        return super().enter(request, **kwargs)

    def get_queryset(self) -> Any:
        drafts = self.kind.visible_to(self.request.user).filter(published_at=None)
        return drafts.select_related(*RELATED.get(self.kind.name, ("dialogue",))).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "kind": self.kind,
            "kinds": [kind for name in DRAFTS if user.has_perm((kind := KINDS[name]).permission("view"))],
            "rows": [(record, self.kind.dialogue_of(record)) for record in context["object_list"]],
        }


class CallListView(DeskMixin, ListView):
    """All calls, drafts included, the one that closes last first."""

    permissions = ("contributions.view_call",)
    template_name = "desk/calls.html"
    context_object_name = "calls"
    paginate_by = 50

    def get_queryset(self) -> Any:
        return Call.objects.visible_to(self.request.user).select_related("dialogue").order_by("-closes_at", "-pk")
