"""The review queue, and the page on which one contribution is reviewed."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contributions import workflow
from contributions.models import Check, Contribution
from contributions.work_queue import next_to_review
from contributions.workflow.moves import State
from publishing.admin.visible import VisibleFilter
from publishing.admin.workflow import WorkflowAdmin, WorkflowButton
from publishing.work_queue import change_page

from .desk import compared, doubts
from .forgettable import ForgettableMixin
from .queue import Assigned, MomentField, QueueActionForm
from .sources import SourcesMixin


def may_name_filer(request):
    """Whether the account behind a contribution, a person's address, is for this user's eyes."""
    return request.user.has_perm("accounts.view_user")


def seen(post):
    """The revision that the reviewer has on the page, as an argument for verbs; -1, which none is, if nobody says."""
    number = post.get("revision", "")
    return {"seen": int(number) if number.isdecimal() and len(number) < 6 else -1}


def seen_and_moment(post):
    """The same with the moment that staff chose, for `workflow.accept`; raises ValidationError."""
    return {**seen(post), "publish_at": MomentField(required=False).clean(post.get("moment", ""))}


class ContributionForm(forms.ModelForm):
    """What staff set: the body on record, topics, who reviews."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "assigned_to" in self.fields:
            reviewers = ModelBackend().with_perm("contributions.publish_contribution")
            self.fields["assigned_to"].queryset = reviewers.filter(is_staff=True)


