from collections.abc import Mapping, Sequence
from operator import methodcaller
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from publishing.admin.visible import VisibleFilter
from publishing.admin.workflow import PublishableAdmin, PublishedFilter, WorkflowButton

from .. import workflow
from ..forms import SummaryForm
from ..models import Comment, Paragraph, Summary
from ..summary_review import original_context, paragraph_changes, summary_warnings
from ..tasks import request_reading


def new_version_arguments(post: Mapping[str, str]) -> dict[str, str]:
    """Return what staff entered about a new version, as arguments of `workflow.start_new_version`."""
    return {"changes": post.get("what_changes", "")}


@admin.register(Summary)
class SummaryAdmin(PublishableAdmin):
    """Summaries, each as one text beside its original. Saving writes its paragraphs."""

    form = SummaryForm
    deleted_along = (Paragraph,)
    change_form_template = "admin/dialogues/summary/change_form.html"
    list_display = ["dialogue", "language", "version", "status", "published_at"]
    list_display_links = ["dialogue"]
    list_filter = [("published_at", PublishedFilter), "language", ("dialogue__series", VisibleFilter)]
    list_select_related = ["dialogue"]
    search_fields = ["dialogue__title"]
    autocomplete_fields = ["dialogue"]
    readonly_fields = ["document", "approved_by", "published_at"]

    @admin.display(description=_("approved by"))
    def approved_by(self, summary: Summary) -> str:
        """Return the chairs who approved the text, with a note if it has changed since."""
        digest = summary.digest
        lines = [
            f"{approval}" if approval.digest == digest else _("%s, of an older text") % approval
            for approval in summary.approvals.select_related("appearance__speaker")
        ]
        return "; ".join(lines) or str(_("nobody yet: see “Share a preview”"))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the changes to its paragraphs too."""
        context = {"paragraph_changes": paragraph_changes(str(object_id)), **(extra_context or {})}
        return super().history_view(request, object_id, context)

    def revert_disabled(self, request: HttpRequest, obj: Summary | None = None) -> bool:
        """Disable reverting: the text is in the paragraphs, which a reverted summary would not bring back."""
        return True

    def save_related(self, request: HttpRequest, form: Any, formsets: Sequence[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.cleaned_data["body"].strip():
            workflow.write_paragraphs(form.instance, form.cleaned_data["body"])
        if form.cleaned_data.get("upload"):
            request_reading(form.instance)

    def buttons(self, request: HttpRequest, record: Any) -> list[WorkflowButton]:
        buttons = super().buttons(request, record)
        if record.is_published and self.has_add_permission(request):
            run = workflow.start_new_version
            buttons.append(WorkflowButton("new_version", _("New version"), run, arguments=new_version_arguments))
        return buttons

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Redirect to a new version once it is made."""
        response = super().response_change(request, obj)
        newest = Summary.objects.filter(dialogue=obj.dialogue, language=obj.language)[0]
        if request.POST.get("_verb") == "new_version" and not newest.is_published and newest.version > obj.version:
            return redirect("admin:dialogues_summary_change", newest.pk)
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if obj and not form.is_bound and request.GET.get("text") == "original":
            form.initial["body"] = form.text_of_file()
        if obj:
            context.update(original_context(obj), warnings=summary_warnings(obj, form["body"].value() or ""))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """Comments of co-chairs and staff on drafts."""

    list_display = ["created_at", "dialogue", "paragraph", "who", "text"]
    list_filter = [("dialogue", VisibleFilter)]
    list_select_related = ["dialogue", "paragraph", "author", "appearance__speaker"]
    search_fields = ["text"]
    fields = ["dialogue", "paragraph", "who", "created_at", "text"]
    readonly_fields = ["dialogue", "paragraph", "who", "created_at", "text"]

    @admin.display(description=_("who"))
    def who(self, comment: Comment) -> Any:
        return comment.who or ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Paragraph)
class ParagraphAdmin(admin.ModelAdmin):
    """Paragraphs, read-only: they are written with their summary."""

    list_display = ["summary", "number", "text"]
    list_select_related = ["summary__dialogue"]
    search_fields = ["text", "summary__dialogue__title"]
    view_on_site = methodcaller("get_absolute_url")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Paragraph | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Paragraph | None = None) -> bool:
        return False
