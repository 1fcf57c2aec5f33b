"""Extract the JSON-LD of a page with extruct and check it against the schema.org vocabulary."""

import re
from datetime import date, datetime

import extruct
from schema_org import EventAttendanceModeEnumeration, registry

# Names outside the vocabulary: JSON-LD keywords and what search engines expect of a SearchAction.
OTHERS = {"@context", "query-input"}
DATES = re.compile(r"^date|Date$")


def things(html):
    """Return the items of a page by type; each type occurs once."""
    (document,) = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


def faults(thing):
    """Yield the errors in an item and everything inside it: unknown names and values of a wrong type."""
    try:
        made(thing)
    except (ValueError, KeyError, LookupError) as error:  # the library raises the first
        return str(error)
    return ""


def made(value, name=""):
    """Return a value as an object of the library, built from the inside out so that its type may be narrower."""
    if isinstance(value, list):
        return [made(one, name) for one in value]
    if isinstance(value, dict):
        known = {inner: made(one, inner) for inner, one in value.items() if inner not in OTHERS}
        return registry.get_model(value["@type"]).model_validate(known)
    if name == "eventAttendanceMode":
        return EventAttendanceModeEnumeration(value)
    if DATES.search(name):
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return value
