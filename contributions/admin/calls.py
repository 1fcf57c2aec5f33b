"""Admin pages for calls and invitations."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing.admin.visible import VisibleChoicesMixin, VisibleFilter
from publishing.admin.workflow import PublishableAdmin, PublishedFilter

from .. import workflow
from ..models import Call, GuidingQuestion, Invitation
from ..querysets import InvitationQuerySet
from .log_entries import NoLogEntriesMixin


class CallForm(forms.ModelForm):
    """The form of a call, with checkboxes for its languages."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.CONTENT_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all six."),
    )


class GuidingQuestionInline(admin.TabularInline):
    """The guiding questions of a call."""

    model = GuidingQuestion
    exclude = ["translations"]
    extra = 1


@admin.register(Call)
class CallAdmin(PublishableAdmin):
    """Calls for contributions."""

    form = CallForm
    list_display = ["title", "dialogue", "opens_at", "closes_at", "audience", "published_at"]
    list_filter = [("published_at", PublishedFilter), ("dialogue__series", VisibleFilter)]
    list_select_related = ["dialogue"]
    search_fields = ["title", "dialogue__title"]
    autocomplete_fields = ["dialogue", "topics"]
    inlines = [GuidingQuestionInline]


class UsedFilter(admin.SimpleListFilter):
    """Filters invitations by whether somebody has redeemed them."""

    # Translators: whether an invitation has been used
    title = _("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("Not used")), ("yes", _("Used"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "no":
                return queryset.unused()
            case "yes":
                return queryset.exclude(contribution=None)
        return queryset


@admin.register(Invitation)
class InvitationAdmin(NoLogEntriesMixin, VisibleChoicesMixin, admin.ModelAdmin):
    """Invitations: links that each let one organization contribute."""

    list_display = ["organization_name", "call", "late_until", "made_at", "is_used"]
    list_filter = [("call", VisibleFilter), UsedFilter]
    list_select_related = ["call__dialogue"]
    search_fields = ["organization_name", "email"]
    autocomplete_fields = ["call"]
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> InvitationQuerySet:
        invitations = cast("InvitationQuerySet", super().get_queryset(request))
        return invitations.filter(call__in=Call.objects.visible_to(request.user))

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> Any:
        fields = ["call", "organization_name", "email", "language", "late_until"]
        return [*fields, "link", "made_by", "made_at", "is_used"] if obj else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Invitation | None = None) -> Any:
        return ["call", "email", "language", "link", "made_by", "made_at", "is_used"] if obj else []

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            workflow.invite(obj, by=request.user)

    @admin.display(description=_("link, to be passed on"))
    def link(self, invitation: Invitation) -> str:
        """Return the link with the site's address, so that staff can copy it."""
        path = invitation.get_absolute_url()
        return format_html('<a href="{}">{}{}</a>', path, settings.BASE_URL, path)

    @admin.display(description=_("used"), boolean=True)
    def is_used(self, invitation: Invitation) -> bool:
        """Return whether somebody has redeemed it."""
        return invitation.contribution_id is not None
