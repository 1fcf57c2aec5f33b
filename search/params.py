"""The parameters of a search, as they are in the address of a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import grammar
from .facets import FACET_LABELS, value_labels

SORT_LABELS = {
    "relevance": _("Best match"),
    "date": _("Newest first"),
    "title": _("Title"),
    "organization": _("Organization"),
}
MAX_FILTER_LENGTH = 150  # characters; no value of a facet is longer
MAX_PAGE = 100  # a reader who wants more should filter
PER_PAGE = 10


@dataclass(frozen=True)
class SearchParams:
    """The parameters of one search: the reader's text, filters by facet, the order and the page.

    A search without a text finds all records that have what the filters ask for.
    """

    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)  # {facet: value}
    sort: str = "relevance"  # a key of SORT_LABELS
    page: int = 1
    is_literal: bool = False  # search for the words as they are spelled, and for no other terms

    @classmethod
    def from_querydict(cls, data: QueryDict) -> Self:
        """Read the parameters of an address. Invalid values are ignored, and long ones are cut."""
        filters = {name: value[:MAX_FILTER_LENGTH] for name in FACET_LABELS if (value := data.get(name))}
        sort, page = data.get("sort", ""), data.get("page", "")
        return cls(
            text=data.get("q", "").replace("\x00", " ").strip()[: grammar.MAX_QUERY_LENGTH],
            filters={name: value for name, value in filters.items() if "\x00" not in value},
            sort=sort if sort in SORT_LABELS else "relevance",
            page=min(max(int(page), 1), MAX_PAGE) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
            is_literal=bool(data.get("literal")),
        )

    @property
    def query_string(self) -> str:
        """What is searched for as a query string; the same search always has the same one."""
        text = {"q": self.text} if self.text else {}
        return urlencode(
            {**text, **dict(sorted(self.filters.items())), **({"literal": "1"} if self.is_literal else {})}
        )

    @property
    def list_query_string(self) -> str:
        """The same with the order, for addresses that return the whole list."""
        sort = urlencode({"sort": self.sort}) if self.sort != "relevance" else ""
        return "&".join(filter(None, [self.query_string, sort]))

    @property
    def order(self) -> str:
        """The order of the results. Without a text, no record is a better match than another."""
        return self.sort if self.text or self.sort != "relevance" else "date"

    @property
    def orders(self) -> dict[str, str | Promise]:
        """The orders that the reader may choose, with their names."""
        return {name: label for name, label in SORT_LABELS.items() if self.text or name != "relevance"}

    def __str__(self) -> str:
        """Return the search in words: its text, then what its filters ask for."""
        labels = {name: value_labels(name, [value]) for name, value in self.filters.items()}
        chosen = [str(labels[name].get(value, value)) for name, value in self.filters.items()]
        return " · ".join(filter(None, [self.text, *chosen]))
