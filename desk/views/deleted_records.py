"""The records that staff deleted in the last thirty days, and the page on which they restore one."""

from contextlib import AbstractContextManager
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView

from publishing.forms import NamesMissingFields
from publishing.models import Deletion
from publishing.models.deletion import may_see_deletions
from publishing.publication_effects import linked_again, restored_with
from publishing.workflow import merger_of, restore

from ..access import DeskMixin
from ..kinds import desk_page
from ..record_lists import lists_for

LONGEST_REASON = 300  # characters


class RestoreForm(NamesMissingFields, forms.Form):
    """Why a record is restored."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("You can leave it empty. It is shown in the history of the record."),
    )


class DeletionMixin(DeskMixin):
    """A page of deleted records. For staff who may not see these, it does not exist (404)."""

    request: HttpRequest

    def enter(self, request: HttpRequest, **kwargs: Any) -> AbstractContextManager[Any]:
        if not may_see_deletions(request.user):
            raise Http404
        return super().enter(request, **kwargs)

    def get_queryset(self) -> Any:
        """Return the records that can still be restored, the latest first."""
        return Deletion.objects.visible_to(self.request.user).select_related("content_type", "by")


class DeletedRecordsView(DeletionMixin, ListView):
    """All deleted records that can still be restored."""

    template_name = "desk/deleted_records.html"
    paginate_by = 50

    def get_queryset(self) -> Any:
        return super().get_queryset().defer("rows", "links")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lists=lists_for(self.request.user), **kwargs)


class DeletedRecordView(DeletionMixin, DetailView):
    """What was deleted, by whom and when, and what is restored with it, with the button that restores it."""

    template_name = "desk/deleted_record.html"
    context_object_name = "deletion"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        merger = merger_of(self.object)
        merged_into = merger.record if merger else None  # it may have been deleted since
        kwargs.setdefault("form", RestoreForm())
        return super().get_context_data(
            along=restored_with(self.object),
            linked=linked_again(self.object),
            merged_into=merged_into,
            page=desk_page(merged_into) if merged_into else "",
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Restore the record and go to its page, or say why this cannot be done."""
        deletion = self.get_queryset().filter(pk=pk).first()
        if deletion is None:
            messages.error(request, _("It is no longer here: it was restored already, or its thirty days are over."))
            return redirect("desk:deleted-records")
        form = RestoreForm(request.POST)
        if form.is_valid():
            try:
                record = restore(deletion, by=request.user, note=form.cleaned_data["reason"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("“%s” is restored.") % record)
                return redirect(desk_page(record) or "desk:deleted-records")
        self.object = deletion
        return self.render_to_response(self.get_context_data(form=form), status=422)
