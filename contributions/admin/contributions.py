"""All contributions that were submitted, for looking them up and for exports. They are decided on the staff desk."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from publishing.admin.visible import VisibleChoicesMixin, VisibleFilter
from publishing.admin.workflow import ReadOnlyMixin, TransitionInline

from ..models import Contribution
from ..querysets import ContributionQuerySet
from .log_entries import NoLogEntriesMixin

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


def may_see_filer(request: HttpRequest) -> bool:
    """Return whether the user may see which account filed a contribution, which reveals an email address."""
    return request.user.has_perm("accounts.view_user")


@admin.register(Contribution)
class ContributionAdmin(ReadOnlyMixin, NoLogEntriesMixin, VisibleChoicesMixin, admin.ModelAdmin):
    """Contributions, read-only: they are reviewed, assigned and withdrawn on the staff desk, and never deleted."""

    list_display = [
        "reference", "title", "organization_name", "language", "state", "assigned_to", "sent", "received",
    ]  # fmt: skip
    list_display_links = ["reference", "title"]
    list_filter = ["state", AssignmentFilter, ("call", VisibleFilter), "newest__language"]
    list_select_related = ["call", "newest", "shown", "assigned_to"]
    view_on_site = False
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ["reference", "newest__title", "newest__organization_name"]
    ordering = [F("submitted_at").asc(nulls_first=True)]
    fields = [
        "reference", "state", "call_if_visible", "filer", "submitted_at", "publish_at", "published_at", "organization",
        "topics", "assigned_to",
    ]  # fmt: skip
    inlines = [TransitionInline]
    change_form_template = "admin/contributions/contribution/change_form.html"

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

    @admin.display(description=_("call"), ordering="call")
    def call_if_visible(self, contribution: Contribution) -> Any:
        return contribution.call if contribution.shows_call else None

    @admin.display(description=_("sent"), ordering="submitted_at")
    def sent(self, contribution: Contribution) -> str:
        return date_format(timezone.localtime(contribution.submitted_at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("date received"), ordering="newest__received_on")
    def received(self, contribution: Contribution) -> date | None:
        """Return the day on which staff received it outside the portal, which may be earlier than its import."""
        day: date | None = contribution.newest.received_on
        return day

    @admin.display(description=_("title"), ordering="newest__title")
    def title(self, contribution: Contribution) -> str:
        return contribution.newest.title

    @admin.display(description=_("organization"), ordering="newest__organization_name")
    def organization_name(self, contribution: Contribution) -> str:
        return contribution.newest.organization_name

    @admin.display(description=_("language"), ordering="newest__language")
    def language(self, contribution: Contribution) -> str:
        return contribution.newest.get_language_display()
