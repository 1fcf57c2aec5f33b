"""Fields of Word: codes that print something, with what they printed last."""

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from documents.cleaning.codes import rewritten
from documents.cleaning.names import WordNames
from documents.cleaning.trees import remove
from documents.cleaning.words import PEOPLE, PROPERTIES, TELLING, W

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass
class Field:
    """One field: its words, and the elements that make its marks, its code and what it shows."""

    code: list = field(default_factory=list)
    marks: list = field(default_factory=list)
    shown: list = field(default_factory=list)
    in_code: bool = True
    text: str = ""


def clean_fields(root, found: Counter, names: WordNames) -> None:
    """Take out fields that tell names of people or files, and from the codes of others what we do not know."""
    for simple in list(root.iter(W + "fldSimple")):
        _spread(simple)
    kept = {code for one in _fields(root) for code in [_decide(one, found, names)] if code is not None}
    for code in list(root.iter(W + "instrText")):
        if code not in kept:
            remove(code)


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


def _tells(text: str) -> bool:
    """Tell whether what a field with this code shows is the name of a person or a file."""
    words = text.split()
    name = words[0].upper() if words else ""
    return name in TELLING or (name in PROPERTIES and any(one in text.lower().replace(" ", "") for one in PEOPLE))


def _decide(one: Field, found: Counter, names: WordNames):
    """Keep a field or take it out; return the element with its code if it stays."""
    code = [element for element in one.code if element.tag == W + "instrText"]
    # What is computed from other fields, we do not know.
    is_whole = one.marks[-1].get(W + "fldCharType") == "end" and len(code) == len(one.code)
    text = rewritten(one.text, names) if code and is_whole else None
    if text is not None:
        code[0].text = text
        code[0].set(SPACE, "preserve")
        return code[0]
    _count(one.text, found)
    for element in one.marks + one.code + (one.shown if _tells(one.text) else []):
        remove(element)
    return None


def _spread(simple) -> None:
    """Write a field in runs, as Word writes most: not every reader finds the text in the short form."""
    text, parent = simple.get(W + "instr") or "", simple.getparent()
    place = parent.index(simple)
    children = [child for child in simple if child.tag != W + "fldData"]
    for offset, child in enumerate([_mark("begin"), _code(text), _mark("separate"), *children, _mark("end")]):
        parent.insert(place + offset, child)
    remove(simple)


def _mark(kind: str):
    run = etree.Element(W + "r")
    etree.SubElement(run, W + "fldChar").set(W + "fldCharType", kind)
    return run


def _code(text: str):
    run = etree.Element(W + "r")
    etree.SubElement(run, W + "instrText").text = text
    return run


def _count(text: str, found: Counter) -> None:
    found["links" if text.split()[:1] in (["HYPERLINK"], ["LINK"], ["INCLUDEPICTURE"]) else "fields"] += 1
