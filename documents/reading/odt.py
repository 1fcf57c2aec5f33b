"""The text of an OpenDocument text (ODF 1.3, part 3), and the parts of its package."""

import zipfile
from collections.abc import Iterator

from ..packages import open_package
from ..xml_trees import Element, parse_xml

NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TEXT, DRAW = (f"{{{NAMESPACE}:{name}:1.0}}" for name in ("office", "text", "drawing"))
SVG = f"{{{NAMESPACE}:svg-compatible:1.0}}"
# Comments and what tracked changes deleted are not part of what an author published. Phonetic guides repeat its words.
LEFT_OUT = {OFFICE + "annotation", TEXT + "tracked-changes", TEXT + "ruby-text"}
INSTEAD = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
PARAGRAPHS = {TEXT + "p", TEXT + "h"}
# What a program shows or reads aloud elsewhere than where it is in a paragraph.
APART = {TEXT + "note", DRAW + "text-box", SVG + "title", SVG + "desc"}
MIXED = PARAGRAPHS | {TEXT + name for name in ("span", "a", "meta", "meta-field", "ruby-base")}
MAX_SPACES = 100


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


def pages(data: bytes) -> Iterator[str]:
    """Yield the whole text: body and notes, without comments and tracked deletions.

    Raise the errors of `OpenDocumentPackage`.
    """
    yield "".join(text_of(OpenDocumentPackage(data).body))


def text_of(element: Element, after: list[str] | None = None) -> Iterator[str]:
    """Yield the text of an element and of all that it holds, piece by piece.

    The notes and text boxes of a paragraph follow it, so that they divide no sentence: they are put into `after`.
    """
    if element.tag in LEFT_OUT:
        return
    if after is not None and element.tag in APART:
        after.append(_text_apart(element))
        return
    is_paragraph = element.tag in PARAGRAPHS
    own_after: list[str] | None = [] if is_paragraph else after
    if element.tag == TEXT + "s":
        yield " " * min(int(element.get(TEXT + "c") or 1), MAX_SPACES)
    yield INSTEAD.get(element.tag, "")
    yield _own_text(element, element.text)
    for child in element:
        yield from text_of(child, own_after)
        yield _own_text(element, child.tail)
    if is_paragraph:
        yield "\n\n"
        yield from own_after or ()


def _text_apart(element: Element) -> str:
    """Return the text of a note, which begins with its number, or that of a text box or a picture."""
    number = element.findtext(TEXT + "note-citation", "")
    parts = ("".join(text_of(child)) for child in element if child.tag != TEXT + "note-citation")
    words = f"{element.text or ''}{''.join(parts)}".strip()
    return f"{number} {words}".strip() + "\n\n"


def _own_text(element: Element, text: str | None) -> str:
    """Return text that an element holds itself; between the elements of a list or a table, white space is layout."""
    return text if text and (element.tag in MIXED or text.strip()) else ""
