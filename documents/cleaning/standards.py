"""The standards of office formats: elements, their attributes and values. All else is removed from a clean copy.

A `known_names.txt` lists them for a format, as its published schemas do: prefixes of namespaces, types of values as
regular expressions, then for each namespace a line for each element: its name, and its attributes by type. An attribute
of the type `text` may have any value there. Here it stays only if it is technical (see `Standard.is_technical`) or if
the rules of the format let it pass, because readers see it or because it is a name that was given here.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from lxml import etree

from ..xml_trees import Element, remove_element
from .new_names import NewNames

XML = "http://www.w3.org/XML/1998/namespace"
SPACE, SPACES = f"{{{XML}}}space", ("preserve", "default")
LETTERS = re.compile(r"[^\W\d_]+")
CAPITALIZED = re.compile(r"[^\W\d_a-z]+(?![a-z])|[^\W\d_][a-z]*")  # the words of "horizontalAnchor"
MAX_UNKNOWN = 2  # Latin letters in a row that need not be a word of the standard, such as "cm" and "xe"
MAX_DIGITS = 15  # in a row
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b")
DIGITS = re.compile(rf"\d{{{MAX_DIGITS + 1}}}")

Passes = Callable[[Element, str, str], bool]


@dataclass(frozen=True)
class Standard:
    """The standard of one format. `words` are those of its technical values that no type lists."""

    path: Path
    words: frozenset[str] = frozenset()
    prefixes: dict[str, str] = field(default_factory=dict)  # by namespace
    types: dict[str, str] = field(default_factory=dict)
    elements: dict[str, dict[str, str]] = field(default_factory=dict)  # the types of attributes

    @classmethod
    def read(cls, path: Path, words: str) -> "Standard":
        """Return the standard that a file lists."""
        standard = cls(path, frozenset(words.split()))
        namespaces, section = {"xml": XML}, ""
        for line in path.read_text().splitlines():
            first, _, rest = line.partition(" ")
            if line.startswith("["):
                section = line[1:-1]
            elif section == "prefixes" and line:
                namespaces[first] = rest
                standard.prefixes[rest] = first
            elif section == "types" and line:
                standard.types[first] = rest
            elif section and line:
                standard.elements[f"{{{namespaces[section]}}}{first}"] = {
                    _full_name(name, namespaces): kind
                    for kind, names in (one.split("=") for one in rest.split())
                    for name in names.split(",")
                }
        return standard

    @cached_property
    def all_words(self) -> frozenset[str]:
        """The words of technical values, in lower case."""
        return self.words | {word.lower() for kind in self.types.values() for word in LETTERS.findall(kind)}

    def is_technical(self, value: str) -> bool:
        """Return whether a value has only words that the standard itself uses, and no long number."""
        return not DIGITS.search(value) and all(
            self.is_word(word) or all(map(self.is_word, CAPITALIZED.findall(word)))
            for word in LETTERS.findall(COLOUR.sub("", value))
        )

    def is_word(self, letters: str) -> bool:
        """Return whether the standard uses a word, or letters that are too few for one."""
        return (len(letters) <= MAX_UNKNOWN and letters.isascii()) or letters.lower() in self.all_words

    def accepts(self, element: Element, name: str, value: str, passes: Passes) -> bool:
        """Return whether an attribute may stay. `passes` decides about text that is not technical."""
        if name == SPACE:
            return value in SPACES
        kind = self.elements[str(element.tag)].get(name)
        if kind is None or not value:
            return kind is not None
        if self.is_technical(value):
            return True
        return passes(element, name, value) if kind == "text" else bool(_compiled(self.types[kind]).fullmatch(value))


def _full_name(name: str, namespaces: dict[str, str]) -> str:
    prefix, colon, short = name.rpartition(":")
    return f"{{{namespaces[prefix]}}}{short}" if colon else name


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def keep_known(root: Element, standard: Standard, passes: Passes) -> int:
    """Remove the elements, attributes and values that a standard does not know; return how many were removed."""
    removed = 0
    for element in list(root.iter("{*}*")):
        if element.tag not in standard.elements:
            removed += 1
            element.tail = None
            remove_element(element)
            continue
        for name, value in list(element.attrib.items()):
            if not standard.accepts(element, str(name), str(value), passes):
                removed += 1
                del element.attrib[name]
    return removed


def used_namespaces(root: Element) -> set[str]:
    """Return the namespaces of the elements and attributes of a tree, except that of XML itself."""
    names = (str(name) for element in root.iter("{*}*") for name in (element.tag, *element.attrib))
    return {name[1:].partition("}")[0] for name in names if name.startswith("{")} - {XML}


def with_known_prefixes(root: Element, standard: Standard, more: dict[str, str]) -> Element:
    """Return a tree with the usual prefixes of namespaces: those in a file are names that its author chose.

    `more` are prefixes to declare although no element or attribute has them.
    """
    declared = {standard.prefixes[namespace]: namespace for namespace in used_namespaces(root)} | more
    new = etree.Element(root.tag, nsmap=dict(sorted(declared.items())))
    for name, value in root.attrib.items():
        new.set(name, value)
    new.text = root.text
    # Elements are copied, not moved: lxml takes quadratic time to move a large tree away from its declarations.
    pairs = [(root, new)]
    while pairs:
        old, copy = pairs.pop()
        for child in old:
            if not isinstance(child.tag, str):  # a comment
                copy.append(deepcopy(child))
                continue
            made = etree.SubElement(copy, child.tag)
            for name, value in child.attrib.items():
                made.set(name, value)
            made.text, made.tail = child.text, child.tail
            pairs.append((child, made))
    return new


FONT_WORDS = Path(__file__).with_name("font_words.txt")


@cache
def font_words() -> frozenset[str]:
    """Return the words that names of fonts are made of, in lower case."""
    return frozenset(FONT_WORDS.read_text().split())


def new_font(name: str, names: NewNames) -> str:
    """Return the name of a font if it is a usual one, or else a neutral name: the name may be anybody's words."""
    words = LETTERS.findall(name)
    digits = re.findall(r"\d{3,}", name)
    if not digits and all((len(one) <= MAX_UNKNOWN and one.isascii()) or one.lower() in font_words() for one in words):
        return name
    return names.new("font", name, "Font {number}")
