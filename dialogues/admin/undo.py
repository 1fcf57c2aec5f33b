"""Nothing that staff do to a record is lost: who changed what is shown, and what was deleted can be put back."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from dialogues import workflow
from dialogues.models import Deletion, Paragraph


class UndoMixin(SimpleHistoryAdmin):
    """An admin page with a history that shows differences, whose deletions, those in inlines too, can be undone."""

    def has_view_history_or_change_history_permission(self, request, obj=None):
        """For those alone who may see the record itself: old states tell what is hidden now."""
        is_visible = obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()
        return is_visible and self.has_change_permission(request, obj)

    def get_deleted_objects(self, objs, request):
        """Paragraphs go with their summary, though nobody deletes one alone."""
        objects, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return objects, counts, lacking - {Paragraph._meta.verbose_name}, protected

    def delete_model(self, request, obj):
        workflow.delete(obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for record in queryset:
            try:
                workflow.delete(record, by=request.user)
            except ValidationError as error:
                self.message_user(request, f"{record}: {error.messages[0]}", messages.ERROR)

    def save_formset(self, request, form, formset, change):
        formset.delete_existing = lambda record, commit=True: workflow.delete(record, by=request.user)
        super().save_formset(request, form, formset, change)


@admin.register(Deletion)
class DeletionAdmin(admin.ModelAdmin):
    """What was deleted in the last thirty days, to be put back."""

    list_display = ["name", "content_type", "by", "at"]
    list_filter = [("content_type", admin.RelatedOnlyFieldListFilter), ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["content_type", "by"]
    search_fields = ["name"]
    date_hierarchy = "at"
    actions = ["restore_selected"]
    fields = readonly_fields = ["name", "content_type", "by", "at", "size"]
    change_form_template = "admin/deletion_change_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).restorable()

    @admin.display(description=_("rows that go with it"))
    def size(self, deletion):
        return len(deletion.rows)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """To change it is to put it back."""
        return request.user.has_perm("dialogues.restore_deletion")

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        """Nothing of it is to be edited."""

    def response_change(self, request, obj):
        if "_restore" not in request.POST:
            return super().response_change(request, obj)
        record = self.put_back(request, obj)
        if record is None:
            return HttpResponseRedirect(request.path)
        if not self.admin_site.is_registered(type(record)):
            return HttpResponseRedirect(reverse("admin:dialogues_deletion_changelist"))
        opts = record._meta
        return HttpResponseRedirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk]))

    def put_back(self, request, deletion):
        """Restore one and say so, or say why not; return the record, if any."""
        try:
            record = workflow.restore(deletion, by=request.user)
        except ValidationError as error:
            self.message_user(request, f"{deletion}: {error.messages[0]}", messages.ERROR)
            return None
        self.message_user(request, _("“%s” is back, as it was.") % record, messages.SUCCESS)
        return record

    @admin.action(description=_("Put back"), permissions=["change"])
    def restore_selected(self, request, queryset):
        for deletion in queryset:
            self.put_back(request, deletion)
