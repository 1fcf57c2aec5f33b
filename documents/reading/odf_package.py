"""The parts of the package of an OpenDocument text (ODF 1.3, part 3)."""

import zipfile

from ..packages import open_package
from ..xml_trees import Element, parse_xml

NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TEXT, TABLE, DRAW, STYLE = (
    f"{{{NAMESPACE}:{name}:1.0}}" for name in ("office", "text", "table", "drawing", "style")
)
SVG = f"{{{NAMESPACE}:svg-compatible:1.0}}"


class OpenDocumentPackage:
    """The parts of an OpenDocument text: its content, and its styles if it has some.

    Raise UnreadableError if the package unpacks to more than is allowed, and ValueError, KeyError or BadZipFile if it
    is not an OpenDocument text.
    """

    def __init__(self, data: bytes):
        with zipfile.ZipFile(open_package(data)) as archive:
            self.content = parse_xml(archive.read("content.xml"))
            self.styles = parse_xml(archive.read("styles.xml")) if "styles.xml" in archive.namelist() else None

    @property
    def body(self) -> Element:
        """The body of the text, whose children are its paragraphs, lists and tables."""
        body = self.content.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise ValueError("no text")
        return body
