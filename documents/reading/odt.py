import zipfile
from xml.sax.handler import ContentHandler

from defusedxml.sax import parseString
from odf.namespaces import OFFICENS, TEXTNS
from odf.opendocument import load

from ..packages import open_package

# Comments and what tracked changes deleted are not part of what an author published.
LEFT_OUT = {(OFFICENS, "annotation"), (TEXTNS, "tracked-changes")}
INSTEAD = {(TEXTNS, "tab"): "\t", (TEXTNS, "line-break"): "\n"}
AFTER = {(TEXTNS, "p"): "\n\n", (TEXTNS, "h"): "\n\n"}
SPACES = (TEXTNS, "s")


def pages(data: bytes):
    """Yield the whole text: body and notes, without comments and without what tracked changes deleted."""
    package = open_package(data)
    with zipfile.ZipFile(package) as archive:
        # odfpy prints a mistake in the XML and goes on with half the text; here it raises.
        parseString(archive.read("content.xml"), ContentHandler())
    yield "".join(parts(load(package).text))


def parts(node):
    """Yield the text of a node piece by piece."""
    if node.nodeType == node.TEXT_NODE:
        yield node.data
        return
    if node.nodeType != node.ELEMENT_NODE or node.qname in LEFT_OUT:
        return
    if node.qname == SPACES:
        yield " " * min(int(node.getAttribute("c") or 1), 100)
    yield INSTEAD.get(node.qname, "")
    for child in node.childNodes:
        yield from parts(child)
    yield AFTER.get(node.qname, "")
