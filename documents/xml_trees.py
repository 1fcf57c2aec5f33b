"""XML parts of office files as trees: parsed without entities or network access, edited and serialized."""

import re
from collections.abc import Iterator

from lxml import etree

from .errors import UnreadableError

Element = etree._Element  # lxml exports the class under no public name
# A document type definition comes before the root, after white space, comments and instructions.
DOCTYPE = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s++|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->)*+<!DOCTYPE"
)
HEAD = 65536  # bytes in which a definition is looked for
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def parse_xml(data: bytes) -> Element:
    """Return the root of a document, without comments and processing instructions.

    Raise UnreadableError("dtd") if the document has a document type definition, which may define entities without end
    and which office programs never write, and etree.XMLSyntaxError if it is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        # The parser stops at entities that would grow too large. In UTF-16 there are NULs between the letters.
        if DOCTYPE.match(data[:HEAD].replace(b"\0", b"")):
            raise UnreadableError("dtd") from error
        raise
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("dtd")
    return root


def serialize_xml(root: Element) -> bytes:
    """Return a document in UTF-8."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: Element) -> str:
    """Return the namespace of an element in braces, ready to be followed by a local name."""
    return str(element.tag).rpartition("}")[0] + "}"


def parent_of(element: Element) -> Element:
    """Return the parent of an element; raise ValueError for a root, where it means a malformed document."""
    parent = element.getparent()
    if parent is None:
        raise ValueError("element without a parent")
    return parent


def all_text(element: Element) -> str:
    """Return all text in an element."""
    return "".join(map(str, element.itertext()))


def find_outside(holder: Element, tag: str, closed: str) -> Iterator[Element]:
    """Yield the elements with a tag below another element, without looking into those with the tag `closed`.

    So the rows and cells of a table are told from those of tables inside its cells.
    """
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag != closed:
            yield from find_outside(child, tag, closed)


def attributes(element: Element) -> Iterator[tuple[str, str, str]]:
    """Yield each attribute as its full name, its name without the namespace, and its value."""
    for name, value in list(element.attrib.items()):
        yield str(name), str(name).rpartition("}")[2], str(value)


def remove_element(element: Element) -> None:
    """Remove an element and keep the text that follows it; a root stays."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    del element[:]  # lxml takes quadratic time to remove a large tree at once
    parent.remove(element)


def unwrap_element(element: Element) -> None:
    """Replace an element by its content; raise ValueError for a root."""
    parent, before = parent_of(element), element.getprevious()
    if element.text and before is not None:
        before.tail = (before.tail or "") + element.text
    elif element.text:
        parent.text = (parent.text or "") + element.text
    for child in list(element):
        element.addprevious(child)
    remove_element(element)


def drop_foreign_vocabularies(root: Element, known: tuple[str, ...]) -> None:
    """Remove elements and attributes whose namespaces start with none of these."""
    for element in list(root.iter("{*}*")):
        if not str(element.tag)[1:].startswith(known):
            if element.getparent() is not None:
                element.tail = None
                remove_element(element)
            continue
        for name, _short, _value in attributes(element):
            if name.startswith("{") and not name[1:].startswith(known):
                del element.attrib[name]
