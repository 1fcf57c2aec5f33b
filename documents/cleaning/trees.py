"""XML of office files as trees: parsed without entities and without the network, cut, and written again."""

import re

from lxml import etree

PATH = re.compile(
    r"file:|\b[a-z]:[\\/]{1,2}\w|\\\\[\w.]+\\|(?:^|\s)~?/(?:home|Users|tmp|media|mnt|var)/", re.IGNORECASE
)
FILE_NAME = re.compile(
    r"\.(?:jpe?g|png|gif|bmp|tiff?|webp|heic|svg|[ew]mf|pdf|docx?|odt|rtf|txt|xlsx?|pptx?)\s*$", re.IGNORECASE
)
LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)


def parse(data: bytes):
    """Return the root of a document, without comments and instructions; raises ValueError for one with a DTD."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    # No office program writes one, and what bombs are made of stands there.
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("document type declaration")
    return root


def written(root) -> bytes:
    """Return a document as UTF-8."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def attributes(element):
    """Yield each attribute as its whole name, its name without the namespace, and its value."""
    for name, value in list(element.attrib.items()):
        yield name, name.rpartition("}")[2], value


def remove(element) -> None:
    """Take an element out; the text after it is not part of it, and stays."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    parent.remove(element)


def unwrap(element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    place = parent.index(element)
    _add_text(parent, place, element.text)
    for offset, child in enumerate(list(element)):
        parent.insert(place + offset, child)
    remove(element)


def _add_text(parent, place: int, text: str | None) -> None:
    if text and place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + text
    elif text:
        parent.text = (parent.text or "") + text


def tells_a_file(text: str) -> bool:
    """Tell whether words hold the path or the name of a file."""
    return bool(PATH.search(text) or FILE_NAME.search(text))


def is_open_link(address: str) -> bool:
    """Tell whether an address leads to the web, a mailbox or a place in the same document."""
    return bool(LINK.match(address.strip()))
