from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contributions import workflow
from contributions.models import Call, GuidingQuestion, Invitation
from publishing.admin.visible import VisibleChoicesMixin, VisibleFilter
from publishing.admin.workflow import PublishableAdmin, PublishedFilter

from .forgettable import ForgettableMixin


class CallForm(forms.ModelForm):
    """A call, its languages as boxes to tick."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.CONTENT_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all six."),
    )


class GuidingQuestionInline(admin.TabularInline):
    model = GuidingQuestion
    extra = 1


@admin.register(Call)
class CallAdmin(PublishableAdmin):
    """Invitations to contribute."""

    form = CallForm
    list_display = ["title", "dialogue", "opens_at", "closes_at", "audience", "published_at"]
    list_filter = [("published_at", PublishedFilter), ("dialogue__series", VisibleFilter)]
    list_select_related = ["dialogue"]
    search_fields = ["title", "dialogue__title"]
    autocomplete_fields = ["dialogue"]
    inlines = [GuidingQuestionInline]


class Used(admin.SimpleListFilter):
    """Whether somebody has taken an invitation up."""

    # Translators: whether an invitation has been used
    title = _("use")
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [("no", _("Not used")), ("yes", _("Used"))]

    def queryset(self, request, queryset):
        match self.value():
            case "no":
                return queryset.unused()
            case "yes":
                return queryset.exclude(contribution=None)
        return queryset


@admin.register(Invitation)
class InvitationAdmin(ForgettableMixin, VisibleChoicesMixin, admin.ModelAdmin):
    """Links for one organization each: to a call for invited ones, or in after the closing hour."""

    list_display = ["organization_name", "call", "late_until", "made_at", "is_used"]
    list_filter = [("call", VisibleFilter), Used]
    list_select_related = ["call__dialogue"]
    search_fields = ["organization_name", "email"]
    autocomplete_fields = ["call"]
    view_on_site = False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(call__in=Call.objects.visible_to(request.user))

    def get_fields(self, request, obj=None):
        fields = ["call", "organization_name", "email", "language", "late_until"]
        return [*fields, "link", "made_by", "made_at", "is_used"] if obj else fields

    def get_readonly_fields(self, request, obj=None):
        return ["call", "email", "language", "link", "made_by", "made_at", "is_used"] if obj else []

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            workflow.invite(obj, by=request.user)

    @admin.display(description=_("link, to be passed on"))
    def link(self, invitation):
        path = invitation.get_absolute_url()
        return format_html('<a href="{}">{}{}</a>', path, settings.BASE_URL, path)

    @admin.display(description=_("used"), boolean=True)
    def is_used(self, invitation):
        return invitation.contribution_id is not None
