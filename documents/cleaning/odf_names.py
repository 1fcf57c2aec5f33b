"""Names in OpenDocument texts that authors give and no reader sees, of styles and places: neutral ones instead."""

import re

from documents.cleaning.trees import attributes, local

# Styles that LibreOffice makes by itself, or brings along under these names in every language.
OWN_STYLE = re.compile(
    r"[A-Za-z]{1,4}\d+(?:\.[A-Z]{1,2}\d*)?|Table\d+(?:\.[A-Z]*\d*)*|Standard|Text_20_body(?:_20_indent)?|"
    r"Heading(?:_20_\d+)?|Title|Subtitle|List(?:_20_\w+)?|Index|Header(?:_20_\w+)?|Footer(?:_20_\w+)?|"
    r"(?:Foot|End)note(?:_20_(?:Symbol|anchor|Characters))?|Caption|Illustration|Drawing|Table(?:_20_(?:Contents|Heading))?|"
    r"Quotations|Preformatted_20_Text|Internet_20_[Ll]ink|Visited_20_Internet_20_Link|Numbering_20_Symbols|"
    r"Bullet_20_Symbols|Contents_20_(?:Heading|\d+)|Strong_20_Emphasis|Emphasis|Frame|Graphics|OLE|Outline|"
    r"Horizontal_20_Line|Default(?:_20_\w+)?|Converted\d+|First_20_Page|(?:Left|Right)_20_Page|HTML|Endnote|Envelope"
)
TO_STYLES = {"master-page-name", "page-layout-name", "next-style-name"}
DRAWN = {"gradient", "hatch", "fill-image", "marker", "stroke-dash", "opacity"}
TO_DRAWN = {"fill-gradient-name", "fill-hatch-name", "fill-image-name", "marker-start", "marker-end", "stroke-dash",
            "opacity-name"}  # fmt: skip
GONE = {"display-name", "class-names", "target-frame-name", "formula", "condition", "template-name", "protection-key",
        "alias", "tag", "placeholder-doc-part", "engine"}  # fmt: skip
PLACES = {"name", "ref-name", "bookmark-name"}  # of bookmarks, sections, tables, indexes


class Names:
    """The new names of one document; each is given when the old one is first met, so that all its trees agree."""

    def __init__(self):
        self.given: dict[tuple[str, str], str] = {}

    def new(self, kind: str, name: str) -> str:
        """The new name of a style ("s"), a look of drawings ("d") or a place ("b")."""
        if kind == "s" and OWN_STYLE.fullmatch(name):
            return name
        count = sum(1 for other, _name in self.given if other == kind) + 1
        return self.given.setdefault((kind, name), f"{NEUTRAL[kind]}{count}")

    def rename(self, element) -> None:
        """Put new names into the attributes of an element, and take out those that nothing else refers to."""
        kind = local(element)
        for name, short, value in attributes(element):
            space = name.partition("}")[0].rpartition(":xmlns:")[2].removesuffix(":1.0")
            if short in GONE:
                del element.attrib[name]
            elif of := self._kind_of(kind, space, short):
                element.set(name, self.new(of, value) if value else value)

    def _kind_of(self, kind: str, space: str, short: str) -> str:
        if short == "name" and space == "style" and kind != "font-face":
            return "s"
        if short.endswith("style-name") or short in TO_STYLES:
            return "s"
        if (short == "name" and space == "drawing" and kind in DRAWN) or short in TO_DRAWN:
            return "d"
        return "b" if short in PLACES and space in ("text", "table", "office") else ""

    def in_link(self, address: str) -> str:
        """An address within the document, by the new name of its place; one that names a heading stays."""
        place, mark, what = address.removeprefix("#").partition("|")
        return address if what == "outline" else f"#{self.new('b', place)}{mark}{what}"


NEUTRAL = {"s": "Style_20_", "d": "Look_20_", "b": "Place_20_"}
