"""One tree of an OpenDocument text, cut down to what the document shows (OASIS ODF 1.3)."""

import re
from collections import Counter

from documents.cleaning.known import ODF, ODF_PREFIXES, drop_foreign, drop_unused_prefixes, drop_words_outside
from documents.cleaning.odf_tables import drop_unseen
from documents.cleaning.trees import attributes, is_open_link, local, remove, tells_a_file, unwrap

SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, STYLE, DRAW, META, NUMBER, TABLE = (
    SPACE % name for name in ("office", "text", "style", "drawing", "meta", "datastyle", "table")
)
HREF = "{http://www.w3.org/1999/xlink}href"
PEOPLE = {"author-name", "author-initials", "creator", "initial-creator", "printed-by", "file-name", "template-name",
          "description", "editing-cycles", "editing-duration", "sender-firstname", "sender-lastname",
          "sender-initials", "sender-title", "sender-position", "sender-email", "sender-phone-private",
          "sender-phone-work", "sender-fax", "sender-company", "sender-street", "sender-city", "sender-postal-code",
          "sender-country", "sender-state-or-province"}  # fmt: skip
# Elements that go, with all they hold.
DROPPED = {"annotation": "comments", "annotation-end": "", "tracked-changes": "changes", "change": "",
           "change-start": "", "change-end": "", "scripts": "programs", "event-listeners": "programs",
           "script": "programs",
           "execute-macro": "programs", "forms": "forms", "control": "forms", "hidden-text": "hidden_text",
           "object": "objects", "object-ole": "objects", "plugin": "objects", "applet": "programs",
           "floating-frame": "objects", "user-field-decls": "fields", "user-field-decl": "fields",
           "dde-connection-decls": "links", "dde-source": "links", "section-source": "links", "table-source": "links",
           "cell-range-source": "links", "toc-mark": "fields", "toc-mark-start": "fields", "toc-mark-end": "",
           "user-index-mark": "fields", "user-index-mark-start": "fields", "user-index-mark-end": "",
           "alphabetical-index-mark": "fields", "alphabetical-index-mark-start": "fields",
           "alphabetical-index-mark-end": "", "variable-decls": "fields", "named-expressions": "fields",
           "named-range": "fields", "content-validations": "fields", "database-ranges": "fields",
           "data-pilot-tables": "fields", "label-ranges": "fields", "scenario": "fields", "dde-links": "links",
           "label": "", "page-variable-set": "fields",
           "alphabetical-index-auto-mark-file": "links", "font-face-src": "objects",
           "database-display": "fields", "database-next": "", "database-row-select": "",
           "meta": "", "settings": "settings"}  # fmt: skip
SPACES = {
    "label": TEXT,
    "meta": OFFICE,
    "settings": OFFICE,
    "object": DRAW,
    "control": DRAW,
    "change": TEXT,
    "script": TEXT,
}
# Fields of which only what they show stays.
UNLINKED = {"title", "subject", "keywords", "user-defined", "user-field-get", "user-field-input", "creation-date",
            "creation-time", "modification-date", "modification-time", "print-date", "print-time", "database-name",
            "database-row-number", "dde-connection", "meta-field", "bibliography-mark", "conditional-text",
            "variable-get", "variable-input", "text-input", "drop-down", "expression", "table-formula", "measure",
            "page-variable-get", "placeholder"}  # fmt: skip
MARKS = {"rsid", "paragraph-rsid", "formula-hash", "datatype", "about", "property", "content", "protection-key",
         "protection-key-digest-algorithm", "protection-key-digest-algorithm-2", "target-frame-name", "target-frame",
         "description", "index-name", "base-cell-address", "content-validation-name", "date-value",
         "time-value", "string-value", "class-id", "archive", "mime-type", "object-name", "filter-name",
         "original-path", "transliteration-format"}  # fmt: skip
