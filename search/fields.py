"""The fields of the index, the same for each engine."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import grammar


@dataclass(frozen=True)
class FacetField:
    """A field by which a search can be filtered: its name for readers, and that of its list in exports as JSON.

    A facet without a list has one value for each record, and the export gives it a member of its own.
    """

    label: str | Promise
    exported_as: str = ""


# In the order of the page and of the columns of exports. A key is also a query parameter, so it cannot be `q`, `sort`,
# `page` or `as`.
FACETS = {
    "kind": FacetField(_("Kind")),
    "series": FacetField(_("Series"), "series"),
    "year": FacetField(_("Year"), "years"),
    "topic": FacetField(_("Topic"), "topics"),
    "language": FacetField(_("Language"), "languages"),
    "organization_type": FacetField(_("Type of organization"), "organization_types"),
    "country": FacetField(_("Country"), "countries"),
    "dialogue": FacetField(_("Dialogue"), "dialogues"),
}

# Groups of fields that are searched, each {field: weight}. Each group has a score of its own.
FIELD_GROUPS = ({"text": 1.0, "file": 0.6}, {"title": 3.0}, {"speaker": 2.0, "organization": 1.0})
PROXIMITY_FIELDS = {"text": 1.0, "file": 0.6}  # in which it counts how close words are; {field: weight}
YEAR_FIELD, YEAR_WEIGHT = "year", 0.5  # of values: the year of a record
HEADING_FIELDS = ("title", "speaker", "organization", YEAR_FIELD)  # what a reader knows of a record at each passage
TEXT_FIELDS = ("title", "text", "file")  # compared by stems
NAME_FIELDS = ("speaker", "organization", "dialogue_title")  # compared by letters
FACET_FIELDS = tuple(FACETS)
YEAR = re.compile("(?:19|20)[0-9]{2}")


def groups_of(leaf: grammar.Leaf) -> list[dict[str, float]]:
    """Return the groups of fields in which a leaf is looked for. A word may be the year of a record."""
    if leaf.field:
        return [{"dialogue_title" if leaf.field == "dialogue" else leaf.field: 1.0}]
    is_year = isinstance(leaf, grammar.Word) and YEAR.fullmatch(leaf.text)
    return [*FIELD_GROUPS, {YEAR_FIELD: YEAR_WEIGHT}] if is_year else list(FIELD_GROUPS)
