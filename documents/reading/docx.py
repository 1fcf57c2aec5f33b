"""The text of a Word document (ECMA-376)."""

from collections.abc import Iterator

from ..xml_trees import COMPATIBILITY, Element
from .list_numbers import numbered
from .text import each_once
from .word_drawings import DRAWINGS, A, drawn_words
from .word_notes import NoteTexts
from .word_numbering import Numbering
from .word_package import NOTES, W, WordPackage
from .word_styles import Styles

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Tracked deletions, phonetic guides (`rt`), and properties, in which a `tab` is a tab stop and not a character.
LEFT_OUT = {
    W + name for name in ("del", "moveFrom", "rt", "pPr", "rPr", "sdtPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr")
}
INSTEAD = {
    **dict.fromkeys((W + "tab", W + "ptab"), "\t"), **dict.fromkeys((W + "br", W + "cr"), "\n"),
    W + "noBreakHyphen": "\u2011", W + "softHyphen": "\u00ad",
}  # fmt: skip
AFTERWARDS = {W + "txbxContent", A + "p", *DRAWINGS, *NOTES}
# Signs for what a formula shows by position, so that 3/4 is not read as 34.
BEFORE = {M + "den": "/", M + "sup": "^"}


def pages(data: bytes) -> Iterator[str]:
    """Yield the text of the body with its notes, charts, diagrams and automatic numbers, then headers and footers.

    Comments and tracked deletions are left out.

    Raise the errors of `WordPackage`.
    """
    package = WordPackage(data)
    reader = _Reader(package)
    margins = ("".join(reader.text(root, [])) for root in package.margins())
    yield "".join([*reader.text(package.body, []), *each_once(margins)])


class _Reader:
    """Reads one document from start to end, counting its notes and its automatic numbers."""

    def __init__(self, package: WordPackage) -> None:
        self.package = package
        self.notes = {tag: package.notes(kind) for tag, kind in NOTES.items()}
        self.note_count = 0
        self.note_texts = NoteTexts(lambda note: "".join(self.text(note, [])).strip())
        self.numbering = Numbering(package.part("numbering"), Styles(package.part("styles")))

    def text(self, holder: Element, after: list[str]) -> Iterator[str]:
        """Yield the text of an element piece by piece. What follows its paragraph is put into `after`."""
        for element in holder:
            if element.tag == W + "p":
                yield from self._paragraph(element)
            elif element.tag in (W + "t", M + "t", A + "t"):
                yield element.text or ""
            elif element.tag in INSTEAD:
                yield INSTEAD[element.tag]
            elif element.tag in AFTERWARDS:
                after.append(self._text_afterwards(element))
            elif element.tag == COMPATIBILITY + "AlternateContent":
                yield from self.text(_shown_alternative(element), after)
            elif element.tag not in LEFT_OUT and not is_merged_above(element):
                yield BEFORE.get(element.tag, "")
                yield from self.text(element, after)
                yield "\n" if element.tag == W + "tr" else ""

    def _paragraph(self, element: Element) -> Iterator[str]:
        number = self.numbering.next(element)
        after: list[str] = []
        words = "".join(self.text(element, after))
        yield numbered(words, number)
        yield "\n\n"
        yield from after

    def _text_afterwards(self, element: Element) -> str:
        """Return what follows the paragraph: the words of a text box or a drawing, or a note."""
        if element.tag in NOTES:
            return self._note(element)
        if element.tag in DRAWINGS:
            return drawn_words(self.package, element)
        return "".join(self.text(element, [])) + ("\n" if element.tag == A + "p" else "")

    def _note(self, reference: Element) -> str:
        """Return the number and the text of the note to which a reference leads; nothing if there is none."""
        note = self.notes[reference.tag].get(reference.get(W + "id", ""))
        if note is None:
            return ""
        self.note_count += 1
        number = self.note_count  # before those of notes in this one
        return f"{number} {self.note_texts.shown_by_reference(note)}\n\n"


def _shown_alternative(alternatives: Element) -> Element:
    """Return the first alternative that has words, as Word shows the first that it knows; or else the last."""
    with_words = (one for one in alternatives if next(one.iter(W + "t"), None) is not None)
    return next(with_words, alternatives[-1] if len(alternatives) else alternatives)


def is_merged_above(element: Element) -> bool:
    """Return whether an element is a table cell that continues the cell above it."""
    merge = element.find(f"{W}tcPr/{W}vMerge") if element.tag == W + "tc" else None
    return merge is not None and merge.get(W + "val") != "restart"
