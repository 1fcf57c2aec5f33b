"""The admin pages of batches: upload, table, corrections and import."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt

from accounts.models import User
from contributions.admin.log_entries import NoLogEntriesMixin

from .. import workflow
from ..batches.incoming_files import receive
from ..batches.list_rows import awaits_columns
from ..batches.row_kinds import KINDS
from ..forms import BatchForm, ColumnsForm, DefaultsForm, UploadForm
from ..models import Batch, BatchList
from ..querysets import BatchQuerySet
from ..upload_limits import discard_body, limit_upload
from .batch_table import Table, cells_from_post, choices_from_post, parse_id


@admin.register(Batch)
class BatchAdmin(NoLogEntriesMixin, admin.ModelAdmin):
    """Imports many files or a list at once: staff upload, check, correct and import."""

    list_display = ["__str__", "rows_in_all", "rows_imported", "made_by", "call"]
    list_filter = ["kind"]
    list_select_related = ["call", "made_by"]

    def get_queryset(self, request: HttpRequest) -> BatchQuerySet:
        return cast("BatchQuerySet", super().get_queryset(request)).with_counts()

    @admin.display(description=_("rows"))
    def rows_in_all(self, batch: Batch) -> int:
        """The number of rows."""
        return batch.row_count

    @admin.display(description=_("brought in"))
    def rows_imported(self, batch: Batch) -> int:
        """The number of rows that are done."""
        return batch.done_count

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        # The token is in the body, which is not read; the view changes nothing.
        refuse = guarded(csrf_exempt(self.refuse_upload))
        return [
            path("add/", limit_upload(guarded(self.add_page), refuse), name="intake_batch_add"),
            path(
                "<int:pk>/change/",
                limit_upload(guarded(self.table_page), refuse),
                name="intake_batch_change",
            ),
            path("<int:pk>/columns/", guarded(self.columns_page), name="intake_batch_columns"),
            *super().get_urls(),
        ]

    def refuse_upload(self, request: HttpRequest, sentence: str, pk: int | None = None) -> HttpResponse:
        """Discard an upload that is too large, and tell staff why."""
        discard_body(request)
        self.message_user(request, sentence, "ERROR")
        return redirect(request.path)

    def _render(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/intake/batch/{template}.html", shared)

    def add_page(self, request: HttpRequest) -> HttpResponse:
        """Show the form of a new batch, or create one."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        user = cast("User", request.user)
        asked = {name: request.GET[name] for name in ("kind", "dialogue") if name in request.GET}
        form = BatchForm(request.POST or None, request.FILES or None, user=user, initial=asked)
        if request.method == "POST" and form.is_valid():
            batch = form.new_batch(user)
            if self._receive(form, batch):
                return redirect("admin:intake_batch_change", batch.pk)
        columns = [(kind.label, KINDS[kind].COLUMNS.all_labels()) for kind in Batch.Kind]
        return self._render(request, "add", form=form, columns=columns, title=_("Import many at once"))

    def _receive(self, form: UploadForm, batch: Batch) -> bool:
        """Add the uploads of a form to a batch; return whether they are valid, with an error in the form otherwise."""
        try:
            receive(batch, form.uploads(), form.cleaned_data["list"])
        except ValidationError as error:
            form.add_error(None, error)
            return False
        return True

    def table_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the table of a batch. A POST corrects cells, starts the import, removes a row or adds uploads."""
        batch = self._batch(request, pk)
        form = UploadForm(request.POST or None, request.FILES or None) if "more" in request.POST else UploadForm()
        if request.method == "POST" and self._handle_post(request, batch, form):
            return redirect(request.get_full_path())
        if awaits_columns(batch) and not form.errors:
            return redirect("admin:intake_batch_columns", batch.pk)
        has_all_columns = "all" in request.GET
        table = Table(batch, cast("User", request.user), request.GET.get("p"), has_all_columns=has_all_columns)
        more = {"form": form, "defaults": DefaultsForm.of(batch), "list": BatchList.objects.filter(batch=batch).first()}
        return self._render(request, "table", batch=batch, table=table, title=batch, original=batch, **more)

    def _batch(self, request: HttpRequest, pk: int) -> Batch:
        """Return a batch that the user may change, or raise Http404 or PermissionDenied."""
        batch = self.get_queryset(request).select_related("call__dialogue__series").filter(pk=pk).first()
        if batch is None:
            raise Http404
        if not self.has_change_permission(request, batch):
            raise PermissionDenied
        return batch

    def columns_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what the columns of a list seem to be. A POST corrects them, or takes another row as the headings."""
        batch = self._batch(request, pk)
        found = BatchList.objects.filter(batch=batch).first()
        if found is None:
            return redirect("admin:intake_batch_change", batch.pk)
        form = ColumnsForm(request.POST or None, found=found, kind=batch.kind)
        faults: list[str] = []
        if request.method == "POST" and form.is_valid():
            try:
                return redirect(self._use_columns(request, batch, form), batch.pk)
            except ValidationError as error:
                faults = error.messages
        shared = {"batch": batch, "list": found, "form": form, "faults": faults, "original": batch}
        return self._render(request, "columns", title=_("Columns of the list"), **shared)

    def _use_columns(self, request: HttpRequest, batch: Batch, form: ColumnsForm) -> str:
        """Do what the form of the columns asks for, and return the name of the page to show next."""
        user = cast("User", request.user)
        data = form.cleaned_data
        if "look" in request.POST or form.is_other_sheet:
            workflow.move_header(batch, data["header"], by=user, sheet=data.get("sheet"))
            return "admin:intake_batch_columns"
        if "leave_out" in request.POST:
            workflow.leave_list_out(batch, by=user)
        else:
            workflow.set_columns(batch, form.columns(), by=user)
        return "admin:intake_batch_change"

    def _handle_post(self, request: HttpRequest, batch: Batch, form: UploadForm) -> bool:
        """Do what was submitted; return whether it succeeded."""
        if "more" in request.POST:
            return form.is_valid() and self._receive(form, batch)
        user = cast("User", request.user)
        shared = DefaultsForm.of(batch, request.POST)
        # The page shows the defaults only if a row is open; without this mark they were not submitted.
        defaults = shared.defaults(batch.kind) if shared and "defaults" in request.POST and shared.is_valid() else None
        again = choices_from_post(request.POST)
        if choice := request.POST.get("again"):
            again |= Table(batch, user).choose_for_all(choice)
        workflow.correct(batch, cells_from_post(batch, request.POST), by=user, defaults=defaults, again=again)
        if row := parse_id(request.POST.get("leave_out", "")):
            if workflow.remove_row(batch, row, by=user):
                with_file = _("The row and its file are left out.")
                self.message_user(request, with_file if batch.has_files else _("The row is left out."))
        elif "import" in request.POST:
            count = workflow.confirm(batch, Table(batch, user).ready(), by=user)
            started = ngettext("%(count)d row is being imported.", "%(count)d rows are being imported.", count)
            self.message_user(request, started % {"count": count})
        else:
            self.message_user(request, _("Saved in the table. Nothing has been imported yet."))
        return True

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        return redirect(reverse("admin:intake_batch_changelist"))

    def delete_model(self, request: HttpRequest, obj: Batch) -> None:
        workflow.delete_batch(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for batch in queryset:
            workflow.delete_batch(batch)
