from operator import methodcaller

from django.contrib import admin
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from dialogues import drafting, workflow
from dialogues.forms import PaperForm, SummaryForm
from dialogues.models import Comment, Paper, Paragraph, Summary
from publishing.admin.visible import VisibleFilter
from publishing.admin.workflow import PublishableAdmin, PublishedFilter, WorkflowButton

from .history import paragraph_changes
from .originals import original_of, warnings_about


def what_changes(post):
    """What staff say of a new version, as an argument for `drafting.new_version`."""
    return {"changes": post.get("what_changes", "")}


@admin.register(Summary)
class SummaryAdmin(PublishableAdmin):
    """A summary as one text beside its original; saving makes its paragraphs."""

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
    def approved_by(self, summary):
        """The chairs who approved its text, and whether it has changed since."""
        digest = summary.digest
        lines = [
            f"{approval}" if approval.digest == digest else _("%s, of an older text") % approval
            for approval in summary.approvals.select_related("appearance__speaker")
        ]
        return "; ".join(lines) or _("nobody yet: see “Share a preview”")

    def history_view(self, request, object_id, extra_context=None):
        """With what changed in its paragraphs, which are its text."""
        context = {"paragraph_changes": paragraph_changes(object_id), **(extra_context or {})}
        return super().history_view(request, object_id, context)

    def revert_disabled(self, request, obj=None):
        """Its text is in its paragraphs: an old state of the summary alone would bring none of it back."""
        return True

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.cleaned_data["body"].strip():
            workflow.write_paragraphs(form.instance, form.cleaned_data["body"])
        if form.cleaned_data.get("upload"):
            drafting.ask_for_reading(form.instance)

    def buttons(self, request, record):
        buttons = super().buttons(request, record)
        if record.is_published and self.has_add_permission(request):
            buttons.append(
                WorkflowButton("new_version", _("New version"), drafting.new_version, arguments=what_changes)
            )
        return buttons

    def response_change(self, request, obj):
        """Once a new version is made, staff go on with that one."""
        answer = super().response_change(request, obj)
        newest = Summary.objects.filter(dialogue=obj.dialogue, language=obj.language).first()
        if request.POST.get("_verb") == "new_version" and not newest.is_published and newest.version > obj.version:
            return redirect("admin:dialogues_summary_change", newest.pk)
        return answer

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        form = context["adminform"].form
        if obj and not form.is_bound and request.GET.get("text") == "original":
            form.initial["body"] = form.text_of_file()
        if obj:
            context.update(original_of(obj), warnings=warnings_about(obj, form["body"].value() or ""))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


@admin.register(Paper)
class PaperAdmin(PublishableAdmin):
    """Programme, background paper, guidance, presentation."""

    form = PaperForm
    list_display = ["title", "kind", "dialogue", "language", "file_state", "published_at"]
    list_filter = [("published_at", PublishedFilter), "kind", "language"]
    list_select_related = ["dialogue", "document"]
    search_fields = ["title", "dialogue__title"]
    autocomplete_fields = ["dialogue"]
    readonly_fields = ["document", "published_at"]

    @admin.display(description=_("file"))
    def file_state(self, paper):
        return paper.document.get_fault_display() or paper.document.get_state_display()


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """What co-chairs and colleagues said of drafts."""

    list_display = ["created_at", "dialogue", "paragraph", "who", "text"]
    list_filter = [("dialogue", VisibleFilter)]
    list_select_related = ["dialogue", "paragraph", "author", "appearance__speaker"]
    search_fields = ["text"]
    fields = readonly_fields = ["dialogue", "paragraph", "who", "created_at", "text"]

    @admin.display(description=_("who"))
    def who(self, comment):
        return comment.who or ""

    def has_add_permission(self, request):
        return False


@admin.register(Paragraph)
class ParagraphAdmin(admin.ModelAdmin):
    """To look paragraphs up; they are written with their summary."""

    list_display = ["summary", "number", "text"]
    list_select_related = ["summary__dialogue"]
    search_fields = ["text", "summary__dialogue__title"]
    view_on_site = methodcaller("get_absolute_url")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
