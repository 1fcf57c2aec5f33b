"""Imports of many files or a list: staff upload, say what the columns are, correct the table and import its rows."""

from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_protect
from django.views.generic import FormView, ListView, TemplateView, View

from intake import workflow
from intake.batches.batch_table import Table, cells_from_post, choices_from_post, parse_id
from intake.batches.incoming_files import receive
from intake.batches.list_rows import awaits_columns
from intake.batches.row_kinds import KINDS
from intake.forms import BatchForm, ColumnsForm, DefaultsForm, UploadForm
from intake.models import Batch, BatchList
from intake.upload_limits import discard_body, limit_upload

from ..access import DeskMixin


class RefusedUploadView(DeskMixin, View):
    """Answers an upload that is too large: discards it, and tells staff why."""

    def post(self, request: HttpRequest, sentence: str, **kwargs: Any) -> HttpResponse:
        """Read the body to its end, since a browser shows no answer before that, and show the page again."""
        discard_body(request)
        messages.error(request, sentence)
        return redirect(request.path)


class UploadMixin(DeskMixin):
    """A page that takes files. A request that is too large is refused before any of it is stored."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Return the view with the limit, to which `RefusedUploadView` answers for staff with the same permissions."""
        view = super().as_view(**initkwargs)  # type: ignore[misc]  # a View follows
        return limit_upload(view, RefusedUploadView.as_view(permissions=cls.permissions))

    @method_decorator(csrf_protect)  # `limit_upload` exempts the view from the middleware, which would read the body
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)


class ImportMixin(DeskMixin):
    """A page about one import."""

    permissions = ("intake.change_batch",)

    def enter(self, request: HttpRequest, **kwargs: Any) -> AbstractContextManager[Any]:
        batches = Batch.objects.select_related("call__dialogue__series", "dialogue__series")
        self.batch = get_object_or_404(batches, pk=kwargs["pk"])
        return super().enter(request, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(batch=self.batch, **kwargs)  # type: ignore[misc]  # of the view
        return context


class ImportListView(DeskMixin, ListView):
    """All imports, the latest first, with how many of their rows are imported."""

    permissions = ("intake.view_batch",)
    template_name = "desk/imports.html"
    paginate_by = 50

    def get_queryset(self) -> Any:
        return Batch.objects.with_counts().select_related("call", "dialogue", "made_by").order_by("-created_at", "-pk")


class ImportAddView(UploadMixin, FormView):
    """The form of a new import. The workspace of a dialogue links to it with `?kind=` and `?dialogue=`."""

    permissions = ("intake.add_batch",)
    template_name = "desk/import_add.html"
    form_class = BatchForm

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        return {name: asked[name] for name in ("kind", "dialogue") if name in asked}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        columns = [(kind.label, KINDS[kind].COLUMNS.all_labels()) for kind in Batch.Kind]
        return super().get_context_data(columns=columns, **kwargs)

    def form_valid(self, form: BatchForm) -> HttpResponse:
        user: Any = self.request.user
        batch = form.new_batch(user)
        if not receive_uploads(form, batch):
            return self.form_invalid(form)
        return redirect("desk:import", batch.pk)

    def form_invalid(self, form: BatchForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ImportView(ImportMixin, UploadMixin, TemplateView):
    """The table of an import. A POST corrects cells, starts the import, leaves a row out or adds uploads."""

    template_name = "desk/import.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if awaits_columns(self.batch):
            return redirect("desk:import-columns", self.batch.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        user: Any = self.request.user
        kwargs.setdefault("form", UploadForm())
        return super().get_context_data(
            table=Table(self.batch, user, asked.get("p"), has_all_columns="all" in asked),
            defaults=DefaultsForm.of(self.batch),
            list=BatchList.objects.filter(batch=self.batch).first(),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "more" in request.POST:
            form = UploadForm(request.POST, request.FILES)
            if not (form.is_valid() and receive_uploads(form, self.batch)):
                return self.render_to_response(self.get_context_data(form=form), status=422)
        else:
            self.correct(request)
        return redirect(request.get_full_path())

    def correct(self, request: HttpRequest) -> None:
        """Save what was typed in the table, then do what the pressed button says."""
        batch, post = self.batch, request.POST
        user: Any = request.user
        shared = DefaultsForm.of(batch, post)
        # The page shows the defaults only if a row is open; without this mark they were not submitted.
        defaults = shared.defaults(batch.kind) if shared and "defaults" in post and shared.is_valid() else None
        again = choices_from_post(post)
        if choice := post.get("again"):
            again |= Table(batch, user).choose_for_all(choice)
        workflow.correct(batch, cells_from_post(batch, post), by=user, defaults=defaults, again=again)
        if row := parse_id(post.get("leave_out", "")):
            if workflow.remove_row(batch, row, by=user):
                with_file = _("The row and its file are left out.")
                messages.success(request, with_file if batch.has_files else _("The row is left out."))
        elif "import" in post:
            count = workflow.confirm(batch, Table(batch, user).ready(), by=user)
            started = ngettext("%(count)d row is being imported.", "%(count)d rows are being imported.", count)
            messages.success(request, started % {"count": count})
        else:
            messages.success(request, _("Saved in the table. Nothing has been imported yet."))


class ImportColumnsView(ImportMixin, FormView):
    """What the columns of a list seem to be. A POST corrects them, or takes another row as the headings."""

    template_name = "desk/import_columns.html"
    form_class = ColumnsForm

    def enter(self, request: HttpRequest, **kwargs: Any) -> AbstractContextManager[Any]:
        context = super().enter(request, **kwargs)
        self.list = BatchList.objects.filter(batch=self.batch).first()
        return context

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.list else redirect("desk:import", self.batch.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs) if self.list else redirect("desk:import", self.batch.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "found": self.list, "kind": self.batch.kind}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(list=self.list, **kwargs)

    def form_valid(self, form: ColumnsForm) -> HttpResponse:
        try:
            return redirect(self.use(form), self.batch.pk)
        except ValidationError as error:
            return self.render_to_response(self.get_context_data(form=form, faults=error.messages), status=422)

    def use(self, form: ColumnsForm) -> str:
        """Do what the pressed button asks for, and return the name of the page to show next. Raises ValidationError."""
        batch, data = self.batch, form.cleaned_data
        user: Any = self.request.user
        if "look" in self.request.POST or form.is_other_sheet:
            workflow.move_header(batch, data["header"], by=user, sheet=data.get("sheet"))
            return "desk:import-columns"
        if "leave_out" in self.request.POST:
            workflow.leave_list_out(batch, by=user)
        else:
            workflow.set_columns(batch, form.columns(), by=user)
        return "desk:import"


class ImportDeleteView(ImportMixin, TemplateView):
    """Delete an import with its files, after saying what goes with it and what stays."""

    permissions = ("intake.delete_batch",)
    template_name = "desk/import_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.batch.rows
        left = rows.not_done().count()
        return super().get_context_data(left=left, done=rows.count() - left, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        workflow.delete_batch(self.batch, by=user)
        messages.success(request, _("The import is discarded."))
        return redirect("desk:imports")


def receive_uploads(form: UploadForm, batch: Batch) -> bool:
    """Add the uploads of a valid form to a batch, and return whether that succeeded; if not, the form says why."""
    try:
        receive(batch, form.uploads(), form.cleaned_data["list"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
