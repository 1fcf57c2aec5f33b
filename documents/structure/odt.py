"""An OpenDocument text as Markdown: headings, paragraphs with their typed numbers, lists with bullets."""

from odf.namespaces import TEXTNS
from odf.opendocument import load

from documents.apart.package import open_package
from documents.reading.odt import parts
from documents.structure.blocks import Block, numbered, write


def markdown(data: bytes) -> str:
    """Return the text of a document as Markdown; numbers that its lists count by themselves are not read."""
    return write([block for block in blocks(load(open_package(data)).text) if block.text])


def blocks(node, depth=-1):
    """The headings, paragraphs and items below a node, in order; `depth` is that of the list it stands in."""
    for child in node.childNodes:
        name = getattr(child, "qname", None)
        if name == (TEXTNS, "h"):
            yield Block("heading", words(child), min(4, int(child.getAttribute("outlinelevel") or 1) + 1))
        elif name == (TEXTNS, "p"):
            yield Block("item", words(child), depth) if depth >= 0 else numbered(words(child))
        elif name in ((TEXTNS, "list"), (TEXTNS, "list-item"), (TEXTNS, "section")):
            yield from blocks(child, depth + (name[1] == "list"))


def words(node):
    """The text of a paragraph on one line."""
    return " ".join("".join(parts(node)).split())
