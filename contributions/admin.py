from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from dialogues.admin.verbs import PublishableAdmin, PublishedFilter, Verb, WorkflowAdmin
from dialogues.admin.visible import VisibleFilter

from . import workflow
from .models import Attachment, Call, Contribution, GuidingQuestion

State = Contribution.State


class GuidingQuestionInline(admin.TabularInline):
    model = GuidingQuestion
    extra = 1


@admin.register(Call)
class CallAdmin(PublishableAdmin):
    """Invitations to contribute."""

    list_display = ["title", "dialogue", "opens_at", "closes_at", "published_at"]
    list_filter = [("published_at", PublishedFilter), ("dialogue__series", VisibleFilter)]
    list_select_related = ["dialogue"]
    search_fields = ["title", "dialogue__title"]
    autocomplete_fields = ["dialogue"]
    inlines = [GuidingQuestionInline]


class AttachmentInline(admin.TabularInline):
    model = Attachment
    fields = readonly_fields = ["file", "language", "is_translation", "size", "state"]
    extra = max_num = 0
    can_delete = False
    view_on_site = False  # the link is in the column of files

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("document", "contribution")

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description=_("file"))
    def file(self, attachment):
        if not attachment.contribution.reference:
            return attachment.document.get_kind_display()
        return format_html('<a href="{}">{}</a>', attachment.get_absolute_url(), attachment.document.get_kind_display())

    @admin.display(description=_("bytes"))
    def size(self, attachment):
        return attachment.document.size

    @admin.display(description=_("reading"))
    def state(self, attachment):
        return attachment.document.get_fault_display() or attachment.document.get_state_display()


def may_name_filer(request):
    """Whether the account behind a contribution, a person's address, is for this user's eyes."""
    return request.user.has_perm("accounts.view_user")


@admin.register(Contribution)
class ContributionAdmin(WorkflowAdmin):
    """The review queue. Staff match the organization and set topics; the words are the filer's and stay theirs."""

    list_display = ["reference", "title", "organization_name", "call_if_visible", "language", "state", "submitted_at"]
    list_display_links = ["reference", "title"]
    list_filter = ["state", ("call", VisibleFilter), "language"]
    list_select_related = ["call"]
    search_fields = ["reference", "title", "organization_name"]
    # Any organization: a body that contributes for the first time is on no public page yet.
    autocomplete_fields = ["organization", "topics"]
    ordering = ["-submitted_at"]
    actions = ["publish_selected"]
    fields = [
        "reference", "state", "call_if_visible", "organization_name", "organization", "title", "language", "topics",
        "text", "filer", "submitted_at", "consented_at", "published_at",
    ]  # fmt: skip
    readonly_fields = [
        "reference", "state", "call_if_visible", "organization_name", "title", "language", "text", "filer",
        "submitted_at", "consented_at", "published_at",
    ]  # fmt: skip
    inlines = [AttachmentInline]

    def get_queryset(self, request):
        """Drafts are their filers' alone."""
        return super().get_queryset(request).exclude(state=State.DRAFT).with_names_for(request.user)

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return fields if may_name_filer(request) else [name for name in fields if name != "filer"]

    def get_search_fields(self, request):
        """To count what an address finds is to learn whose it is."""
        fields = super().get_search_fields(request)
        return [*fields, "filer__email"] if may_name_filer(request) else fields

    @admin.display(description=_("call"), ordering="call")
    def call_if_visible(self, contribution):
        return contribution.call if contribution.shows_call else None

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """What was sent is withdrawn, which keeps its number and its log."""
        return False

    def has_publish_permission(self, request):
        return request.user.has_perm("contributions.publish_contribution")

    def verbs(self, request, record):
        if not self.has_publish_permission(request):
            return []
        if record.state == State.SUBMITTED:
            return [
                Verb("publish", _("Publish"), workflow.publish),
                Verb("request_changes", _("Request changes"), workflow.request_changes, takes_note=True),
                Verb("decline", _("Decline"), workflow.decline, takes_note=True),
                Verb("withdraw", _("Withdraw"), workflow.withdraw),
            ]
        if record.state == State.PUBLISHED:
            return [
                Verb("unpublish", _("Unpublish"), workflow.unpublish),
                Verb("withdraw", _("Withdraw"), workflow.withdraw),
            ]
        return []

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish_selected(self, request, queryset):
        self.run_on_each(request, queryset, workflow.publish)
