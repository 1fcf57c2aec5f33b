"""The forms of the review: what is written with a decision, and what staff set beside the content."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contributions import workflow
from contributions.models import Contribution
from contributions.models.extension import MAX_REASON
from dialogues.models import Organization
from publishing.forms import NamesMissingFields
from text.localized import lazy_zone_city

from .forms import EditForm
from .forms.base import desk_field
from .forms.names import NameField

LONGEST_NOTE = 10_000  # characters


def reviewers() -> Any:
    """Return the staff to whom contributions can be assigned."""
    return ModelBackend().with_perm("contributions.publish_contribution").filter(is_staff=True)


class MomentField(forms.DateTimeField):
    """A time of publication, in the portal's time zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class DecisionForm(NamesMissingFields, forms.Form):
    """What is written with a decision: a message to the sender, a time of publication, a note for other staff.

    Its fields belong to the form on the page with the id `decide`. To a contribution without a filer, which staff
    brought in, the message is a reason for the log.
    """

    note = forms.CharField(
        label=_("Message to the sender"), required=False, max_length=LONGEST_NOTE,
        help_text=_("Needed to request changes or to decline. Goes out by email and stays in the log: name no one."),
        widget=forms.Textarea(attrs={"rows": 3, "form": "decide"}),
    )  # fmt: skip
    moment = MomentField(
        label=format_lazy(_("Publish at ({city} time)"), city=lazy_zone_city()), required=False,
        help_text=_("For “Accept”. Empty: it waits until somebody publishes it."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "form": "decide"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    staff_note = forms.CharField(
        label=_("Add a note for other staff"), required=False, max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "form": "decide"}),
    )  # fmt: skip

    def __init__(self, *args: Any, has_filer: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_filer:
            note = self.fields["note"]
            note.label = _("Reason")
            note.help_text = _("Needed to decline. It is not sent to anyone; it stays in the log: name no one.")


class ExtensionAnswerForm(NamesMissingFields, forms.Form):
    """The answer to somebody who asks for more time."""

    until = MomentField(
        label=format_lazy(_("They may send until ({city} time)"), city=lazy_zone_city()), required=False
    )
    answer = forms.CharField(
        label=_("Message to the sender"),
        required=False,
        max_length=MAX_REASON,
        help_text=_("Goes out by email. Needed to decline."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CaseForm(EditForm):
    """The organization on record, the topics, and the reviewer of a contribution."""

    class Meta:
        model = Contribution
        fields = ["organization", "topics", "assigned_to"]
        formfield_callback = desk_field

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        self.fields["organization"] = NameField(
            Organization,
            adds=user.has_perm("dialogues.add_organization"),
            label=_("Organization on record"),
            required=False,
        )
        assigned_to: Any = self.fields["assigned_to"]
        assigned_to.queryset, assigned_to.label = reviewers(), _("Reviewer")
        assigned_to.empty_label = _("Nobody")

    @transaction.atomic
    def save(self, commit: bool = True) -> Contribution:
        """Save these fields and no other, so that a move made meanwhile stays. Topics that are hidden stay too."""
        contribution, chosen = self.instance, self.cleaned_data
        if "organization" in self.changed_data:
            organization = chosen["organization"]
            if organization and organization.pk is None:
                organization.save()
            contribution.organization = organization
            contribution.save(update_fields=["organization"])
        topics: Any = self.fields["topics"]
        contribution.topics.remove(*topics.queryset.exclude(pk__in=chosen["topics"]))
        contribution.topics.add(*chosen["topics"])
        workflow.assign(contribution, by=self.user, to=chosen["assigned_to"])
        return contribution
