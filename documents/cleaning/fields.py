"""Fields of Word: codes that print something, with what they printed last."""

import re
from collections import Counter
from dataclasses import dataclass, field

from documents.cleaning.names import Names
from documents.cleaning.trees import is_open_link, remove
from documents.cleaning.words import FIELDS, PEOPLE, PLAIN_CODES, PROPERTIES, TELLING, W


@dataclass
class Field:
    """One field: its words, and the elements that make its marks, its code and what it shows."""

    code: list = field(default_factory=list)
    marks: list = field(default_factory=list)
    shown: list = field(default_factory=list)
    in_code: bool = True
    text: str = ""


def clean_fields(root, found: Counter, names: Names) -> None:
    """Take out fields that tell names of people or files, and the codes of those that are not known to be harmless."""
    for simple in list(root.iter(W + "fldSimple")):
        _decide_simple(simple, found)
    for one in _fields(root):
        _decide(one, found, names)


def _fields(root) -> list[Field]:
    fields, open_ones = [], []
    for element in root.iter(W + "r"):
        for child in element:
            if child.tag == W + "fldChar":
                _turn(child, fields, open_ones)
            elif child.tag != W + "rPr":
                for one in open_ones:
                    (one.code if one.in_code else one.shown).append(child)
                if open_ones and child.tag == W + "instrText" and open_ones[-1].in_code:
                    open_ones[-1].text += child.text or ""
    return fields


def _turn(mark, fields: list[Field], open_ones: list[Field]) -> None:
    """Open a field, go from its code to what it shows, or close it; one inside belongs to the outer, too."""
    kind = mark.get(W + "fldCharType")
    for one in open_ones if kind == "begin" else open_ones[:-1]:
        (one.code if one.in_code else one.shown).append(mark)
    if kind == "begin":
        open_ones.append(Field())
        fields.append(open_ones[-1])
    if open_ones:
        open_ones[-1].marks.append(mark)
        open_ones[-1].in_code = open_ones[-1].in_code and kind != "separate"
        if kind == "end":
            open_ones.pop()


def verdict(text: str) -> str:
    """Return "keep", "unlink" (what it shows stays) or "drop", for the code of a field."""
    words = text.split()
    name = words[0].upper() if words else ""
    if name in TELLING or (name in PROPERTIES and any(one in text.lower().replace(" ", "") for one in PEOPLE)):
        return "drop"
    if name == "HYPERLINK":
        target = text.split('"')[1] if text.count('"') > 1 else ""
        return "keep" if "\\l" in words[1:2] or is_open_link(target) else "unlink"
    if name in PLAIN_CODES and not re.fullmatch(PLAIN_CODES[name], text, re.IGNORECASE):
        return "unlink"
    return "keep" if name in FIELDS else "unlink"


def _decide(one: Field, found: Counter, names: Names) -> None:
    end = verdict(one.text)
    if end == "keep" and one.marks[-1].get(W + "fldCharType") == "end" and _renamed(one, names.in_code(one.text)):
        return
    _count(one.text, found)
    for element in one.marks + one.code + (one.shown if end == "drop" else []):
        remove(element)


def _renamed(one: Field, code: str) -> bool:
    """Put another code into a field; tell whether that could be done."""
    parts = [element for element in one.code if element.tag == W + "instrText"]
    if code == one.text:
        return True
    if "".join(part.text or "" for part in parts) != one.text:  # another field is in its code
        return False
    for place, part in enumerate(parts):
        part.text = "" if place else code
    return True


def _decide_simple(simple, found: Counter) -> None:
    text = simple.get(W + "instr") or ""
    end = verdict(text)
    if end == "keep":
        return
    _count(text, found)
    if end == "unlink":
        parent, place = simple.getparent(), simple.getparent().index(simple)
        for offset, child in enumerate(list(simple)):
            parent.insert(place + offset, child)
    remove(simple)


def _count(text: str, found: Counter) -> None:
    found["links" if text.split()[:1] in (["HYPERLINK"], ["LINK"], ["INCLUDEPICTURE"]) else "fields"] += 1
