"""The history of a record in the admin, and deletions that staff can undo."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .. import workflow
from ..models import Deletion, keep_address
from ..models.deletion import DeletionQuerySet
from ..slots import work_pages
from .translations import TextsAdmin


class UndoMixin(TextsAdmin):
    """An admin page with a history that shows differences, and with deletions that can be undone, inlines included.

    `deleted_along` are models whose records are deleted with their parent although nobody may delete one alone.
    """

    deleted_along: tuple[type[Model], ...] = ()

    def has_view_history_or_change_history_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Show the history only to users who may see the record, because old versions reveal what is hidden now."""
        is_visible = obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()
        return is_visible and self.has_change_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """Let records in `deleted_along` be deleted with their parent, whatever the user's permissions."""
        objects, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return objects, counts, lacking - {model._meta.verbose_name for model in self.deleted_along}, protected

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Redirect the old address of a record to its new one."""
        if change and "slug" in form.changed_data:
            keep_address(obj, form.initial["slug"])
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        workflow.delete(obj, by=request.user)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Link to the page on which the record can be put back."""
        response = super().response_delete(request, obj_display, obj_id)
        deletion = Deletion.objects.restorable().of(self.model, str(obj_id))
        if deletion and request.user.has_perm("publishing.restore_deletion"):
            link = format_html('<a href="{}">{}</a>', _page_of(deletion), _("Restore it"))
            self.message_user(request, format_html("{} {}", _("It can be restored for thirty days."), link))
        return response

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponseRedirect:
        """Redirect from the page of a deleted record to the page on which it can be put back."""
        deletion = Deletion.objects.restorable().of(self.model, object_id)
        if deletion and request.user.has_perm("publishing.view_deletion"):
            return HttpResponseRedirect(_page_of(deletion))
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for record in queryset:
            try:
                workflow.delete(record, by=request.user)
            except ValidationError as error:
                self.message_user(request, f"{record}: {error.messages[0]}", messages.ERROR)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Delete inline records through the workflow, so that this can be undone as well."""
        formset.delete_existing = lambda record, commit=True: workflow.delete(record, by=request.user)
        super().save_formset(request, form, formset, change)


def _page_of(deletion: Deletion) -> str:
    """Return the address at which staff restore a record: a page of the desk, or else one of this admin."""
    pages = [*filter(None, work_pages(deletion)), reverse("admin:publishing_deletion_change", args=[deletion.pk])]
    return pages[0]


@admin.register(Deletion)
class DeletionAdmin(admin.ModelAdmin):
    """Records deleted in the last thirty days, which staff can restore."""

    list_display = ["name", "content_type", "by", "at"]
    list_filter = [("content_type", admin.RelatedOnlyFieldListFilter), ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["content_type", "by"]
    search_fields = ["name"]
    date_hierarchy = "at"
    actions = ["restore_selected"]
    fields = ("name", "content_type", "by", "at", "size")
    readonly_fields = fields
    change_form_template = "admin/deletion_change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return cast("DeletionQuerySet", super().get_queryset(request)).restorable()

    @admin.display(description=_("rows that go with it"))
    def size(self, deletion: Deletion) -> int:
        """Return the number of rows that were deleted together."""
        return len(deletion.rows)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the user may restore the record, which is the only change possible."""
        return request.user.has_perm("publishing.restore_deletion")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Save nothing: the form has no field to edit."""

    def response_change(self, request: HttpRequest, obj: Deletion) -> HttpResponse:
        """Restore the record if its button was pressed, and redirect to the page on which staff work on it."""
        if "_restore" not in request.POST:
            return super().response_change(request, obj)
        record = self._restore(request, obj)
        if record is None:
            return HttpResponseRedirect(request.path)
        pages = [*filter(None, work_pages(record)), reverse("admin:publishing_deletion_changelist")]
        return HttpResponseRedirect(pages[0])

    def _restore(self, request: HttpRequest, deletion: Deletion) -> Model | None:
        """Restore one record and return it, or show why it cannot be restored."""
        try:
            record = workflow.restore(deletion, by=request.user)
        except ValidationError as error:
            self.message_user(request, f"{deletion}: {error.messages[0]}", messages.ERROR)
            return None
        self.message_user(request, _("“%s” is restored.") % record, messages.SUCCESS)
        return record

    @admin.action(description=_("Restore"), permissions=["change"])
    def restore_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Restore the selected records, one by one."""
        for deletion in queryset:
            self._restore(request, deletion)
