"""JSON-LD as machines read it: taken out of a page by extruct, and held against the vocabulary of schema.org."""

import re
from datetime import date, datetime

import extruct
from schema_org import EventAttendanceModeEnumeration, registry

# Not of the vocabulary: JSON-LD's own, and what search engines want of a SearchAction.
OTHERS = {"@context", "query-input"}
DATES = re.compile(r"^date|Date$")


def things(html):
    """What a page says, by type; each type once."""
    (document,) = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


def faults(thing):
    """What the vocabulary says against a thing and all within it: unknown names, values of a wrong type."""
    try:
        made(thing)
    except (ValueError, KeyError, LookupError) as error:  # the library's are the first
        return str(error)
    return ""


def made(value, name=""):
    """A value as the library has it: things are built from the inside, so that one may be of a narrower type."""
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
