"""The forms with which staff invite many organizations to a call at once, and give invited organizations more time."""

import hashlib
import json
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contributions.models import Call, Invitation
from contributions.workflow import Invitee, already_invited
from publishing.forms import NamesMissingFields
from text.localized import lazy_zone_city

from ..pasted_addresses import read_invitees

IN_PREVIEWS = "XXXXXXXX"  # for the part of the link that nobody may guess


class InvitationsForm(NamesMissingFields, forms.Form):
    """Pasted addresses and names. `checked` is the digest of what staff saw, without which nothing is sent."""

    people = forms.CharField(
        label=_("Addresses"),
        help_text=_(
            "One on each line, with the name of the organization if you have it: Open Door <info@opendoor.example>. You"
            " can paste from a spreadsheet. For a name without an address you get a link to pass on."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)
    late_until = forms.DateTimeField(
        label=_("Late until"),
        required=False,
        help_text=format_lazy(
            _("{city} time. Only if they may send after the call has closed."), city=lazy_zone_city()
        ),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    checked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call

    def clean_people(self) -> list[Invitee]:
        invitees = read_invitees(self.cleaned_data["people"])
        if not invitees:  # punctuation only
            raise forms.ValidationError(self.fields["people"].error_messages["required"], code="required")
        return invitees

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors:
            self.example().clean()
        return cleaned

    def example(self) -> Invitation:
        """Return the first of the invitations, unsaved, with an address that leads nowhere."""
        first = (self.new or self.cleaned_data["people"])[0]
        return Invitation(
            call=self.call,
            organization_name=first.organization_name,
            email=first.address,
            secret=IN_PREVIEWS,
            **self.terms,
        )

    @property
    def terms(self) -> dict[str, Any]:
        """The language of the letters, and until when those who are invited may send."""
        return {name: self.cleaned_data[name] for name in ("language", "late_until")}

    @cached_property
    def known(self) -> list[Invitee]:
        """Those who have an invitation already."""
        keys = {invitee.key for invitee in already_invited(self.call)}
        return [invitee for invitee in self.cleaned_data["people"] if invitee.key in keys]

    @cached_property
    def new(self) -> list[Invitee]:
        """Those who will be invited."""
        return [invitee for invitee in self.cleaned_data["people"] if invitee not in self.known]

    @property
    def digest(self) -> str:
        """The digest of what would be sent now, and to whom."""
        people = [(invitee.organization_name, invitee.address) for invitee in self.new]
        return hashlib.sha256(json.dumps([people, self.terms], default=str).encode()).hexdigest()

    @property
    def was_seen(self) -> bool:
        """Whether staff saw exactly what would be sent now."""
        return bool(self.cleaned_data["checked"] == self.digest)


class MoreTimeForm(NamesMissingFields, forms.Form):
    """A later end for the invitations that are ticked."""

    until = forms.DateTimeField(
        label=format_lazy(_("They may send until ({city} time)"), city=lazy_zone_city()),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
