"""The queue of contributions to review: its filters, its order, and what comes before and after a contribution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contributions.models import Call, Contribution, Look
from contributions.querysets import ContributionQuerySet
from dialogues.models import Dialogue

from .record_search import has_words

State = Contribution.State

EVERY = "all"
SEARCHED_FIELDS = ("reference", "newest__title", "newest__organization_name")
OLDEST_FIRST = (State.SUBMITTED, State.ACCEPTED, State.RETURNED)
DEFAULTS = {"state": State.SUBMITTED.value, "who": "open"}
STATES = [(str(state.value), state.label) for state in State if state != State.DRAFT]
REVIEWERS = [
    # Translators: filter by reviewer; "these" are contributions
    ("open", _("Mine and unassigned")),
    ("mine", _("Mine")),
    ("nobody", _("Unassigned")),
    ("others", _("Others’")),
    (EVERY, _("Everyone’s")),
]


class QueueForm(forms.Form):
    """The filters of the queue."""

    state = forms.ChoiceField(label=pgettext_lazy("of a record", "Status"), choices=[*STATES, (EVERY, _("All"))])
    who = forms.ChoiceField(label=_("Reviewer"), choices=REVIEWERS)
    call = forms.ModelChoiceField(Call.objects.none(), label=_("Call"), required=False, empty_label=_("All"))
    dialogue = forms.ModelChoiceField(
        Dialogue.objects.none(), label=_("Dialogue"), required=False, empty_label=_("All")
    )
    imported = forms.ChoiceField(
        label=_("How it arrived"), choices=[("", _("All")), ("no", _("Sent here")), ("yes", _("Imported by staff"))],
        required=False,
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("All")), *settings.CONTENT_LANGUAGES], required=False
    )
    q = forms.CharField(
        label=_("Search"), required=False, max_length=200, strip=True,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip

    def __init__(self, query: Mapping[str, Any], user: Any) -> None:
        super().__init__({name: query.get(name) or DEFAULTS.get(name, "") for name in self.base_fields})
        calls: Any = self.fields["call"]
        calls.queryset = Call.objects.visible_to(user)
        dialogues: Any = self.fields["dialogue"]
        dialogues.queryset = Dialogue.objects.visible_to(user).filter(calls__in=calls.queryset).distinct()

    def values(self) -> dict[str, Any]:
        """Return the filters, with the default of each that is not valid."""
        self.full_clean()
        return {name: self.cleaned_data.get(name) or DEFAULTS.get(name, "") for name in self.fields}


def reviewable(user: Any) -> ContributionQuerySet:
    """Return the contributions that `user` may review: everything that was submitted, for those who may see it."""
    return Contribution.objects.submitted_for(user)


class Queue:
    """The contributions that a query filters for `user`, in the order in which they are reviewed."""

    def __init__(self, query: Mapping[str, Any], user: Any) -> None:
        self.form, self.user = QueueForm(query, user), user
        self.values = self.form.values()

    @property
    def query(self) -> str:
        """The query that leads to this queue, with its question mark; empty for the usual queue."""
        found = {
            name: getattr(value, "pk", value) for name, value in self.values.items() if value != DEFAULTS.get(name, "")
        }
        return f"?{urlencode(found)}" if found else ""

    @property
    def records(self) -> ContributionQuerySet:
        """The contributions of the queue, in its order."""
        values = self.values
        records = reviewable(self.user).filter(
            self._reviewer(values["who"]), has_words(SEARCHED_FIELDS, values["q"].split())
        )
        if values["state"] != EVERY:
            records = records.filter(state=values["state"])
        if values["call"]:
            records = records.filter(call=values["call"])
        if values["dialogue"]:
            # Only calls that the user may see: the filter would reveal to which dialogue the others belong.
            records = records.filter(call__in=Call.objects.visible_to(self.user), call__dialogue=values["dialogue"])
        if values["language"]:
            records = records.filter(newest__language=values["language"])
        if values["imported"]:
            records = records.filter(is_imported=values["imported"] == "yes")
        order = "newest__sent_at" if values["state"] in OLDEST_FIRST else "-newest__sent_at"
        return records.order_by(order, "pk")

    def for_list(self) -> ContributionQuerySet:
        """Return the contributions with what a row of the list shows."""
        looks = Look.objects.filter(revision=OuterRef("newest"), by=self.user)
        records = self.records.with_visibility_for(self.user).annotate(was_opened=Exists(looks))
        return records.select_related("newest", "shown", "call__dialogue", "assigned_to").prefetch_related(
            "newest__checks__by"
        )

    def neighbours(self, contribution: Contribution) -> Neighbours:
        """Return the references before and after a contribution."""
        return Neighbours(list(self.records.values_list("reference", flat=True)), contribution.reference)

    def _reviewer(self, who: str) -> Q:
        mine, nobodys = Q(assigned_to=self.user.pk), Q(assigned_to=None)
        return {
            "open": mine | nobodys, "mine": mine, "nobody": nobodys, "others": ~mine & ~nobodys, EVERY: Q()
        }[who]  # fmt: skip


class Neighbours:
    """The place of a contribution in a queue. For one that is not in it, the first one comes next."""

    def __init__(self, references: list[str], reference: str) -> None:
        self.total = len(references)
        self.is_in_queue = reference in references
        place = references.index(reference) if self.is_in_queue else -1
        self.number = place + 1
        self.previous = references[place - 1] if place > 0 else ""
        self.next = references[place + 1] if place + 1 < self.total else ""
        # After a decision on the last one, the first that was left out comes next.
        self.following = self.next or next((one for one in references if one != reference), "")
