"""What an address asks of the search: the line, what narrows it, the order, the page."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from .facets import LABELS
from .grammar import LONGEST_QUERY

ORDERS = {"relevance": _("Best match"), "date": _("Newest first")}
LONGEST_VALUE = 150  # characters; no value of a facet is longer
LAST_PAGE = 100  # what is beyond is better found by narrowing


@dataclass(frozen=True)
class Asked:
    """One search. Anything unreadable in an address is left out rather than refused."""

    line: str = ""
    narrowed: dict = field(default_factory=dict)
    order: str = "relevance"
    page: int = 1

    @classmethod
    def of(cls, data):
        """From a QueryDict."""
        narrowed = {name: data[name][:LONGEST_VALUE] for name in LABELS if data.get(name)}
        order, page = data.get("sort"), data.get("page", "")
        return cls(
            line=data.get("q", "").replace("\x00", " ").strip()[:LONGEST_QUERY],
            narrowed={name: value for name, value in narrowed.items() if "\x00" not in value},
            order=order if order in ORDERS else "relevance",
            page=min(max(int(page), 1), LAST_PAGE) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
        )

    @property
    def address(self):
        """Line and narrowing as an address has them, always in the same order."""
        return urlencode({"q": self.line, **dict(sorted(self.narrowed.items()))})
