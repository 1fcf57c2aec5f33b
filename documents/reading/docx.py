"""The text of a Word document (ECMA-376), and the parts of its package."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from ..packages import open_package
from ..xml_trees import COMPATIBILITY, Element, parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Tracked deletions, phonetic guides (`rt`), and properties, in which a `tab` is a tab stop and not a character.
LEFT_OUT = {
    W + name for name in ("del", "moveFrom", "rt", "pPr", "rPr", "sdtPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr")
}
NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
INSTEAD = {
    **dict.fromkeys((W + "tab", W + "ptab"), "\t"), **dict.fromkeys((W + "br", W + "cr"), "\n"),
    W + "noBreakHyphen": "\u2011", W + "softHyphen": "\u00ad",
}  # fmt: skip
# What a formula shows by the place of its parts, so that 3/4 is not read as 34.
BEFORE = {M + "den": "/", M + "sup": "^"}


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


def pages(data: bytes) -> Iterator[str]:
    """Yield the text of the body with its notes, without comments and tracked deletions.

    Raise the errors of `WordPackage`.
    """
    package = WordPackage(data)
    yield "".join(_Reader(package).text(package.body, []))


class _Reader:
    """Reads one document from start to end, counting its notes as `documents.structure` does."""

    def __init__(self, package: WordPackage) -> None:
        self.notes = {tag: package.notes(kind) for tag, kind in NOTES.items()}
        self.note_count = 0

    def text(self, holder: Element, after: list[str]) -> Iterator[str]:
        """Yield the text of an element piece by piece. What follows its paragraph is put into `after`."""
        for element in holder:
            if element.tag == W + "p":
                own_after: list[str] = []
                yield from self.text(element, own_after)
                yield "\n\n"
                yield from own_after
            elif element.tag in (W + "t", M + "t"):
                yield element.text or ""
            elif element.tag in INSTEAD:
                yield INSTEAD[element.tag]
            elif element.tag == W + "txbxContent":
                after.append("".join(self.text(element, [])))
            elif element.tag in NOTES:
                after.append(self._note(element))
            elif element.tag == COMPATIBILITY + "AlternateContent":
                yield from self.text(_shown_alternative(element), after)
            elif element.tag not in LEFT_OUT and not is_merged_above(element):
                yield BEFORE.get(element.tag, "")
                yield from self.text(element, after)
                yield "\n" if element.tag == W + "tr" else ""

    def _note(self, reference: Element) -> str:
        """Return the number and the text of the note to which a reference leads; nothing if there is none."""
        note = self.notes[reference.tag].get(reference.get(W + "id", ""))
        if note is None:
            return ""
        self.note_count += 1
        return f"{self.note_count} {''.join(self.text(note, [])).strip()}\n\n"


def _shown_alternative(alternatives: Element) -> Element:
    """Return the first alternative that has words, as Word shows the first that it knows; or else the last."""
    with_words = (one for one in alternatives if next(one.iter(W + "t"), None) is not None)
    return next(with_words, alternatives[-1] if len(alternatives) else alternatives)


def is_merged_above(element: Element) -> bool:
    """Return whether an element is a table cell that continues the cell above it."""
    merge = element.find(f"{W}tcPr/{W}vMerge") if element.tag == W + "tc" else None
    return merge is not None and merge.get(W + "val") != "restart"
