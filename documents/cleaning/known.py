"""What no reader of an office file looks at: elements of other vocabularies, and words between elements."""

from lxml import etree

from documents.cleaning.trees import attributes, local, remove

OOXML = ("http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/office/", "urn:schemas-microsoft-com:",
         "http://www.w3.org/XML/1998/namespace")  # fmt: skip
ODF = ("urn:oasis:names:tc:opendocument:xmlns:", "urn:org:documentfoundation:names:experimental:",
       "urn:openoffice:names:experimental:", "http://openoffice.org/20", "http://www.w3.org/1999/xlink",
       "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/1998/Math/MathML",
       "http://purl.org/dc/elements/1.1/")  # fmt: skip
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Elements that hold words or a figure of a layout; in no other is there text.
OOXML_TEXTS = {"t", "instrText", "v", "f", "posOffset", "align", "pctWidth", "pctHeight", "pctPosHOffset",
               "pctPosVOffset", "formatCode", "separator", "name", "tableStyleId", "x", "y"}  # fmt: skip
NUMBER_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}text"
ODF_TEXTS = {"title", "desc", "binary-data", "index-entry-span", "linenumbering-separator",
             "note-continuation-notice-forward", "note-continuation-notice-backward"}  # fmt: skip
PARAGRAPHS = {"p", "h"}
# Prefixes that ODF writes before formulas, in attributes.
ODF_PREFIXES = ["ooow", "oooc", "of"]


def drop_foreign(root, known: tuple[str, ...]) -> None:
    """Take out elements and attributes of vocabularies that are not these."""
    for element in list(root.iter("{*}*")):
        if not element.tag[1:].startswith(known):
            if element.getparent() is not None:
                element.tail = None
                remove(element)
            continue
        for name, _short, _value in attributes(element):
            if name.startswith("{") and not name[1:].startswith(known):
                del element.attrib[name]


def drop_words_between(root) -> None:
    """Take out text where WordprocessingML and DrawingML have none."""
    for element in root.iter("{*}*"):
        element.tail = None
        if local(element) not in OOXML_TEXTS:
            element.text = None


def drop_words_outside(root) -> None:
    """Take out text that stands in no paragraph of an OpenDocument tree."""
    for element in root.iter("{*}*"):
        parent = element.getparent()
        if parent is not None and not _holds_words(parent):
            element.tail = None
        if not _holds_words(element):
            element.text = None


def _holds_words(element) -> bool:
    if element.tag == NUMBER_TEXT or local(element) in ODF_TEXTS | PARAGRAPHS:
        return True
    return any(local(one) in PARAGRAPHS for one in element.iterancestors())


def drop_unused_prefixes(root, kept: list[str]) -> None:
    """Take out the declarations of vocabularies that the tree does not use, and what says to ignore them."""
    used = set(kept)
    for element in root.iter("{*}*"):
        for name, short, value in attributes(element):
            if name == COMPATIBILITY + "Ignorable":
                known = [one for one in value.split() if (element.nsmap.get(one) or "").startswith(OOXML)]
                element.set(name, " ".join(known))
                used |= set(known)
            elif name.startswith(COMPATIBILITY):
                del element.attrib[name]
            elif short == "Requires":
                used |= set(value.split())
    etree.cleanup_namespaces(root, keep_ns_prefixes=sorted(used))
