"""The lists of records that belong to no dialogue."""

from contextlib import AbstractContextManager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import ListView, View

from dialogues.speaker_lists import unsure_speakers

from ..access import DeskMixin
from ..record_lists import LISTS, lists_for
from ..record_search import asked_words


class RecordsView(DeskMixin, View):
    """Leads to the first list that the user may open."""

    def get(self, request: HttpRequest) -> HttpResponseRedirect:
        found = lists_for(request.user)
        if not found:
            raise PermissionDenied
        return HttpResponseRedirect(reverse("desk:list", args=[found[0].name]))


class RecordListView(DeskMixin, ListView):
    """The records of one kind, drafts included, with a search, and with where each is used."""

    template_name = "desk/record_list.html"
    paginate_by = 50

    def enter(self, request: HttpRequest, **kwargs: Any) -> AbstractContextManager[Any]:
        if kwargs["kind"] not in LISTS:
            raise Http404
        self.list = LISTS[kwargs["kind"]]
        user: Any = request.user
        if not user.has_perm(self.list.kind.permission("view")):
            raise PermissionDenied
        self.words = asked_words(request)
        self.is_unsure = request.GET.get("check") == "family-name" and self.list.name == "speaker"
        return super().enter(request, **kwargs)

    def get_queryset(self) -> Any:
        records = self.list.records(self.request.user, self.words)
        return [record for record in records if record.pk in self.unsure] if self.is_unsure else records

    @cached_property
    def unsure(self) -> set[int]:
        """The keys of the people whose family name staff should check."""
        if self.list.name != "speaker":
            return set()
        return set(unsure_speakers(self.list.kind.visible_to(self.request.user)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "list": self.list,
            "lists": lists_for(user),
            "query": self.words,
            "is_unsure": self.is_unsure,
            "unsure": len(self.unsure),
            "rows": self.list.rows(context["object_list"], user),
            "may_add": user.has_perm(self.list.kind.permission("add")),
            "may_change": user.has_perm(self.list.kind.permission("change")),
        }