# On what the look of a paragraph or a number may hang; all other conditions are an author's own.
CONDITION = re.compile(r"(value|[a-z-]+-level|table(-header|-footer)?|section|text-box|footnote|endnote|header|footer)"
                       r"\(\)\s*([<>=!]{1,2}\s*-?[\d.]+)?")  # fmt: skip
MOMENTS = {"date", "time"}


def hidden_styles(tree) -> set[str]:
    """Return the names of styles whose text is not shown."""
    return {
        style.get(STYLE + "name")
        for style in tree.iter(STYLE + "style")
        for words in style.iter(STYLE + "text-properties")
        if words.get(TEXT + "display") == "none"
    }


def is_inside(address: str) -> bool:
    """Tell whether an address names a part of the package."""
    return bool(address) and ":" not in address and not address.startswith(("/", "..", "#"))


def clean_tree(tree, found: Counter, hidden: set[str]) -> None:
    """Cut a tree in place; `hidden` are the names of styles whose text is not shown."""
    drop_foreign(tree, ODF)
    drop_unseen(tree, found)
    for element in list(tree.iter("{*}*")):
        if element.getparent() is not None:
            _clean_element(element, found, hidden)
    for element in tree.iter("{*}*"):
        _clean_attributes(element, found)
    drop_words_outside(tree)
    drop_unused_prefixes(tree, ODF_PREFIXES)


def _clean_element(element, found: Counter, hidden: set[str]) -> None:
    name, space = local(element), element.tag.rpartition("}")[0] + "}"
    if name in DROPPED and space == SPACES.get(name, space):
        found[DROPPED[name]] += bool(DROPPED[name])
        remove(element)
    elif _is_hidden(element, name, space, hidden):
        found["hidden_text"] += 1
        remove(element)
    elif name in PEOPLE and space == TEXT:
        found["fields"] += 1
        remove(element)
    elif space == META or element.tag in DUBLIN:
        remove(element)
    elif space == TEXT and _is_only_shown(element, name):
        found["fields"] += 1
        unwrap(element)
    elif name == "variable-set":
        remove(element)
    elif name == "content-control":
        unwrap(element)
    elif space in (TEXT, DRAW) and name == "a" and not is_open_link(element.get(HREF, "")):
        found["links"] += 1
        unwrap(element)
    elif name in ("title", "desc") and tells_a_file(element.text or ""):
        found["file_names"] += 1
        remove(element)


def _is_only_shown(field, name: str) -> bool:
    """Tell whether only what a field shows stays of it."""
    if name == "variable-set":
        return field.get(TEXT + "display") != "none"
    return name in UNLINKED or (name in MOMENTS and field.get(TEXT + "fixed") == "true")


DUBLIN = {"{http://purl.org/dc/elements/1.1/}creator", "{http://purl.org/dc/elements/1.1/}date"}


def _is_hidden(element, name: str, space: str, hidden: set[str]) -> bool:
    if space != TEXT:
        return space == DRAW and element.get(DRAW + "display") == "none"
    if name == "section" and element.get(TEXT + "display") in ("none", "condition"):
        return element.get(TEXT + "display") == "none" or element.get(TEXT + "is-hidden") == "true"
    if name == "hidden-paragraph":
        return True
    return name in ("span", "p", "h") and element.get(TEXT + "style-name") in hidden


def _clean_attributes(element, found: Counter) -> None:
    name_of = local(element)
    for name, short, value in attributes(element):
        if (
            short in MARKS
            or (short == "condition" and not CONDITION.fullmatch(value))
            or name in (NUMBER + "title", TABLE + "formula")
        ):
            del element.attrib[name]
        elif short == "name" and name_of not in ("font-face", "equation"):
            found["file_names"] += tells_a_file(value)  # and gets another name
        elif name != HREF and tells_a_file(value):
            found["file_names"] += 1
            del element.attrib[name]
        elif name_of == "section" and short in ("display", "is-hidden"):
            del element.attrib[name]
