"""Hits as references: in the form of CSL-JSON, and as entries of RIS (both are read by reference managers)."""

import rispy
from django.conf import settings

from .tasks import registered

RIS_TYPES = {"report": "RPRT", "speech": "SPCH", "event": "CONF", "document": "GEN"}


class Entries(rispy.RisWriter):
    """Entries without the counting line that the library puts before each, which RIS does not know."""

    def set_header(self, count):
        return None


def csl(hit):
    """A reference as CSL-JSON has it; what is not known is left out."""
    facts = registered()[type(hit.record)].citation(hit.record)
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
        "publisher": settings.SITE_NAME,
        "URL": settings.BASE_URL + hit.url,
    }
    return {name: value for name, value in reference.items() if value}


def ris(hit):
    """The same as an entry for rispy."""
    reference = csl(hit)
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
