from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import methodcaller
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from documents.forms import DocumentField
from documents.workflow import store
from publishing.admin.visible import VisibleFilter
from publishing.admin.workflow import PublishableAdmin, PublishedFilter, WorkflowButton

from .. import workflow
from ..models import Comment, Paragraph, Summary
from ..paragraphs import join, parse_blocks, split
from ..summary_checks import language_warnings, text_warnings
from ..tasks import request_reading

MAX_CHANGES = 200  # on the history page of a summary


class SummaryForm(forms.ModelForm):
    """A summary as one Markdown text, from which its paragraphs are made, with its original file."""

    body = forms.CharField(
        label=_("text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 30, "class": "vLargeTextField"}),
        help_text=_(
            "Markdown; empty for the text of the file. A blank line ends a paragraph. Begin each with its number as in "
            "the original, “12. ”; a text without numbers is numbered from 1. “## ” begins a heading, “[^1]: ” the "
            "text of the footnote [^1]."
        ),
    )
    upload = DocumentField(
        label=_("original file"), required=False, help_text=_("PDF, DOCX, ODT or text, up to 20 MB.")
    )

    class Meta:
        model = Summary
        fields = ["dialogue", "language", "version", "status", "changes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["body"].initial = join(self.instance.paragraphs.all()) or self.text_of_file()

    def text_of_file(self) -> str:
        """Return the text that was read from the original file, or an empty string."""
        return self.instance.reading.text if hasattr(self.instance, "reading") else ""

    def clean_body(self) -> str:
        try:
            split(self.cleaned_data["body"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data["body"]

    def clean(self) -> dict[str, Any] | None:
        """Require a text, or a file to read it from."""
        super().clean()
        data = self.cleaned_data
        is_empty = "body" in data and not data["body"].strip()
        if is_empty and not (self.errors.get("upload") or data.get("upload") or self.instance.document_id):
            self.add_error("body", _("Enter the text, or choose the file that it stands in."))
        return data

    def save(self, commit: bool = True) -> Summary:
        if upload := self.cleaned_data.get("upload"):
            self.instance.document = store(upload)
        return super().save(commit)


@dataclass(frozen=True)
class ParagraphChange:
    """A change to one paragraph, with its text before and after; one is empty if it was added or removed."""

    at: datetime
    by: AbstractBaseUser | None
    number: int | None
    old: str
    new: str


def paragraph_changes(summary_id: str) -> list[ParagraphChange]:
    """Return the latest changes to the paragraphs of a summary, newest first. The id comes from the address."""
    if not summary_id.isdecimal() or len(summary_id) > 18:
        return []
    rows = Paragraph.history.filter(summary_id=summary_id).select_related("history_user")
    before: dict[int, str] = {}
    changes = []
    for row in rows.order_by("history_date", "history_id"):
        old, new = before.get(row.id, ""), "" if row.history_type == "-" else row.text
        before[row.id] = new
        if old != new:
            changes.append(ParagraphChange(row.history_date, row.history_user, row.number, old, new))
    return changes[::-1][:MAX_CHANGES]


def original_context(summary: Summary) -> dict[str, Any]:
    """Return the template context for the original file beside the form: the pages of a PDF, else the whole text."""
    document, reading = summary.document, getattr(summary, "reading", None)
    if document is None:
        return {"has_original": False}
    return {
        "has_original": True,
        "document": document,
        "reading": reading,
        "pages": document.pages.all() if document.kind == "pdf" else [],
        "blocks": parse_blocks(reading.text) if reading else [],
        "is_other_text": bool(reading and reading.text and summary.paragraphs.exists()),
    }


def summary_warnings(summary: Summary, text: str) -> list[str]:
    """Return warnings about the text in the form, by itself and beside the other languages of the summary."""
    numbers = [block.number for block in parse_blocks(text) if block.number is not None]
    others = Summary.objects.filter(dialogue=summary.dialogue).exclude(language=summary.language).current()
    named = [(other.get_language_display(), _paragraph_numbers(other)) for other in others]
    return [*text_warnings(text), *language_warnings(numbers, [pair for pair in named if pair[1]])]


def _paragraph_numbers(summary: Summary) -> list[int]:
    return list(Paragraph.objects.filter(summary=summary).exclude(number=None).values_list("number", flat=True))


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
