"""The parts of the package of a Word document (ECMA-376)."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from ..packages import open_package
from ..xml_trees import Element, parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MARGINS = ("header", "footer")
DRAWN_OVER = ("chartUserShapes",)  # parts of a chart that hold words
# What refers to a note, and the kind of the part that holds it.
NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}


@dataclass(frozen=True)
class Relationship:
    """A relationship of the main part: the last word of its type, and a part's name or an address outside."""

    kind: str
    target: str
    is_external: bool


class WordPackage:
    """The parts of a Word document, each parsed on demand.

    Raise UnreadableError if the package unpacks to more than is allowed, and ValueError, KeyError or BadZipFile if it
    is not a Word document.
    """

    def __init__(self, data: bytes):
        self._archive = zipfile.ZipFile(open_package(data))
        main = next((one.target for one in self._relationships("").values() if one.kind == "officeDocument"), "")
        self.document = self._tree(main)
        self.relationships = self._relationships(main)

    @property
    def body(self) -> Element:
        """The body of the document, whose children are its paragraphs and tables."""
        body = self.document.find(W + "body")
        if body is None:
            raise ValueError("no body")
        return body

    def part(self, kind: str) -> Element | None:
        """Return the root of another part, such as `styles` or `footnotes`, or None if the document has none."""
        found = next((one for one in self.relationships.values() if one.kind == kind), None)
        return None if found is None or found.is_external else self._tree(found.target)

    def margins(self) -> Iterator[Element]:
        """Yield the root of each header and footer of the document."""
        of_margins = (one.target for one in self.relationships.values() if one.kind in MARGINS and not one.is_external)
        for target in dict.fromkeys(of_margins):
            if target in self._archive.namelist():
                yield self._tree(target)

    def related(self, relationship_id: str | None, kind: str) -> Iterator[Element]:
        """Yield the root of the part of a kind to which an id of the main part leads, and those that it refers to."""
        one = self.relationships.get(relationship_id or "")
        if one is None or one.kind != kind or one.is_external or one.target not in self._archive.namelist():
            return
        yield self._tree(one.target)
        for further in self._relationships(one.target).values():
            if further.kind in DRAWN_OVER and further.target in self._archive.namelist():
                yield self._tree(further.target)

    def notes(self, kind: str) -> dict[str, Element]:
        """Return the notes of a kind, `footnotes` or `endnotes`, by their ids, without the lines that divide them."""
        root = self.part(kind)
        return {note.get(W + "id", ""): note for note in (() if root is None else root) if note.get(W + "type") is None}

    def _tree(self, name: str) -> Element:
        return parse_xml(self._archive.read(name))

    def _relationships(self, source: str) -> dict[str, Relationship]:
        """Return the relationships of a part by their ids; those of the package if the source is empty."""
        folder, base = posixpath.split(source)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self._archive.namelist():
            return {}
        return {one.get("Id", ""): _relationship(one, folder) for one in self._tree(name).iter(RELATIONSHIP)}


def _relationship(element: Element, folder: str) -> Relationship:
    target, is_external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not is_external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relationship(element.get("Type", "").rpartition("/")[2], target, is_external)
