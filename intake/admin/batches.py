"""The desk's pages of batches: what came in, what is understood of it, and the button that brings it in."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt

from contributions.admin.log_entries import NoLogEntriesMixin
from intake import workflow
from intake.batches.kinds import KINDS
from intake.batches.receiving import receive
from intake.forms import BatchForm, DefaultsForm, MoreForm
from intake.models import Batch
from intake.sizes import let_pass, refuses_large

from .table import Table, number, posted


@admin.register(Batch)
class BatchAdmin(NoLogEntriesMixin, admin.ModelAdmin):
    """Many files or a list at once: upload, look, correct, bring in."""

    list_display = ["__str__", "rows_in_all", "rows_brought_in", "made_by", "call"]
    list_filter = ["kind"]
    list_select_related = ["call", "made_by"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    @admin.display(description=_("rows"))
    def rows_in_all(self, batch):
        return batch.row_count

    @admin.display(description=_("brought in"))
    def rows_brought_in(self, batch):
        return batch.done_count

    def get_urls(self):
        guarded = self.admin_site.admin_view
        # It changes nothing, and the form's token is in what is not read.
        refuse = guarded(csrf_exempt(self.refuse))
        return [
            path("add/", refuses_large(guarded(self.add), refuse), name="intake_batch_add"),
            path(
                "<int:pk>/change/",
                refuses_large(guarded(self.look), refuse),
                name="intake_batch_change",
            ),
            *super().get_urls(),
        ]

    def refuse(self, request, sentence, pk=None):
        """Say why an upload was not kept."""
        let_pass(request)
        self.message_user(request, sentence, "ERROR")
        return redirect(request.path)

    def page(self, request, template, **context):
        shared = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/intake/batch/{template}.html", shared)

    def add(self, request):
        """The upload of a new batch."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = BatchForm(request.POST or None, request.FILES or None, user=request.user)
        if request.method == "POST" and form.is_valid():
            batch = form.batch(request.user)
            if self.received(form, batch):
                return redirect("admin:intake_batch_change", batch.pk)
        columns = [(kind.label, KINDS[kind].COLUMNS.names) for kind in Batch.Kind]
        return self.page(request, "add", form=form, columns=columns, title=_("Bring in many at once"))

    def received(self, form, batch):
        """Take in what a form brought, or lay the reason against it."""
        try:
            receive(batch, form.uploads(), form.cleaned_data["list"])
        except ValidationError as error:
            form.add_error(None, error)
            return False
        return True

    def look(self, request, pk):
        """The table of a batch; what is posted to it corrects cells, brings rows in or adds to what came in."""
        batch = self.get_queryset(request).select_related("call__dialogue__series").filter(pk=pk).first()
        if batch is None:
            raise Http404
        if not self.has_change_permission(request, batch):
            raise PermissionDenied
        form = MoreForm(request.POST or None, request.FILES or None) if "more" in request.POST else MoreForm()
        if request.method == "POST" and self.acted(request, batch, form):
            return redirect(request.get_full_path())
        table = Table(batch, request.user, request.GET.get("p"))
        more = {"form": form, "defaults": DefaultsForm.of(batch)}
        return self.page(request, "table", batch=batch, table=table, title=batch, original=batch, **more)

    def acted(self, request, batch, form):
        """Do what was posted; whether it is done."""
        if "more" in request.POST:
            return form.is_valid() and self.received(form, batch)
        form = DefaultsForm.of(batch, request.POST)
        # From a page where nothing is open, as none is while rows are brought in, they are not asked.
        defaults = form.defaults(batch.kind) if form and "defaults" in request.POST and form.is_valid() else None
        workflow.correct(batch, posted(batch, request.POST), by=request.user, defaults=defaults)
        if row := number(request.POST.get("leave_out", "")):
            if workflow.leave_out(batch, row, by=request.user):
                self.message_user(request, _("The row is left out, and its file with it."))
        elif "bring_in" in request.POST:
            count = workflow.confirm(batch, Table(batch, request.user).ready(), by=request.user)
            told = ngettext("%(count)d row is being brought in.", "%(count)d rows are being brought in.", count)
            self.message_user(request, told % {"count": count})
        else:
            self.message_user(request, _("Saved in the table. Nothing of it is brought in yet."))
        return True

    def response_delete(self, request, obj_display, obj_id):
        return redirect(reverse("admin:intake_batch_changelist"))

    def delete_model(self, request, obj):
        workflow.throw_away(obj)

    def delete_queryset(self, request, queryset):
        for batch in queryset:
            workflow.throw_away(batch)
