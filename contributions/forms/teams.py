"""The forms of teams and of joint signers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Membership, Team, TeamInvitation


class TeamForm(forms.ModelForm):
    """A new team."""

    class Meta:
        model = Team
        fields = ["name"]
        labels = {"name": _("Name of your organization")}
        error_messages = {"name": {"required": _("Enter the organization’s name.")}}


class InviteForm(forms.ModelForm):
    """Somebody to invite to a team."""

    class Meta:
        model = TeamInvitation
        fields = ["address"]
        labels = {"address": _("Their email address")}
        error_messages = {"address": {"required": _("Enter an email address.")}}


class TeamMoveForm(forms.Form):
    """What a button on the page of teams is about."""

    team = forms.ModelChoiceField(Team.objects.all(), required=False)
    membership = forms.ModelChoiceField(Membership.objects.select_related("team", "user"), required=False)
    invitation = forms.ModelChoiceField(TeamInvitation.objects.select_related("team"), required=False)


class AskSignerForm(forms.Form):
    """Who is asked to confirm that an organization signs."""

    name = forms.CharField(max_length=300, widget=forms.HiddenInput)
    address = forms.EmailField(
        label=_("Email address of the person who signs for it"),
        max_length=254,
        error_messages={"required": _("Enter an email address.")},
    )
