"""One XML part of an OpenDocument text, reduced to what the document shows (OASIS ODF 1.3, part 3)."""

import re
from collections import Counter
from collections.abc import Iterator

from ...xml_trees import (
    Element,
    attributes,
    drop_foreign_vocabularies,
    local_name,
    namespace,
    remove_element,
    unwrap_element,
)
from ..links import is_public_link, names_a_file
from .looks import Looks
from .unseen import is_hidden_section, remove_unseen

NAMESPACES = ("urn:oasis:names:tc:opendocument:xmlns:", "urn:org:documentfoundation:names:experimental:",
              "urn:openoffice:names:experimental:", "http://openoffice.org/20", "http://www.w3.org/1999/xlink",
              "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/1998/Math/MathML",
              "http://purl.org/dc/elements/1.1/")  # fmt: skip
NUMBER_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}text"
TEXT_ELEMENTS = {"title", "desc", "binary-data", "index-entry-span", "linenumbering-separator",
                 "note-continuation-notice-forward", "note-continuation-notice-backward"}  # fmt: skip
PARAGRAPHS = {"p", "h"}
SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, STYLE, DRAW, META, NUMBER, TABLE = (
    SPACE % name for name in ("office", "text", "style", "drawing", "meta", "datastyle", "table")
)
HREF = "{http://www.w3.org/1999/xlink}href"
XLINK_TITLE = "{http://www.w3.org/1999/xlink}title"
CURRENCY = re.compile("[A-Z]{3}")
PERSONAL_FIELDS = {"author-name", "author-initials", "creator", "initial-creator", "printed-by", "file-name",
                   "template-name", "description", "editing-cycles", "editing-duration", "sender-firstname",
                   "sender-lastname", "sender-initials", "sender-title", "sender-position", "sender-email",
                   "sender-phone-private", "sender-phone-work", "sender-fax", "sender-company", "sender-street",
                   "sender-city", "sender-postal-code", "sender-country", "sender-state-or-province"}  # fmt: skip
# Elements that are removed with all their content, and what is counted for each ("" for nothing).
REMOVED = {"annotation": "comments", "annotation-end": "", "tracked-changes": "changes", "change": "",
           "change-start": "", "change-end": "", "scripts": "programs", "event-listeners": "programs",
           "script": "programs", "execute-macro": "programs", "forms": "forms", "control": "forms",
           "hidden-text": "hidden_text", "hidden-paragraph": "fields",
           "object": "objects", "object-ole": "objects", "plugin": "objects",
           "applet": "programs", "floating-frame": "objects", "user-field-decls": "fields", "user-field-decl": "fields",
           "dde-connection-decls": "links", "dde-source": "links", "section-source": "links", "table-source": "links",
           "cell-range-source": "links", "toc-mark": "fields", "toc-mark-start": "fields", "toc-mark-end": "",
           "user-index-mark": "fields", "user-index-mark-start": "fields", "user-index-mark-end": "",
           "alphabetical-index-mark": "fields", "alphabetical-index-mark-start": "fields",
           "alphabetical-index-mark-end": "", "variable-decls": "fields", "named-expressions": "fields",
           "named-range": "fields", "content-validations": "fields", "database-ranges": "fields",
           "data-pilot-tables": "fields", "label-ranges": "fields", "scenario": "fields", "dde-links": "links",
           "label": "", "page-variable-set": "fields", "alphabetical-index-auto-mark-file": "links",
           "font-face-src": "objects", "database-display": "fields", "database-next": "", "database-row-select": "",
           "meta": "", "settings": "settings"}  # fmt: skip
# Of these elements, only those in this namespace are removed.
REMOVED_IN = {
    "label": TEXT,
    "meta": OFFICE,
    "settings": OFFICE,
    "object": DRAW,
    "control": DRAW,
    "change": TEXT,
    "script": TEXT,
}
# Fields that are replaced by the text that they display.
FLATTENED_FIELDS = {"title", "subject", "keywords", "user-defined", "user-field-get", "user-field-input",
                    "creation-date", "creation-time", "modification-date", "modification-time", "print-date",
                    "print-time", "database-name", "database-row-number", "dde-connection", "meta-field",
                    "bibliography-mark", "conditional-text", "variable-get", "variable-input", "text-input",
                    "drop-down", "expression", "table-formula", "measure", "page-variable-get",
                    "placeholder"}  # fmt: skip
REMOVED_ATTRIBUTES = {"rsid", "paragraph-rsid", "formula-hash", "datatype", "about", "property", "content",
                      "protection-key", "protection-key-digest-algorithm", "protection-key-digest-algorithm-2",
                      "target-frame-name", "target-frame", "description", "index-name", "base-cell-address",
                      "content-validation-name", "date-value", "time-value", "string-value", "class-id", "archive",
                      "mime-type", "object-name", "filter-name", "original-path",
                      "transliteration-format"}  # fmt: skip
# Conditions on which the style of a paragraph or the format of a number may depend; others are an author's own.
CONDITION = re.compile(r"(value|[a-z-]+-level|table(-header|-footer)?|section|text-box|footnote|endnote|header|footer)"
                       r"\(\)\s*([<>=!]{1,2}\s*-?[\d.]+)?")  # fmt: skip
