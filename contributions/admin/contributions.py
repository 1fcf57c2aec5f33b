"""The review queue, and the page on which one contribution is reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from publishing.admin.visible import VisibleFilter
from publishing.admin.workflow import WorkflowAdmin, WorkflowButton
from publishing.models import Verb
from text.localized import lazy_zone_city

from .. import workflow
from ..arrival import arrival_sentences
from ..models import Check, Contribution
from ..querysets import ContributionQuerySet
from ..views import StaffCorrectionView
from .log_entries import NoLogEntriesMixin
from .review_page import comparison_context, screening_context
from .sources import SourcesMixin

State = Contribution.State


class AssignmentFilter(admin.SimpleListFilter):
    """Filters contributions by who reviews them: nobody, the user, or somebody else."""

    title = _("assignment")
    parameter_name = "assigned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("nobody", _("Unassigned")), ("me", _("Mine")), ("others", _("Others’"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "nobody":
                return queryset.filter(assigned_to=None)
            case "me":
                return queryset.filter(assigned_to=request.user)
            case "others":
                return queryset.exclude(assigned_to=None).exclude(assigned_to=request.user)
        return queryset


class MomentField(forms.DateTimeField):
    """A time of publication, in the portal's time zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"})


class QueueActionForm(ActionForm):
    """The choice of an action, with the time for the action that schedules publication."""

    # A CharField, because Django would report an invalid time as no action chosen.
    moment = forms.CharField(
        label=format_lazy(_("at ({city} time)"), city=lazy_zone_city()), required=False, widget=MomentField.widget
    )


def may_see_filer(request: HttpRequest) -> bool:
    """Return whether the user may see which account filed a contribution, which reveals an email address."""
    return request.user.has_perm("accounts.view_user")


def seen_revision(post: Mapping[str, str]) -> dict[str, Any]:
    """Return the number of the revision that the reviewer has read, as `seen`.

    It is -1, which no revision has, if unknown.
    """
    number = post.get("revision", "")
    return {"seen": int(number) if number.isdecimal() and len(number) < 6 else -1}


def acceptance(post: Mapping[str, str]) -> dict[str, Any]:
    """Return the arguments of `workflow.accept`: the revision and the chosen time. Raises ValidationError."""
    return {**seen_revision(post), "publish_at": MomentField(required=False).clean(post.get("moment", ""))}


