"""The filters of the public list of contributions, and how many contributions each value gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialogues.models import Dialogue, Topic
from dialogues.noted_years import in_year, year_of
from publishing.models.page_state import State, page_state
from search.facets import FACET_LABELS, Choice, Facet, value_labels

from .models import Contribution
from .models.byline import shows_organization
from .querysets import ContributionQuerySet
from .regions import COUNTRIES, Region, region_of

# {filter: path from a contribution to its value}, in the order of the page. The names are those of the search, so that
# a reader can continue there with the same filters. A region is a set of countries, a year one of dialogues.
PATHS = {
    "year": "call__dialogue",
    "dialogue": "call__dialogue__slug",
    "topic": "topics__slug",
    "organization_type": "organization__type",
    "region": "organization__country",
    "country": "organization__country",
    "language": "shown__language",
}
ONLY_HERE = {"region"}  # filters that the search does not have
OF_ORGANIZATIONS = {"organization_type", "region", "country"}
NEWEST, OLDEST = "newest", "oldest"
MAX_KEPT = 256  # results of `_counts`
ORDERS = {NEWEST: "-published_at", OLDEST: "published_at"}


def filtered(chosen: Mapping[str, str]) -> ContributionQuerySet:
    """Return the public contributions that have each of the chosen values."""
    found = Contribution.objects.published()
    for name, value in chosen.items():
        wanted: dict[str, Any] = {PATHS[name]: value}
        if name == "region":
            wanted = {f"{PATHS[name]}__in": COUNTRIES[Region(value)].split()}
        elif name == "year":
            wanted = {f"{PATHS[name]}__in": Dialogue.objects.filter(in_year(int(value)))}
        found = found.filter(_condition(name), **wanted)
    return found


def facets(chosen: Mapping[str, str]) -> list[Facet]:
    """Return the filters that offer a choice. Each value counts what it gives together with the other filters."""
    state = page_state()
    made = [_facet(name, chosen, state) for name in PATHS]
    return [facet for facet in made if len(facet.choices) > 1 or facet.chosen]


def _condition(name: str) -> Q:
    """Return what a contribution needs so that a filter may tell its value."""
    if name == "topic":
        return Q(topics__in=Topic.objects.published())
    # A sender who withholds their name is found neither by type nor by country: that could reveal who they are.
    return shows_organization("shown") if name in OF_ORGANIZATIONS else Q()


def numbers_of(name: str) -> dict[str, int]:
    """Return {value: number of public contributions} for the values of one filter that some contribution has."""
    return _counts(page_state(), name, ())


def count_by_year(contributions: ContributionQuerySet) -> Counter[int | None]:
    """Return how many there are of each year of the dialogue, and under None those whose year is not known."""
    dates = contributions.order_by().values_list("call__dialogue__starts_on", "call__dialogue__date_note")
    counted: Counter[int | None] = Counter()
    for day, note, number in dates.annotate(Count("pk", distinct=True)):
        counted[year_of(day, note)] += number
    return counted


@lru_cache(MAX_KEPT)
def _counts(state: State, name: str, others: tuple[tuple[str, str], ...]) -> dict[str, int]:
    """Return {value: contributions} for one filter among those that have the values of the others.

    They are kept while nothing that is public changes: counting takes most of the time that the page takes.
    """
    found = filtered(dict(others)).filter(_condition(name)).order_by()
    if name == "year":
        return {str(year): number for year, number in count_by_year(found).items() if year}
    rows = found.values_list(PATHS[name]).annotate(Count("pk", distinct=True))
    if name != "region":
        return {str(value): number for value, number in rows if value not in (None, "")}
    regions: Counter[str] = Counter()
    for country, number in rows:
        if region := region_of(country or ""):
            regions[region.value] += number
    return dict(regions)


def _facet(name: str, chosen: Mapping[str, str], state: State) -> Facet:
    others = tuple(sorted((other, value) for other, value in chosen.items() if other != name))
    counts = _counts(state, name, others)
    own = str(chosen.get(name, ""))
    # A value that no record has is shown as it was typed, so that the reader can remove it.
    typed = {own: own} if own else {}
    labels = typed | _labels(name, [*counts, *typed], state)
    counts = dict.fromkeys(typed, 0) | counts
    choices = [
        Choice(value, labels[value], number, value == own) for value, number in counts.items() if value in labels
    ]
    if name == "year":
        choices.sort(key=lambda choice: choice.value, reverse=True)
    else:
        choices.sort(key=lambda choice: (-choice.count, str(choice.label)))
    return Facet(name, _("Region") if name == "region" else FACET_LABELS[name], choices)


def _labels(name: str, values: list[str], state: State) -> dict[str, str | Promise]:
    """Return the labels of the values of a filter."""
    if name == "region":
        return {value: Region(value).label for value in values}
    return value_labels(name, values, state)
