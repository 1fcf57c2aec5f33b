"""Search results as references for reference managers: CSL-JSON, and RIS as rispy writes it."""

from typing import Any

import rispy
from django.conf import settings

from text.site_name import site_name

from .indexes import registered_indexes
from .query import Hit

RIS_TYPES = {"report": "RPRT", "speech": "SPCH", "event": "CONF", "document": "GEN"}  # RIS type by CSL type


class RisWriter(rispy.RisWriter):
    """Writes RIS without the number that rispy puts before each reference and that RIS does not allow."""

    def set_header(self, count: int) -> None:
        return None


def one_line(text: object) -> str:
    """Return a text on one line. In RIS a line break in a title would begin a field, or another reference."""
    return " ".join(str(text).split())


def to_csl(hit: Hit) -> dict[str, Any]:
    """Return a hit as an item of CSL-JSON, without unknown fields."""
    told = registered_indexes()[type(hit.record)].citation(hit.record)
    facts: dict[str, Any] = {
        name: [one_line(each) for each in fact] if isinstance(fact, list) else one_line(fact)
        for name, fact in told.items()
    }
    year = facts.get("date", "")[:4]
    reference = {
        "id": hit.record.get_absolute_url(),
        "type": facts["type"],
        "title": facts["title"],
        "author": [{"literal": name} for name in facts.get("authors", [])],
        "container-title": facts.get("within", ""),
        "issued": {"date-parts": [[int(part) for part in facts["date"].split("-")]]} if year else None,
        "number": facts.get("number", ""),
        "language": facts.get("language", ""),
        "publisher": site_name().text,
        "URL": settings.BASE_URL + hit.record.get_absolute_url(),
    }
    return {name: value for name, value in reference.items() if value}


def to_ris(hit: Hit) -> dict[str, Any]:
    """Return a hit as a reference of rispy, without unknown fields."""
    reference = to_csl(hit)
    entry = {
        "type_of_reference": RIS_TYPES.get(reference["type"], "GEN"),
        "title": reference["title"],
        "authors": [author["literal"] for author in reference.get("author", [])],
        "secondary_title": reference.get("container-title"),
        "year": "/".join(str(part) for part in reference.get("issued", {"date-parts": [[]]})["date-parts"][0]),
        "number": reference.get("number"),
        "language": reference.get("language"),
        "publisher": reference["publisher"],
        "urls": [reference["URL"]],
    }
    return {name: value for name, value in entry.items() if value}
