"""What narrows the review queue, and what is done to many at once."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext_lazy as _


class Assigned(admin.SimpleListFilter):
    """Mine, nobody's, or somebody's."""

    title = _("assignment")
    parameter_name = "assigned"

    def lookups(self, request, model_admin):
        return [("nobody", _("Unassigned")), ("me", _("Mine")), ("others", _("Others’"))]

    def queryset(self, request, queryset):
        match self.value():
            case "nobody":
                return queryset.filter(assigned_to=None)
            case "me":
                return queryset.filter(assigned_to=request.user)
            case "others":
                return queryset.exclude(assigned_to=None).exclude(assigned_to=request.user)
        return queryset


class MomentField(forms.DateTimeField):
    """A moment to come, in Vienna time."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"})


class QueueActionForm(ActionForm):
    """Beside the choice of an action: when, for those that publish later."""

    # As it was typed: were it refused here, Django would say that no action was chosen.
    moment = forms.CharField(label=_("at (Vienna time)"), required=False, widget=MomentField.widget)