DATE_FIELDS = {"date", "time"}
DUBLIN_CORE = {"{http://purl.org/dc/elements/1.1/}creator", "{http://purl.org/dc/elements/1.1/}date"}
HIDDEN_STATES = {"collapse", "filter"}
CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}
MAX_COLUMNS = 1024  # that are examined in a table; spreadsheets repeat empty columns by the thousand


def is_inside(address: str) -> bool:
    """Return whether an address names another part of the package."""
    return bool(address) and ":" not in address and not address.startswith(("/", "..", "#"))


def clean_tree(tree: Element, found: Counter[str], looks: Looks) -> None:
    """Reduce a tree to what it shows."""
    drop_foreign_vocabularies(tree, NAMESPACES)
    _remove_hidden_cells(tree, found)
    remove_unseen(tree, found, looks)
    for element in list(tree.iter("{*}*")):
        if element.getparent() is not None:
            _clean_element(element, found)
    for element in tree.iter("{*}*"):
        _clean_attributes(element, found)
    _remove_stray_text(tree)


def _clean_element(element: Element, found: Counter[str]) -> None:
    name, space = local_name(element), namespace(element)
    if name in REMOVED and space == REMOVED_IN.get(name, space):
        found[REMOVED[name]] += bool(REMOVED[name])
        remove_element(element)
    elif _is_hidden(element, name, space):
        found["hidden_text"] += 1
        remove_element(element)
    elif name in PERSONAL_FIELDS and space == TEXT:
        found["fields"] += 1
        remove_element(element)
    elif space == META or element.tag in DUBLIN_CORE:
        remove_element(element)
    elif space == TEXT and _is_flattened(element, name):
        found["fields"] += 1
        unwrap_element(element)
    elif name == "variable-set":
        remove_element(element)
    elif name == "content-control":
        unwrap_element(element)
    elif space in (TEXT, DRAW) and name == "a" and not is_public_link(element.get(HREF, "")):
        found["links"] += 1
        unwrap_element(element)
    elif name in ("title", "desc") and names_a_file(element.text or ""):
        found["file_names"] += 1
        remove_element(element)


def _is_flattened(field: Element, name: str) -> bool:
    """Return whether a field is replaced by the text that it displays."""
    if name == "variable-set":
        return field.get(TEXT + "display") != "none"
    return name in FLATTENED_FIELDS or (name in DATE_FIELDS and field.get(TEXT + "fixed") == "true")


def _is_hidden(element: Element, name: str, space: str) -> bool:
    if space != TEXT:
        return space == DRAW and element.get(DRAW + "display") == "none"
    return name == "section" and is_hidden_section(element)


def _clean_attributes(element: Element, found: Counter[str]) -> None:
    element_name = local_name(element)
    for name, short, value in attributes(element):
        if (
            short in REMOVED_ATTRIBUTES
            or (short == "condition" and not CONDITION.fullmatch(value))
            or name in (NUMBER + "title", TABLE + "formula", OFFICE + "title", XLINK_TITLE)
            or (name == OFFICE + "currency" and not CURRENCY.fullmatch(value))
        ):
            del element.attrib[name]
        elif short == "name" and element_name not in ("font-face", "equation"):
            found["file_names"] += names_a_file(value)  # the name is replaced later
        elif name != HREF and names_a_file(value):
            found["file_names"] += 1
            del element.attrib[name]
        elif element_name == "section" and short in ("display", "is-hidden"):
            del element.attrib[name]


def _remove_hidden_cells(tree: Element, found: Counter[str]) -> None:
    """Remove hidden rows, and empty the cells of hidden columns."""
    for row in list(tree.iter(TABLE + "table-row")):
        if row.get(TABLE + "visibility") in HIDDEN_STATES:
            found["hidden_text"] += 1
            remove_element(row)
    for table in tree.iter(TABLE + "table"):
        columns = [one for one in table.iter(TABLE + "table-column") if _table_of(one) is table]
        hidden = {at for at, column in _positioned(columns) if column.get(TABLE + "visibility") in HIDDEN_STATES}
        for row in table.iter(TABLE + "table-row") if hidden else ():
            if _table_of(row) is table:
                _empty_cells(row, hidden, found)


def _empty_cells(row: Element, hidden: set[int], found: Counter[str]) -> None:
    for position, cell in _positioned([cell for cell in row if cell.tag in CELLS]):
        if position in hidden and len(cell):
            found["hidden_text"] += 1
            for child in list(cell):
                cell.remove(child)


def _positioned(elements: list[Element]) -> Iterator[tuple[int, Element]]:
    """Yield columns or cells with the position of each; a repeated one has several."""
    position = 0
    for element in elements:
        times = element.get(TABLE + "number-columns-repeated", "1")
        for _ in range(min(int(times) if times.isdecimal() else 1, MAX_COLUMNS)):
            yield position, element
            position += 1
        if position >= MAX_COLUMNS:
            return


def _table_of(element: Element) -> Element:
    return next(one for one in element.iterancestors() if local_name(one) == "table")


def _remove_stray_text(root: Element) -> None:
    """Remove text that is outside paragraphs, other than that of TEXT_ELEMENTS."""
    for element in root.iter("{*}*"):
        parent = element.getparent()
        if parent is not None and not _has_text(parent):
            element.tail = None
        if not _has_text(element):
            element.text = None


def _has_text(element: Element) -> bool:
    if element.tag == NUMBER_TEXT or local_name(element) in TEXT_ELEMENTS | PARAGRAPHS:
        return True
    return any(local_name(one) in PARAGRAPHS for one in element.iterancestors())
