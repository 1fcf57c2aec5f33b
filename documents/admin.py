from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import workflow
from .forms import PictureForm
from .models import Document, Picture


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    """A read-only list of stored documents. They are added through the apps that own them."""

    list_display = ["__str__", "state", "kind", "size", "page_count", "original_name", "created_at"]
    list_filter = ["state", "kind", "fault"]
    search_fields = ["sha256", "original_name"]
    date_hierarchy = "created_at"
    list_select_related = ["clean_copy"]
    readonly_fields = ["clean_size", "taken_out"]
    actions = ["read_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False

    @admin.display(description=_("size of the clean copy"))
    def clean_size(self, document: Document) -> int | str | Promise:
        """Return the size in bytes of the file that the public gets, or a sentence if there is none."""
        return document.copy.size if document.copy else _("There is no clean copy, so the public gets nothing.")

    @admin.display(description=_("removed from the clean copy"))
    def taken_out(self, document: Document) -> str:
        """Return what was removed from the clean copy, one item a line."""
        report = document.copy.report if document.copy else []
        return format_html_join(mark_safe("<br>"), "{}: {}", report)

    def delete_model(self, request: HttpRequest, obj: Document) -> None:
        workflow.discard(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for document in queryset:
            workflow.discard(document)

    @admin.action(description=_("Read the chosen documents again"), permissions=["view"])
    def read_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Queue the chosen documents to be read again."""
        count = workflow.read_again(queryset)
        words = ngettext(
            "Asked for %(count)d document to be read again.", "Asked for %(count)d documents to be read again.", count
        )
        self.message_user(request, words % {"count": count})


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    """Pictures. Their description and credit can be changed, but not the file."""

    list_display = ["alt", "state", "credit", "created_at"]
    list_filter = ["state"]
    search_fields = ["alt", "credit"]
    actions = ["render_again"]

    def get_readonly_fields(self, request: HttpRequest, obj: Picture | None = None) -> list[str]:
        return ["state", "created_at"] if obj else []

    def get_fields(self, request: HttpRequest, obj: Picture | None = None) -> tuple[str, ...]:
        return ("alt", "credit", "state", "created_at") if obj else ("original", "alt", "credit")

    def get_form(
        self, request: HttpRequest, obj: Picture | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        return super().get_form(request, obj, change, **kwargs if obj else {"form": PictureForm, **kwargs})

    def save_form(self, request: HttpRequest, form: ModelForm, change: bool) -> Picture:
        picture = super().save_form(request, form, change)
        if change:
            return picture
        words = {name: form.cleaned_data[name] for name in ("alt", "credit")}
        return workflow.store_picture(form.cleaned_data["original"], **words)

    def save_model(self, request: HttpRequest, obj: Picture, form: ModelForm, change: bool) -> None:
        if change:
            obj.save(update_fields=["alt", "credit"])

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        workflow.discard_picture(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for picture in queryset:
            workflow.discard_picture(picture)

    @admin.action(description=_("Make the sizes of the chosen pictures again"), permissions=["change"])
    def render_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Queue the chosen pictures to be rendered again."""
        count = workflow.render_again(queryset)
        words = ngettext(
            "Asked for the sizes of %(count)d picture to be made again.",
            "Asked for the sizes of %(count)d pictures to be made again.",
            count,
        )
        self.message_user(request, words % {"count": count})
