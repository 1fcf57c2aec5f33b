"""The parameters of a search, as its address holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .facets import FACET_LABELS
from .grammar import MAX_QUERY_LENGTH

SORT_LABELS = {"relevance": _("Best match"), "date": _("Newest first")}
MAX_FILTER_LENGTH = 150  # characters; no value of a facet is longer
MAX_PAGE = 100  # a reader who wants more should filter


@dataclass(frozen=True)
class SearchParams:
    """What one search asks for: the reader's text, filters by facet, the order and the page."""

    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)  # {facet: value}
    sort: str = "relevance"  # a key of SORT_LABELS
    page: int = 1

    @classmethod
    def from_querydict(cls, data: QueryDict) -> Self:
        """Read the parameters of an address. What is invalid is ignored, and what is too long is cut."""
        filters = {name: value[:MAX_FILTER_LENGTH] for name in FACET_LABELS if (value := data.get(name))}
        sort, page = data.get("sort", ""), data.get("page", "")
        return cls(
            text=data.get("q", "").replace("\x00", " ").strip()[:MAX_QUERY_LENGTH],
            filters={name: value for name, value in filters.items() if "\x00" not in value},
            sort=sort if sort in SORT_LABELS else "relevance",
            page=min(max(int(page), 1), MAX_PAGE) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
        )

    @property
    def query_string(self) -> str:
        """The text and the filters as a query string; the same search always has the same one."""
        return urlencode({"q": self.text, **dict(sorted(self.filters.items()))})
