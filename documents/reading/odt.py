"""Text of OpenDocument texts."""

import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax.handler import ContentHandler

from defusedxml.sax import parseString
from odf.namespaces import OFFICENS, TEXTNS
from odf.opendocument import load

from ..packages import open_package

# Comments and tracked deletions are not part of what an author published.
LEFT_OUT = {(OFFICENS, "annotation"), (TEXTNS, "tracked-changes")}
# Text that replaces an element, and text that follows one.
REPLACEMENTS = {(TEXTNS, "tab"): "\t", (TEXTNS, "line-break"): "\n"}
AFTER = {(TEXTNS, "p"): "\n\n", (TEXTNS, "h"): "\n\n"}
SPACES = (TEXTNS, "s")
MAX_SPACES = 100


def pages(data: bytes) -> Iterator[str]:
    """Yield the whole text as one page: body and notes, without comments and tracked deletions.

    Raise an error of the XML parser if the content is not well-formed.
    """
    package = open_package(data)
    with zipfile.ZipFile(package) as archive:
        # odfpy prints XML errors and continues with half the text; this parser raises them.
        parseString(archive.read("content.xml"), ContentHandler())
    yield "".join(parts(load(package).text))


def parts(node: Any) -> Iterator[str]:
    """Yield the text of a node of odfpy's document, piece by piece."""
    if node.nodeType == node.TEXT_NODE:
        yield node.data
        return
    if node.nodeType != node.ELEMENT_NODE or node.qname in LEFT_OUT:
        return
    if node.qname == SPACES:
        yield " " * min(int(node.getAttribute("c") or 1), MAX_SPACES)
    yield REPLACEMENTS.get(node.qname, "")
    for child in node.childNodes:
        yield from parts(child)
    yield AFTER.get(node.qname, "")
