"""Read the JSON-LD of a page with extruct and validate it against the schema.org vocabulary."""

import re
from datetime import date, datetime

import extruct
from schema_org import EventAttendanceModeEnumeration, registry

# Keys outside the vocabulary: one belongs to JSON-LD, and search engines require the other for a SearchAction.
OTHERS = {"@context", "query-input"}
DATES = re.compile(r"^date|Date$")


def things(html):
    """Return the things that a page describes, by type. Each type must occur only once."""
    (document,) = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


def faults(thing):
    """Return the first validation error (an unknown name, a value of the wrong type) of a thing, or an empty string."""
    try:
        made(thing)
    except (ValueError, KeyError, LookupError) as error:  # the library raises ValueError
        return str(error)
    return ""


def made(value, name=""):
    """Return a value as the library's model. Inner things are built first, so that they can have a narrower type."""
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