class ContributionForm(forms.ModelForm):
    """The fields that staff set: the organization on record, topics, the reviewer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "assigned_to" in self.fields:
            reviewers = ModelBackend().with_perm("contributions.publish_contribution")
            field: Any = self.fields["assigned_to"]
            field.queryset = reviewers.filter(is_staff=True)


@admin.register(Contribution)
class ContributionAdmin(SourcesMixin, NoLogEntriesMixin, WorkflowAdmin):
    """The review queue. Staff match the organization and set topics, but cannot change what was submitted."""

    form = ContributionForm
    change_form_template = "admin/contributions/contribution/change_form.html"
    list_display = [
        "reference", "title", "organization_name", "language", "state", "assigned_to", "sent",
    ]  # fmt: skip
    list_display_links = ["reference", "title"]
    list_filter = ["state", AssignmentFilter, ("call", VisibleFilter), "newest__language"]
    list_select_related = ["call", "newest", "shown", "assigned_to"]
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ["reference", "newest__title", "newest__organization_name"]
    # Not only visible organizations: one that contributes for the first time is not on a public page yet.
    autocomplete_fields = ["organization", "topics"]
    ordering = ["submitted_at"]
    actions = ["assign_to_me", "accept_selected", "publish_selected", "publish_selected_later"]
    action_form = QueueActionForm
    readonly_fields = ["reference", "state", "call_if_visible", "filer", "submitted_at", "publish_at", "published_at"]
    fields = [*readonly_fields, "organization", "topics", "assigned_to"]

    def get_queryset(self, request: HttpRequest) -> ContributionQuerySet:
        """Leave out drafts, because only their filers may see them."""
        submitted = cast("ContributionQuerySet", super().get_queryset(request).exclude(state=State.DRAFT))
        return submitted.with_visibility_for(request.user)

    def get_fields(self, request: HttpRequest, obj: Contribution | None = None) -> Any:
        fields = super().get_fields(request, obj)
        return fields if may_see_filer(request) else [name for name in fields if name != "filer"]

    def get_search_fields(self, request: HttpRequest) -> Any:
        """Leave out the filer's address unless the user may see it: the number of hits would reveal it."""
        fields = super().get_search_fields(request)
        return [*fields, "filer__email"] if may_see_filer(request) else fields

    def get_urls(self) -> list:
        guarded = self.admin_site.admin_view
        return [
            path("<int:pk>/revisions/", guarded(self.compare), name="contributions_contribution_compare"),
            path(
                "<int:pk>/correct/", guarded(StaffCorrectionView.as_view()), name="contributions_contribution_correct"
            ),
            *super().get_urls(),
        ]

    @admin.display(description=_("call"), ordering="call")
    def call_if_visible(self, contribution: Contribution) -> Any:
        return contribution.call if contribution.shows_call else None

    @admin.display(description=_("sent"), ordering="submitted_at")
    def sent(self, contribution: Contribution) -> str:
        return date_format(timezone.localtime(contribution.submitted_at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("title"), ordering="newest__title")
    def title(self, contribution: Contribution) -> str:
        return contribution.newest.title

    @admin.display(description=_("organization"), ordering="newest__organization_name")
    def organization_name(self, contribution: Contribution) -> str:
        return contribution.newest.organization_name

    @admin.display(description=_("language"), ordering="newest__language")
    def language(self, contribution: Contribution) -> str:
        return contribution.newest.get_language_display()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Contribution | None = None) -> bool:
        """Contributions are withdrawn, not deleted: their references and log entries stay."""
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("contributions.publish_contribution")

    def buttons(self, request: HttpRequest, record: Any) -> list[WorkflowButton]:
        if not self.has_publish_permission(request):
            return []
        return [button for button in self._buttons(record) if workflow.is_possible(record, Verb(button.name))]

    def _buttons(self, record: Any) -> list[WorkflowButton]:
        """Return the buttons for the state of a contribution, each named after the verb of its move."""
        publish = WorkflowButton("publish", _("Publish now"), workflow.publish, arguments=seen_revision)
        decline = WorkflowButton("decline", _("Decline"), workflow.decline, takes_note=True, arguments=seen_revision)
        change = WorkflowButton(
            "request_changes", _("Request changes"), workflow.request_changes, True, arguments=seen_revision
        )
        withdraw = WorkflowButton("withdraw", _("Withdraw"), workflow.withdraw)
        take_back = [WorkflowButton("unpublish", _("Unpublish"), workflow.unpublish)] if record.is_published else []
        match record.state:
            case State.SUBMITTED:
                accept = WorkflowButton("accept", _("Accept"), workflow.accept, arguments=acceptance)
                return [publish, accept, change, decline, *take_back, withdraw]
            case State.ACCEPTED:
                return [publish, change, decline, *take_back, withdraw]
            case State.PUBLISHED | State.RETURNED:
                return [*take_back, withdraw]
        return []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        context.update(self._review_context(request, obj))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _review_context(self, request: HttpRequest, contribution: Contribution) -> dict[str, Any]:
        """Return the template context for the content beside the form."""
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
            **(screening_context(revision) if is_waiting else {}),
            "hides_history": True,  # Django's history page would be empty: see NoLogEntriesMixin
            "may_publish": self.has_publish_permission(request),
            "may_correct": self.has_publish_permission(request) and contribution.can_be_corrected_by_staff,
            "arrival": arrival_sentences(revision),
            "has_sender": contribution.filer_id is not None,
        }

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Link to the next contribution to review once the reviewer has decided about this one."""
        response = super().response_change(request, obj)
        waiting = Contribution.objects.to_review_by(request.user).filter(call=obj.call_id).select_related("newest")
        if "_verb" in request.POST and obj.state != State.SUBMITTED and (after := waiting.exclude(pk=obj.pk).first()):
            address = reverse("admin:contributions_contribution_change", args=[after.pk])
            link = format_html('<a href="{}">{} {}</a>', address, after.reference, after.newest.title)
            self.message_user(request, format_html(str(_("The next that waits: {}")), link))
        return response

    def save_model(self, request: HttpRequest, obj: Contribution, form: Any, change: bool) -> None:
        """Save the organization; save the assignment, the checklist and a note through the workflow."""
        # Save no other field, so that a move made since the page was loaded is not undone.
        obj.save(update_fields=["organization"])
        if "assigned_to" in form.changed_data:
            workflow.assign(obj, by=request.user, to=form.cleaned_data["assigned_to"])
        if request.POST.get("staff_note", "").strip():
            workflow.add_note(obj, by=request.user, text=request.POST["staff_note"])
        if "checklist" in request.POST and self.has_publish_permission(request):
            points = [point for point in request.POST.getlist("points") if point in Check.Point]
            self._set_checklist(request, obj, points)

    def _set_checklist(self, request: HttpRequest, contribution: Contribution, points: list[str]) -> None:
        """Settle points for the revision on the page.

        If it is no longer the newest, either the move or this method says so.
        """
        try:
            workflow.set_checklist(contribution, by=request.user, points=points, **seen_revision(request.POST))
        except workflow.WrongStateError as error:
            if "_verb" not in request.POST:
                self.message_user(request, error.messages[0], messages.ERROR)

    def compare(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show two revisions side by side, by default the last two."""
        contribution = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, contribution):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": contribution,
            "title": _("Revisions"),
            **comparison_context(contribution, request.GET),
        }
        return TemplateResponse(request, "admin/contributions/contribution/compare.html", context)

    @admin.action(description=_("Assign to me"), permissions=["change"])
    def assign_to_me(self, request: HttpRequest, queryset: ContributionQuerySet) -> None:
        self.run_on_each(request, queryset, lambda record, by: workflow.assign(record, by=by, to=by))

    @admin.action(description=_("Accept"), permissions=["publish"])
    def accept_selected(self, request: HttpRequest, queryset: ContributionQuerySet) -> None:
        self.run_on_each(request, queryset, workflow.accept)

    @admin.action(description=_("Publish now"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: ContributionQuerySet) -> None:
        self.run_on_each(request, queryset, workflow.publish)

    @admin.action(description=_("Accept, and publish at that time"), permissions=["publish"])
    def publish_selected_later(self, request: HttpRequest, queryset: ContributionQuerySet) -> None:
        try:
            moment = MomentField().clean(request.POST.get("moment", ""))
        except ValidationError:
            self.message_user(request, _("Say when, in the field beside the action."), messages.ERROR)
            return
        self.run_on_each(request, queryset, lambda record, by: workflow.accept(record, by=by, publish_at=moment))
