"""Names that authors gave in an OpenDocument text, replaced together with everything that refers to them."""

import re
from collections.abc import Iterator

from ...xml_trees import Element, attributes, local_name, namespace
from ..new_names import NewNames

SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, STYLE, DRAW, NUMBER = (SPACE % name for name in ("text", "style", "drawing", "datastyle"))
HREF = "{http://www.w3.org/1999/xlink}href"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
# The styles that LibreOffice itself defines, by the names that it writes in files.
BUILT_IN = re.compile(
    r"Standard|Default|Text body( indent)?|Heading( (10|[1-9]))?|Title|Subtitle|Signature|Salutation|Hanging indent|"
    r"First line indent|Marginalia|List( Indent| Heading| Contents)?|(List|Numbering) [1-5]( Start| End| Cont\.)?|"
    r"Header( left| right)?|Footer( left| right)?|Header and Footer|Table( Contents| Heading)?|Caption|Illustration|"
    r"Text|Drawing|Figure|Frame contents|Footnote|Endnote|Addressee|Sender|Appendix|"
    r"Index( (Heading|Separator|[1-3]|Link))?|"
    r"(Contents|User Index|Bibliography|Object index|Table index|Illustration Index|Figure Index) "
    r"(Heading|10|[1-9])|Quotations|Preformatted Text|Horizontal Line|Comment|(Footnote|Endnote) (Symbol|anchor)|"
    r"Page Number|Caption characters|Drop Caps|(Numbering|Bullet) Symbols|(Visited )?Internet [Ll]ink|Placeholder|"
    r"Line numbering|Main index entry|Rubies|Vertical Numbering Symbols|(Strong )?Emphasis|Citation|Source Text|"
    r"Example|User Entry|Variable|Definition|Teletype|Frame|Graphics|OLE|Formula|Watermark|Labels|First Page|"
    r"(Left|Right) Page|Envelope|HTML|Landscape|Numbering (123|ABC|abc|IVX|ivx)|Outline|No List|Default Style|"
    r"layout|background|backgroundobjects|controls|measurelines|none"
)
SEQUENCES = {"Illustration", "Table", "Text", "Drawing", "Figure"}
CLASSES = {"text", "chapter", "list", "index", "extra", "html"}
# Attributes that name a style, besides those whose name ends in "style-name".
STYLES = {"page-layout-name", "master-page-name", "fill-gradient-name", "fill-hatch-name", "fill-image-name",
          "opacity-name", "stroke-dash", "marker-start", "marker-end", "template-name", "layer", "default-style-name",
          "leader-text-style"}  # fmt: skip
LISTS = {"class-names", "stroke-dash-names", "style-names"}
NOT_RENAMED = {STYLE + "font-face", DRAW + "equation"}
REFERENCES = {TEXT + "bookmark-ref", TEXT + "reference-ref", TEXT + "note-ref"}
IDS = {XML_ID, TEXT + "id", DRAW + "id"}
TO_IDS = {"continue-list", "start-shape", "end-shape", "caption-id"}


def rename_in_trees(trees: list[Element], names: NewNames) -> None:
    """Replace names in all trees of a document, together with the references to them."""
    referenced = {value for tree in trees for element in tree.iter("{*}*") for value in _referenced_ids(element)}
    for tree in trees:
        for element in tree.iter("{*}*"):
            # All new values of an element before any is set, as some are computed from others.
            new = {one[0]: _renamed(element, *one, names, referenced) for one in attributes(element)}
            for name, value in new.items():
                if value is None:
                    del element.attrib[name]
                else:
                    element.set(name, value)


def _referenced_ids(element: Element) -> Iterator[str]:
    yield from (value for _name, short, value in attributes(element) if short in TO_IDS)
    if element.tag == TEXT + "note-ref":
        yield element.get(TEXT + "ref-name") or ""


def _renamed(element: Element, name: str, short: str, value: str, names: NewNames, referenced: set[str]) -> str | None:
    """Return the new value of an attribute, or None to remove it."""
    if name in IDS:
        return names.new("id", value) if value in referenced or element.tag == TEXT + "note" else None
    if short in TO_IDS or (short == "ref-name" and element.tag == TEXT + "note-ref"):
        return names.new("id", value)
    if (short.endswith("style-name") and short != "font-style-name") or short in STYLES:
        return _style(value, names)
    if short in LISTS:
        return " ".join(_style(one, names) for one in value.split())
    if short == "display-name":
        return _display_name(element)
    if name == STYLE + "class":
        return value if value in CLASSES else None
    if name == HREF and value.startswith("#"):
        return "#" + _link_target(value[1:], names)
    return _renamed_by_element(element, name, short, value, names)


def _renamed_by_element(element: Element, name: str, short: str, value: str, names: NewNames) -> str | None:
    kind, space = local_name(element), namespace(element)
    if short == "caption-sequence-name" or (kind in ("sequence", "sequence-decl") and name == TEXT + "name"):
        return _sequence(value, names)
    if short == "ref-name" and kind in ("sequence", "sequence-ref"):
        return names.new("ref", value)
    if short == "formula":
        return f"ooow:{_sequence(element.get(TEXT + 'name') or '', names)}+1" if kind == "sequence" else None
    if short == "chain-next-name" or (element.tag in REFERENCES and short == "ref-name"):
        return names.new("n", value)
    if short == "name" and element.tag not in NOT_RENAMED:
        if _is_style(element, space):
            return _style(value, names)
        return names.new("n", value) if name == space + "name" else None
    return value


def _is_style(element: Element, space: str) -> bool:
    """Return whether an element defines a style, a layout or a fill, outside of the text itself."""
    return space in (STYLE, NUMBER) or local_name(element) in (
        "list-style", "outline-style", "gradient", "hatch", "fill-image", "opacity", "marker", "stroke-dash", "layer",
        "table-template", "linearGradient", "radialGradient"
    )  # fmt: skip


def is_built_in(name: str) -> bool:
    """Return whether a name, as written in a file or as displayed, is that of a style that LibreOffice defines."""
    return bool(BUILT_IN.fullmatch(_decoded(name)))


def _style(value: str, names: NewNames) -> str:
    return value if not value or is_built_in(value) else names.new("s", value)


def _decoded(value: str) -> str:
    """Return a name as it is displayed: characters that XML forbids in names are written as hexadecimal numbers."""
    return re.sub(r"_([0-9a-f]{1,4})_", lambda one: chr(int(one[1], 16)), value)


def _display_name(element: Element) -> str | None:
    name = next((value for _name, short, value in attributes(element) if short == "name"), "")
    decoded = _decoded(name)
    return decoded if BUILT_IN.fullmatch(decoded) else None


def _sequence(value: str, names: NewNames) -> str:
    return value if value in SEQUENCES else names.new("seq", value)


def _link_target(value: str, names: NewNames) -> str:
    """Return the new target of a link inside the text; headings are named by their own words, which are shown."""
    thing, dash, kind = value.partition("|")
    return value if kind == "outline" else names.new("n", thing) + dash + (kind if kind.isalpha() else "")
