"""The styles of a Word document, and what paragraphs and runs inherit from them (ECMA-376, 17.7)."""

import re
from collections.abc import Iterator

from ..xml_trees import Element
from .word_package import W

OFF = {"0", "false", "off"}
HEADING = re.compile(r"(?:heading|titre|título|titulo) ?(\d)", re.IGNORECASE)
# Word's names of the indents of a paragraph, and which two of them are one: at its start, and of its first line.
INDENTS = {"start": "start", "left": "start", "hanging": "first", "firstLine": "first"}
TWIPS = re.compile(r"-?\d{1,6}")
TWIPS_PER_POINT = 20
MAX_DEPTH = 20  # styles that are based on one another


def attribute(element: Element, name: str) -> str | None:
    """Return one of Word's attributes of an element, or None."""
    return element.get(W + name)


def value(element: Element | None, name: str) -> str | None:
    """Return the `w:val` of a child element; None without the child, its value or the element."""
    child = element.find(W + name) if element is not None else None
    return None if child is None else attribute(child, "val")


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None):
        styles = [] if root is None else list(root.iter(W + "style"))
        self.by_id = {attribute(style, "styleId"): style for style in styles}
        defaults = (
            style
            for style in self.by_id.values()
            if attribute(style, "default") == "1" and attribute(style, "type") == "paragraph"
        )
        self.default = next(defaults, None)
        self.properties: dict[Element, Element | None] = {}

    def chain(self, element: Element) -> Iterator[Element]:
        """Yield the style of a paragraph or run, and then each style that it is based on."""
        properties, name = (W + "rPr", "rStyle") if element.tag == W + "r" else (W + "pPr", "pStyle")
        if element not in self.properties:  # a paragraph may have very many children
            self.properties[element] = element.find(properties)
        style_id = value(self.properties[element], name)
        style = self.by_id.get(style_id) if style_id or name == "rStyle" else self.default
        for _ in range(MAX_DEPTH):
            if style is None:
                return
            yield style
            style = self.by_id.get(value(style, "basedOn"))

    def heading_level(self, paragraph: Element) -> int:
        """Return 1 for a title, 2 to 4 for a heading and 0 for any other paragraph."""
        outline_level = value(paragraph.find(W + "pPr"), "outlineLvl")
        for style in self.chain(paragraph):
            name = value(style, "name") or ""
            if name.lower() == "title":
                return 1
            if found := HEADING.fullmatch(name):
                return min(4, int(found[1]) + 1)
            outline_level = outline_level or value(style.find(W + "pPr"), "outlineLvl")
        is_heading = outline_level and outline_level.isdigit() and int(outline_level) < 9
        return min(4, int(outline_level) + 2) if outline_level and is_heading else 0

    def indent(self, paragraph: Element) -> float:
        """Return the indent of the first line of a paragraph from the margin, in points."""
        found: dict[str, float] = {}
        for holder in (paragraph, *self.chain(paragraph)):
            indent = holder.find(f"{W}pPr/{W}ind")
            if indent is None:
                continue
            for name, kind in INDENTS.items():
                if (twips := TWIPS.fullmatch(attribute(indent, name) or "")) and kind not in found:
                    found[kind] = (-1 if name == "hanging" else 1) * float(twips[0]) / TWIPS_PER_POINT
        return sum(found.values())

    def has(self, run: Element, paragraph: Element, name: str) -> bool:
        """Return whether a run is bold (`b`) or italic (`i`), by itself, by its style or by its paragraph's style."""
        for holder in (run, *self.chain(run), *self.chain(paragraph)):
            switch = holder.find(f"{W}rPr/{W}{name}")
            if switch is not None:
                return attribute(switch, "val") not in OFF
        return False
