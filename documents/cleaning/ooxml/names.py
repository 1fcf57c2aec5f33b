"""Names that authors gave in a Word document, replaced together with everything that refers to them."""

import re
from dataclasses import dataclass, field

from ...xml_trees import Element, attributes, local_name, remove_element
from ..new_names import NewNames
from .elements import R, W

# The styles that Word itself defines, by the names that it writes in files.
BUILT_IN = re.compile(
    r"normal( indent| table| \(web\))?|heading [1-9]|(index|toc) ([1-9]|heading)|(footnote|endnote|annotation) "
    r"(text|reference|subject)|header|footer|caption|table of (figures|authorities)|envelope (address|return)|"
    r"(line|page) number|macro|toa heading|list( bullet| number| continue)?( [2-5])?|title|subtitle|closing|signature|"
    r"default paragraph font|body text( indent)?( [23])?|body text first indent( 2)?|message header|salutation|date|"
    r"note heading|block text|(followed)?hyperlink|strong|emphasis|document map|plain text|e-mail signature|"
    r"html (top of form|bottom of form|acronym|address|cite|code|definition|keyboard|preformatted|sample|typewriter|"
    r"variable)|no list|outline list [1-3]|1 / 1\.1 / 1\.1\.1|1 / a / i|article / section|table (simple|classic|"
    r"colorful|columns|grid|list|3d effects|subtle|web)( [1-8])?|table (contemporary|elegant|professional|theme)|"
    r"table grid light|balloon text|placeholder text|no spacing|(light|medium|dark|colorful) (shading|list|grid)"
    r"( [1-3])?( accent [1-6])?|revision|list paragraph|(intense )?quote|(subtle|intense) (emphasis|reference)|"
    r"book title|bibliography|plain table [1-5]|(grid|list) table [1-7]( light| dark| colorful)?( accent [1-6])?|"
    r"mention|smart hyperlink|hashtag|unresolved mention|smart link",
    re.IGNORECASE,
)


@dataclass
class WordNames(NewNames):
    """The new names of one Word document.

    `ids` and `titles` hold a style's new id and new name by its old id, `styles` its new name by the old name in lower
    case.
    """

    ids: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)

    def bookmark(self, old: str) -> str:
        """Return the new name of a bookmark; one that Word hides, by a leading underscore, stays hidden."""
        # Bookmarks made by Word are renamed too: their numbers come from a clock, and link copies of a file.
        return self.new("b", old.lower(), "_b{number}" if old.startswith("_") else "b{number}")

    def add_style(self, style_id: str, name: str, aliases: list[str]) -> None:
        """Choose the new name and id of a style."""
        new = name
        if not BUILT_IN.fullmatch(name) or name in self.titles.values():
            self.numbers["style"] += 1
            new = f"Style {self.numbers['style']}"
            self.found["names"] += name not in ("", new)
        self.titles.setdefault(style_id, new)
        self.ids.setdefault(style_id, "".join(re.findall(r"\w+", new.title())))
        for one in [name, *aliases]:
            self.styles.setdefault(one.strip().lower(), new)


STYLE_OF = {"pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink"}
VAL, NAME, ANCHOR, STYLE_ID = W + "val", W + "name", W + "anchor", W + "styleId"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE_VML = "{urn:schemas-microsoft-com:office:office}"
BUILT_IN_SHAPE = re.compile(r"#?_x0000_t\d+")
NEXT_BOX = re.compile(r"mso-next-textbox:\s*(#[^;]*)", re.IGNORECASE)


def read_styles(root: Element, names: WordNames) -> None:
    """Choose the new name and id of each style of a document."""
    for style in root.iter(W + "style"):
        name, aliases = style.find(NAME), style.find(W + "aliases")
        others = [] if aliases is None else (aliases.get(VAL) or "").split(",")
        names.add_style(style.get(STYLE_ID) or "", "" if name is None else name.get(VAL) or "", others)


def rename_in_part(root: Element, names: WordNames) -> None:
    """Replace the names of styles, bookmarks and shapes, and all references to them, in one part."""
    for element in list(root.iter("{*}*")):
        if element.tag.startswith(W):
            _rename_in_wordprocessing(element, local_name(element), names)
        elif element.tag.startswith((VML, OFFICE_VML)):
            _rename_shape(element, names)


def _rename_in_wordprocessing(element: Element, kind: str, names: WordNames) -> None:
    if kind in STYLE_OF:
        new = names.ids.get(element.get(VAL) or "")
        if new:
            element.set(VAL, new)
        else:
            remove_element(element)
    elif kind == "style":
        _rename_style(element, names)
    elif kind == "lsdException" and not BUILT_IN.fullmatch(element.get(NAME) or ""):
        remove_element(element)
    elif kind == "bookmarkStart":
        element.set(NAME, names.bookmark(element.get(NAME) or ""))
    elif kind == "hyperlink" and (anchor := element.get(ANCHOR)) and element.get(R + "id") is None:
        element.set(ANCHOR, names.bookmark(anchor))


def _rename_style(style: Element, names: WordNames) -> None:
    old, name, aliases = style.get(STYLE_ID) or "", style.find(NAME), style.find(W + "aliases")
    if old not in names.ids:  # outside the part of styles, where no program looks for it
        remove_element(style)
        return
    if aliases is not None:
        remove_element(aliases)
    if name is not None:
        name.set(VAL, names.titles[old])
        if W + "customStyle" in style.attrib and BUILT_IN.fullmatch(names.titles[old]):
            del style.attrib[W + "customStyle"]  # some programs call a style of Word's an author's own
    style.set(STYLE_ID, names.ids[old])


def _rename_shape(element: Element, names: WordNames) -> None:
    """Rename a VML shape: shapes are named by a program or a person, and refer to each other by these names."""
    for name, short, value in attributes(element):
        if short == "style":
            element.set(name, NEXT_BOX.sub(lambda box: "mso-next-textbox:" + _shape(box[1], names), value))
        elif name in ("id", "idref") or (name in ("type", "idsrc") and value.startswith("#")):
            element.set(name, _shape(value, names))


def _shape(value: str, names: WordNames) -> str:
    if BUILT_IN_SHAPE.fullmatch(value):
        return value
    dash = "#" * value.startswith("#")
    return dash + names.new("shape", value.removeprefix("#"))
