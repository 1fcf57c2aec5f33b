"""Add and edit one record, and show its history, in the frame of its dialogue if it belongs to one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import CreateView, TemplateView, UpdateView, View

from dialogues.models import Dialogue
from dialogues.workflow import start_new_version
from publishing.models import Publishable
from publishing.workflow import number_public_records

from ..access import DeskMixin
from ..history import history_of
from ..kinds import KINDS, Kind, deletion_of, desk_page, find, kind_of, pk_in
from ..preview import frames_of
from ..record_lists import LISTS
from ..workspace import WorkspaceMixin, part_page


class RestorableMixin(DeskMixin):
    """A page of one record. If the record was deleted, it redirects to the page on which staff restore it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            deletion = deletion_of(self.key_in(**kwargs), request.user)
            if deletion is None:
                raise
            return redirect(desk_page(deletion))

    def key_in(self, **kwargs: Any) -> str:
        """Return the key of the record that the address names."""
        return str(kwargs["key"])


class RecordMixin(WorkspaceMixin):
    """The form of one record. `kind` is set before the form is made."""

    kind: Kind
    object: Any
    request: HttpRequest
    get_success_url: Any

    def get_template_names(self) -> list[str]:
        return [self.kind.template]

    def get_form_class(self) -> Any:
        return self.kind.form

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()  # type: ignore[misc]  # of Django's form views
        kwargs["user"] = self.request.user
        return {**kwargs, "dialogue": self.dialogue} if self.kind.dialogue else kwargs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kind=self.kind, list=LISTS.get(self.kind.name), **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again. The page around it shows what is stored, not what was typed."""
        if self.object is not None:
            self.object.refresh_from_db()
        return super().form_invalid(form)  # type: ignore[misc]  # of Django's form views

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Save the record. What becomes public with it gets its number."""
        self.object = form.save()
        number_public_records()
        messages.success(self.request, _("Saved."))
        return HttpResponseRedirect(self.get_success_url())


class RecordEditView(RestorableMixin, RecordMixin, UpdateView):
    """Edit a record by its key."""

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue | None:
        self.record = find(kwargs["key"], request.user)
        kind = kind_of(self.record)
        if kind is None or kind.form is None:
            raise Http404
        if not request.user.has_perm(kind.permission("change")):
            raise PermissionDenied
        self.kind = kind
        return self.open_workspace_of(self.record)

    def get_object(self, queryset: Any = None) -> Any:
        return self.record

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.record
        if isinstance(record, Publishable) and record.can_be_previewed and not record.preview_is_file:
            kwargs["frames"] = frames_of(self.kwargs["key"])
        return super().get_context_data(**kwargs)

    def get_success_url(self) -> str:
        return self.request.path


class NewVersionView(DeskMixin, View):
    """Begin the next version of a summary, as a draft with its text."""

    permissions = ("dialogues.add_summary",)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        summary: Any = find(f"summary-{pk}", request.user)
        try:
            made = start_new_version(summary, by=request.user, changes=request.POST.get("what_changes", ""))
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(desk_page(summary))
        return redirect(desk_page(made))


class RecordAddView(RecordMixin, CreateView):
    """Add a record of a kind; of a kind that belongs to a dialogue, to the dialogue of `?dialogue=`."""

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue | None:
        kind = KINDS.get(kwargs["kind"])
        if kind is None or kind.form is None:
            raise Http404
        if not request.user.has_perm(kind.permission("add")):
            raise PermissionDenied
        self.kind, self.part = kind, kind.part
        if not kind.dialogue:
            return None
        dialogues: Any = Dialogue.objects.visible_to(request.user)
        return get_object_or_404(dialogues, pk=pk_in(request.GET.get("dialogue", "")))

    def get_initial(self) -> dict[str, Any]:
        fields = self.get_form_class()._meta.fields
        return {name: value for name, value in self.request.GET.items() if name in fields}

    def get_success_url(self) -> str:
        if self.dialogue and self.kind.is_listed:
            return part_page(self.part, self.dialogue)
        return desk_page(self.object)


class HistoryView(WorkspaceMixin, TemplateView):
    """Who changed what, and when. Only those who may change a record see what it was, because that may be hidden."""

    template_name = "desk/history.html"

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue | None:
        self.record = find(kwargs["key"], request.user, "change")
        return self.open_workspace_of(self.record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, entries=history_of(self.record), **kwargs)
