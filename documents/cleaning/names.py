"""Names that authors give and no reader sees, of styles and bookmarks in Word: neutral ones take their place."""

import re
from dataclasses import dataclass, field

from documents.cleaning.trees import local, remove
from documents.cleaning.words import W

# Bookmarks that Word makes by itself, and styles that it brings along.
WORDS_OWN_BOOKMARK = re.compile(r"_(?:Toc|Ref|Hlk|Hlt|GoBack)\d*")
WORDS_OWN_STYLE = re.compile(
    r"normal(?: table| \(web\)| indent)?|heading \d|title|subtitle|strong|emphasis|"
    r"(?:intense |subtle )(?:quote|emphasis|reference)|quote|list(?: paragraph| bullet| number| continue)?(?: \d)?|"
    r"body text(?: indent| first indent)?(?: \d)?|toc \d|toc heading|table of (?:figures|authorities)|caption|"
    r"(?:foot|end)note (?:text|reference)|header|footer|(?:page|line) number|hyperlink|followedhyperlink|plain text|"
    r"no spacing|table grid|no list|default paragraph font|balloon text|placeholder text|book title|bibliography|"
    r"block text|date|signature|salutation|closing|index \d|index heading|revision|document map|"
    r"annotation (?:text|reference|subject)|(?:plain|grid|list) table \d(?: (?:light|dark|colorful))?(?: accent \d)?|"
    r"(?:light|medium|dark|colorful) (?:shading|list|grid)(?: \d)?(?: accent \d)?|table (?:simple|classic|list|web) \d",
    re.IGNORECASE,
)
TO_STYLES = {"pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink"}
VAL = W + "val"
POINTING = re.compile(r"^\s*(?:REF|PAGEREF|NOTEREF)\s+(\S+)|\\l\s+\"([^\"]*)\"", re.IGNORECASE)


@dataclass
class Names:
    """The new names of one document; each is given when the old one is first met, so that all parts agree."""

    styles: dict[str, tuple[str, str]] = field(default_factory=dict)  # new id and name, by old id
    bookmarks: dict[str, str] = field(default_factory=dict)

    def read_styles(self, root) -> None:
        """Give every style an id and a name that tell nothing of who made it."""
        taken = set()
        for style in root.iter(W + "style"):
            shown = style.find(W + "name")
            name = "" if shown is None else shown.get(VAL, "")
            new = re.sub(r"(?:^|\s|[()])+(\w?)", lambda start: start[1].upper(), name)
            if not WORDS_OWN_STYLE.fullmatch(name) or new in taken:
                new = name = f"Style{len(self.styles) + 1}"
            taken.add(new)
            self.styles[style.get(W + "styleId", "")] = new, name

    def bookmark(self, name: str) -> str:
        """The new name of a bookmark; those of Word's own making stay."""
        if WORDS_OWN_BOOKMARK.fullmatch(name):
            return name
        return self.bookmarks.setdefault(name, f"b{len(self.bookmarks) + 1}")

    def rename(self, root) -> None:
        """Put the new names into a part, and take out references to styles that there are not."""
        for element in list(root.iter("{*}*")):
            kind = local(element)
            if not element.tag.startswith(W):
                continue
            if kind in TO_STYLES:
                self._point(element)
            elif kind == "style":
                self._name_style(element)
            elif kind == "bookmarkStart":
                element.set(W + "name", self.bookmark(element.get(W + "name", "")))
            elif kind == "hyperlink" and element.get(W + "anchor"):
                element.set(W + "anchor", self.bookmark(element.get(W + "anchor")))
            elif kind == "fldSimple":
                element.set(W + "instr", self.in_code(element.get(W + "instr", "")))

    def _point(self, element) -> None:
        if element.get(VAL) in self.styles:
            element.set(VAL, self.styles[element.get(VAL)][0])
        else:
            remove(element)

    def _name_style(self, style) -> None:
        new, name = self.styles.get(style.get(W + "styleId", ""), ("Style", "Style"))
        style.set(W + "styleId", new)
        shown = style.find(W + "name")
        if shown is not None:
            shown.set(VAL, name)

    def in_code(self, code: str) -> str:
        """The code of a field with the new names of the bookmarks that it points to."""

        def renamed(found):
            old = found[1] or found[2]
            return found[0].replace(old, self.bookmark(old)) if old else found[0]

        return POINTING.sub(renamed, code)
