"""Names that authors gave in a part of a Word document, replaced together with all that refers to them."""

import re

from documents.cleaning.names import BUILT_IN, WordNames
from documents.cleaning.trees import attributes, local, remove
from documents.cleaning.words import R, W

STYLE_OF = {"pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink"}
VAL, NAME, ANCHOR, STYLE_ID = W + "val", W + "name", W + "anchor", W + "styleId"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE_VML = "{urn:schemas-microsoft-com:office:office}"
BUILT_IN_SHAPE = re.compile(r"#?_x0000_t\d+")
NEXT_BOX = re.compile(r"mso-next-textbox:\s*(#[^;]*)", re.IGNORECASE)


def read_styles(root, names: WordNames) -> None:
    """Give each style of a document its new name and id."""
    for style in root.iter(W + "style"):
        name, aliases = style.find(NAME), style.find(W + "aliases")
        others = [] if aliases is None else (aliases.get(VAL) or "").split(",")
        names.add_style(style.get(STYLE_ID) or "", "" if name is None else name.get(VAL) or "", others)


def rename(root, names: WordNames) -> None:
    """Put the new names of styles, bookmarks and shapes in the place of the old ones, in one part."""
    for element in list(root.iter("{*}*")):
        if element.tag.startswith(W):
            _rename_in_word(element, local(element), names)
        elif element.tag.startswith((VML, OFFICE_VML)):
            _rename_shape(element, names)


def _rename_in_word(element, kind: str, names: WordNames) -> None:
    if kind in STYLE_OF:
        new = names.ids.get(element.get(VAL) or "")
        if new:
            element.set(VAL, new)
        else:
            remove(element)
    elif kind == "style":
        _rename_style(element, names)
    elif kind == "lsdException" and not BUILT_IN.fullmatch(element.get(NAME) or ""):
        remove(element)
    elif kind == "bookmarkStart":
        element.set(NAME, names.bookmark(element.get(NAME) or ""))
    elif kind == "hyperlink" and element.get(ANCHOR) and element.get(R + "id") is None:
        element.set(ANCHOR, names.bookmark(element.get(ANCHOR)))


def _rename_style(style, names: WordNames) -> None:
    old, name, aliases = style.get(STYLE_ID) or "", style.find(NAME), style.find(W + "aliases")
    if aliases is not None:
        remove(aliases)
    if name is not None:
        name.set(VAL, names.titles[old])
    style.set(STYLE_ID, names.ids[old])


def _rename_shape(element, names: WordNames) -> None:
    """Old drawings: their shapes are named by their program or by a person, and refer to each other by that."""
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
