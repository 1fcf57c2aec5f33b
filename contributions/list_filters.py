"""The filters of the public list of contributions, and how many contributions each value gives."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.db.models import Count, Q

from dialogues.models import Topic
from publishing.models.page_state import State, page_state
from search.facets import FACET_LABELS, Choice, Facet, value_labels

from .models import Contribution
from .models.byline import shows_organization
from .querysets import ContributionQuerySet

# {filter: path from a contribution to its value}, in the order of the page. The names are those of the search, so that
# a reader can go on there with the same filters.
PATHS = {
    "year": "call__dialogue__starts_on__year",
    "dialogue": "call__dialogue__slug",
    "topic": "topics__slug",
    "organization_type": "organization__type",
    "country": "organization__country",
    "language": "shown__language",
}
NEWEST, OLDEST = "newest", "oldest"
MAX_KEPT = 256  # results of `_counts`
ORDERS = {NEWEST: "-published_at", OLDEST: "published_at"}


def filtered(chosen: Mapping[str, str]) -> ContributionQuerySet:
    """Return the public contributions that have each of the chosen values."""
    found = Contribution.objects.published()
    for name, value in chosen.items():
        found = found.filter(_condition(name), **{PATHS[name]: value})
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
    return shows_organization("shown") if name in ("organization_type", "country") else Q()


@lru_cache(MAX_KEPT)
def _counts(state: State, name: str, others: tuple[tuple[str, str], ...]) -> dict[str, int]:
    """Return {value: contributions} for one filter among those that have the values of the others.

    They are kept while nothing that is public changes: counting takes most of the time that the page takes.
    """
    found = filtered(dict(others)).filter(_condition(name)).order_by().values_list(PATHS[name])
    rows = found.annotate(Count("pk", distinct=True))
    return {str(value): number for value, number in rows if value not in (None, "")}


def _facet(name: str, chosen: Mapping[str, str], state: State) -> Facet:
    others = tuple(sorted((other, value) for other, value in chosen.items() if other != name))
    counts = _counts(state, name, others)
    own = str(chosen.get(name, ""))
    # A value that no record has is shown as it was typed, so that the reader can remove it.
    typed = {own: own} if own else {}
    labels = typed | value_labels(name, [*counts, *typed], state)
    counts = dict.fromkeys(typed, 0) | counts
    choices = [
        Choice(value, labels[value], number, value == own) for value, number in counts.items() if value in labels
    ]
    if name == "year":
        choices.sort(key=lambda choice: choice.value, reverse=True)
    else:
        choices.sort(key=lambda choice: (-choice.count, str(choice.label)))
    return Facet(name, FACET_LABELS[name], choices)