@admin.register(Contribution)
class ContributionAdmin(SourcesMixin, ForgettableMixin, WorkflowAdmin):
    """The review queue. Staff match the organization and set topics; the words are the filer's and stay theirs."""

    form = ContributionForm
    change_form_template = "admin/contributions/contribution/change_form.html"
    list_display = [
        "reference", "title", "organization_name", "language", "state", "assigned_to", "sent",
    ]  # fmt: skip
    list_display_links = ["reference", "title"]
    list_filter = ["state", Assigned, ("call", VisibleFilter), "newest__language"]
    list_select_related = ["call", "newest", "shown", "assigned_to"]
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ["reference", "newest__title", "newest__organization_name"]
    # Any organization: a body that contributes for the first time is on no public page yet.
    autocomplete_fields = ["organization", "topics"]
    ordering = ["submitted_at"]
    actions = ["assign_to_me", "accept_selected", "publish_selected", "publish_selected_later"]
    action_form = QueueActionForm
    readonly_fields = ["reference", "state", "call_if_visible", "filer", "submitted_at", "publish_at", "published_at"]
    fields = [*readonly_fields, "organization", "topics", "assigned_to"]

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

    def get_urls(self):
        compare = self.admin_site.admin_view(self.compare)
        return [path("<int:pk>/revisions/", compare, name="contributions_contribution_compare"), *super().get_urls()]

    @admin.display(description=_("call"), ordering="call")
    def call_if_visible(self, contribution):
        return contribution.call if contribution.shows_call else None

    @admin.display(description=_("sent"), ordering="submitted_at")
    def sent(self, contribution):
        return date_format(timezone.localtime(contribution.submitted_at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("title"), ordering="newest__title")
    def title(self, contribution):
        return contribution.newest.title

    @admin.display(description=_("organization"), ordering="newest__organization_name")
    def organization_name(self, contribution):
        return contribution.newest.organization_name

    @admin.display(description=_("language"), ordering="newest__language")
    def language(self, contribution):
        return contribution.newest.get_language_display()

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """What was sent is withdrawn, which keeps its number and its log."""
        return False

    def has_publish_permission(self, request):
        return request.user.has_perm("contributions.publish_contribution")

    def buttons(self, request, record):
        if not self.has_publish_permission(request):
            return []
        publish = WorkflowButton("publish", _("Publish now"), workflow.publish, arguments=seen)
        decline = WorkflowButton("decline", _("Decline"), workflow.decline, takes_note=True, arguments=seen)
        change = WorkflowButton("request_changes", _("Request changes"), workflow.request_changes, True, arguments=seen)
        withdraw = WorkflowButton("withdraw", _("Withdraw"), workflow.withdraw)
        take_back = [WorkflowButton("unpublish", _("Unpublish"), workflow.unpublish)] if record.is_published else []
        match record.state:
            case State.SUBMITTED:
                accept = WorkflowButton("accept", _("Accept"), workflow.accept, arguments=seen_and_moment)
                return [publish, accept, change, decline, *take_back, withdraw]
            case State.ACCEPTED:
                return [publish, change, decline, *take_back, withdraw]
            case State.PUBLISHED | State.RETURNED:
                return [*take_back, withdraw]
        return []

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context.update(self.desk(request, obj))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def desk(self, request, contribution):
        """What a reviewer reads on the page beside the form."""
        revision = contribution.newest
        revision.contribution = contribution
        is_waiting = contribution.state in (State.SUBMITTED, State.ACCEPTED)
        settled = {check.point: check for check in revision.checks.select_related("by")}
        return {
            "revision": revision,
            "attachments": list(revision.attachments.for_lists()),
            "revisions": contribution.revisions.sent(),
            "staff_notes": contribution.notes.select_related("author"),
            "is_waiting": is_waiting,
            "points": [(point, settled.get(point)) for point in Check.Point] if is_waiting else [],
            **(doubts(revision) if is_waiting else {}),
            "hides_history": True,  # Django's, which is empty here
            "may_publish": self.has_publish_permission(request),
        }

    def response_change(self, request, obj):
        """Who has decided about one is led to the next."""
        answer = super().response_change(request, obj)
        if "_verb" in request.POST and obj.state != State.SUBMITTED and (after := next_to_review(request.user, obj)):
            link = format_html('<a href="{}">{} {}</a>', change_page(after), after.reference, after.newest.title)
            self.message_user(request, format_html(_("The next that waits: {}"), link))
        return answer

    def save_model(self, request, obj, form, change):
        """The form's own fields, and what stands beside it: assignment, checklist and a note go through their verbs."""
        # No other field: what moved since the page was read stays where it is.
        obj.save(update_fields=["organization"])
        if "assigned_to" in form.changed_data:
            workflow.assign(obj, by=request.user, to=form.cleaned_data["assigned_to"])
        if request.POST.get("staff_note", "").strip():
            workflow.note(obj, by=request.user, text=request.POST["staff_note"])
        if "checklist" in request.POST and self.has_publish_permission(request):
            points = [point for point in request.POST.getlist("points") if point in Check.Point]
            self.settle(request, obj, points)

    def settle(self, request, contribution, points):
        """Settle points for the revision on the page; if it is not the newest any more, the verb says so, or this."""
        try:
            workflow.check(contribution, by=request.user, points=points, **seen(request.POST))
        except workflow.WrongStateError as error:
            if "_verb" not in request.POST:
                self.message_user(request, error.messages[0], messages.ERROR)

    def compare(self, request, pk):
        """Two revisions side by side: the newest beside the one before, unless the address says otherwise."""
        contribution = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, contribution):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": contribution,
            "title": _("Revisions"),
            **compared(contribution, request.GET),
        }
        return TemplateResponse(request, "admin/contributions/contribution/compare.html", context)

    @admin.action(description=_("Assign to me"), permissions=["change"])
    def assign_to_me(self, request, queryset):
        self.run_on_each(request, queryset, lambda record, by: workflow.assign(record, by=by, to=by))

    @admin.action(description=_("Accept"), permissions=["publish"])
    def accept_selected(self, request, queryset):
        self.run_on_each(request, queryset, workflow.accept)

    @admin.action(description=_("Publish now"), permissions=["publish"])
    def publish_selected(self, request, queryset):
        self.run_on_each(request, queryset, workflow.publish)

    @admin.action(description=_("Accept, and publish at that time"), permissions=["publish"])
    def publish_selected_later(self, request, queryset):
        try:
            moment = MomentField().clean(request.POST.get("moment", ""))
        except ValidationError:
            self.message_user(request, _("Say when, in the field beside the action."), messages.ERROR)
            return
        self.run_on_each(request, queryset, lambda record, by: workflow.accept(record, by=by, publish_at=moment))
