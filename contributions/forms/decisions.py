"""The form with which a sender decides about what was found in a revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.forms import NamesMissingFields

from ..models import Decision
from ..screening.doubts import Doubt


@dataclass(frozen=True)
class Question:
    """One decision: the doubts that it settles, which are alike, and its field in the form."""

    doubts: Sequence[Doubt]
    field: Any

    @property
    def doubt(self) -> Doubt:
        """The first of the doubts."""
        return self.doubts[0]


class DecisionsForm(NamesMissingFields, forms.Form):
    """A decision about each doubt, or one about all the others.

    The page says which doubts it has shown (`shown`), because more may be found while somebody reads it.
    """

    rest = forms.BooleanField(label=_("Everything I have not decided here may stay as it is."), required=False)

    def __init__(self, *args: Any, doubts: Sequence[Doubt], decided: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.doubts: dict[str, list[Doubt]] = {}
        for doubt in doubts:
            self.doubts.setdefault(doubt.key, []).append(doubt)
        for number, (key, alike) in enumerate(self.doubts.items(), 1):
            self.fields[f"decision_{key}"] = forms.ChoiceField(
                choices=[(Decision.Choice.STAYS, alike[0].stays), (Decision.Choice.CHANGES, alike[0].changes)],
                widget=forms.RadioSelect,
                required=False,
                initial=decided.get(key),
                label=str(number),
            )

    @property
    def questions(self) -> list[Question]:
        """The decisions, in the order of the doubts."""
        return [Question(alike, self[f"decision_{key}"]) for key, alike in self.doubts.items()]

    @property
    def shown(self) -> set[str]:
        """The keys of the doubts that the page has shown."""
        data: Any = self.data
        return {key for key in data.getlist("shown") if key in self.doubts} if self.is_bound else set()

    def choices(self) -> dict[str, str]:
        """Return the decision on each key that was decided with a valid form; the rest may stay if that was ticked."""
        valid = self.cleaned_data
        chosen = {key: valid.get(f"decision_{key}") for key in self.doubts}
        made = {key: choice for key, choice in chosen.items() if choice}
        if valid.get("rest"):
            made |= dict.fromkeys(self.shown - made.keys(), Decision.Choice.STAYS.value)
        return made
