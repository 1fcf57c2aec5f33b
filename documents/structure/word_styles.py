"""The styles of a Word document: what a paragraph or a run takes from them."""

import re

from documents.cleaning.ooxml.vocabulary import W
from documents.structure.numbering import key, value

OFF = {"0", "false", "off"}
HEADING = re.compile(r"(?:heading|titre|título|titulo) ?(\d)", re.IGNORECASE)
DEEPEST = 20  # styles that are based on one another


class Styles:
    """Styles by their ids, each with those that it is based on."""

    def __init__(self, root):
        self.by_id = {} if root is None else {key(style, "styleId"): style for style in root.iter(W + "style")}
        standard = (
            one for one in self.by_id.values() if key(one, "default") == "1" and key(one, "type") == "paragraph"
        )
        self.standard = next(standard, None)

    def chain(self, element):
        """The styles of a paragraph or run, its own first."""
        properties, name = (W + "rPr", "rStyle") if element.tag == W + "r" else (W + "pPr", "pStyle")
        style_id = value(element.find(properties), name)
        style = self.by_id.get(style_id) if style_id or name == "rStyle" else self.standard
        for _ in range(DEEPEST):
            if style is None:
                return
            yield style
            style = self.by_id.get(value(style, "basedOn"))

    def heading_level(self, paragraph) -> int:
        """Return 1 for a title, 2 to 4 for headings, 0 for what is none."""
        own = value(paragraph.find(W + "pPr"), "outlineLvl")
        for style in self.chain(paragraph):
            name = value(style, "name") or ""
            if name.lower() == "title":
                return 1
            if found := HEADING.fullmatch(name):
                return min(4, int(found[1]) + 1)
            own = own or value(style.find(W + "pPr"), "outlineLvl")
        return min(4, int(own) + 2) if own and own.isdigit() and int(own) < 9 else 0

    def has(self, run, paragraph, name: str) -> bool:
        """Whether a run is bold (`b`) or italic (`i`): by itself, by its style, or by its paragraph's."""
        for holder in (run, *self.chain(run), *self.chain(paragraph)):
            switch = holder.find(f"{W}rPr/{W}{name}")
            if switch is not None:
                return key(switch, "val") not in OFF
        return False
