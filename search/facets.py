"""The ways to narrow a search, with what each would show."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .tasks import registered

LABELS = {
    "kind": _("Kind"),
    "series": _("Series"),
    "dialogue": _("Dialogue"),
    "year": _("Year"),
    "topic": _("Topic"),
    "language": _("Language"),
    "organization_type": _("Type of organization"),
    "country": _("Country"),
}
AT_FIRST = 6  # choices of a facet that are shown before the reader asks for all


@dataclass
class Choice:
    """One value of a facet, and how many hits choosing it shows."""

    value: str
    label: str | Promise
    number: int
    is_chosen: bool


@dataclass
class Facet:
    """One way to narrow, its choices by number or, for years, the latest first."""

    name: str
    label: str | Promise
    choices: list[Choice]

    @property
    def chosen(self):
        return next((choice for choice in self.choices if choice.is_chosen), None)

    @property
    def first(self):
        return self.choices[:AT_FIRST]

    @property
    def rest(self):
        return self.choices[AT_FIRST:]


def facets_of(numbers, narrowed):
    """The facets of a search from {facet: {value: number}}; a facet that leaves nothing to choose is left out."""
    facets = [facet(name, numbers.get(name, {}), narrowed.get(name)) for name in LABELS]
    return [one for one in facets if len(one.choices) > 1 or one.chosen]


def facet(name, numbers, chosen):
    numbers = {chosen: 0, **numbers} if chosen else numbers
    # A value that nobody knows has no name of its own, and can be removed by what was typed.
    labels = ({chosen: chosen} if chosen else {}) | labels_of(name, list(numbers))
    choices = [
        Choice(value, labels[value], number, value == chosen) for value, number in numbers.items() if value in labels
    ]
    order = (lambda one: one.value) if name == "year" else (lambda one: (one.number, one.is_chosen))
    return Facet(name, LABELS[name], sorted(choices, key=order, reverse=True))


def labels_of(name, values):
    """What a reader calls these values: {value: label}, without those that nothing public is called by."""
    if name == "kind":
        return {
            index.kind_name: index.kind_label_plural for index in registered().values() if index.kind_name in values
        }
    labels = {}
    for index in registered().values():
        if missing := [value for value in values if value not in labels]:
            labels |= index.facet_labels(name, missing)
    return labels
