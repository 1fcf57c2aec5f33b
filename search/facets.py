"""The facets by which a search can be filtered, and the choices that they offer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language

from publishing.models import PublicChange
from publishing.models.page_state import State

from .fields import FACETS
from .indexes import registered_indexes

FACET_LABELS = {name: field.label for name, field in FACETS.items()}
MAX_KEPT = len(FACET_LABELS) * len(settings.LANGUAGES)  # dictionaries of labels: those of one state
VISIBLE_CHOICES = 6  # the others are collapsed


@dataclass
class Choice:
    """One value of a facet, and the number of results that choosing it would give."""

    value: str
    label: Any  # a text, which may be lazy or know its language
    count: int
    is_chosen: bool


@dataclass
class Facet:
    """A facet with its choices: years from the latest, all others from the most frequent."""

    name: str
    label: str | Promise
    choices: list[Choice]

    @property
    def chosen(self) -> Choice | None:
        """The chosen value, or None."""
        return next((choice for choice in self.choices if choice.is_chosen), None)

    @property
    def first(self) -> list[Choice]:
        """The choices that are always shown."""
        return self.choices[:VISIBLE_CHOICES]

    @property
    def rest(self) -> list[Choice]:
        """The choices that are collapsed at first."""
        return self.choices[VISIBLE_CHOICES:]


def build_facets(counts: Mapping[str, Mapping[str, int]], filters: Mapping[str, str]) -> list[Facet]:
    """Return the facets of a search from {facet: {value: records}}, without those that offer no choice."""
    state = PublicChange.objects.state()
    facets = [_build_facet(name, counts.get(name, {}), filters.get(name), state) for name in FACET_LABELS]
    return [facet for facet in facets if len(facet.choices) > 1 or facet.chosen]


def _build_facet(name: str, counts: Mapping[str, int], chosen: str | None, state: State) -> Facet:
    counts = {chosen: 0, **counts} if chosen else counts
    # A value that no record has is shown as it was typed, so that the reader can remove it.
    labels = ({chosen: chosen} if chosen else {}) | value_labels(name, list(counts), state)
    known = [(value, count) for value, count in counts.items() if value in labels]
    choices = [Choice(value, labels[value], count, value == chosen) for value, count in known]
    if name == "year":
        choices.sort(key=lambda choice: choice.value, reverse=True)
    else:
        choices.sort(key=lambda choice: (choice.count, choice.is_chosen), reverse=True)
    return Facet(name, FACET_LABELS[name], choices)


def has_label(name: str, value: str) -> bool:
    """Return whether a value of a facet has a public label. Without one, no record of it may be shown."""
    return value in value_labels(name, [value])


def value_labels(name: str, values: Iterable[str], state: State | None = None) -> dict[str, str | Promise]:
    """Return {value: label} for the values of a facet that have a public label.

    Labels are kept while nothing that is public changes; `state` is that of public pages, if the caller has read it.
    """
    known = _known_labels(state or PublicChange.objects.state(), get_language(), name)
    wanted = list(values)
    if missing := [value for value in wanted if value not in known]:
        known |= _read_labels(name, missing)
    return {value: known[value] for value in wanted if value in known}


@lru_cache(MAX_KEPT)
def _known_labels(state: State, language: str | None, name: str) -> dict[str, str | Promise]:
    """Return the labels of a facet that were read in a state, as a dictionary to add others to."""
    return {}


def _read_labels(name: str, values: Iterable[str]) -> dict[str, str | Promise]:
    indexes = registered_indexes().values()
    if name == "kind":
        return {index.kind_name: index.kind_label_plural for index in indexes if index.kind_name in values}
    labels: dict[str, str | Promise] = {}
    for index in {type(index).facet_labels: index for index in indexes}.values():  # most share one
        if missing := [value for value in values if value not in labels]:
            labels |= index.facet_labels(name, missing)
    return labels
