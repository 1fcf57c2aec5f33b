"""A Word document as Markdown, with the numbers that Word counts."""

import re

from docx import Document

from documents.cleaning.addresses import LINK
from documents.cleaning.ooxml.vocabulary import W
from documents.cleaning.xml_trees import parse_xml
from documents.packages import open_package
from documents.structure.blocks import Block, numbered, write
from documents.structure.counted import counted
from documents.structure.numbering import Numbering, key
from documents.structure.runs import Run, inline, plain
from documents.structure.tables import table
from documents.structure.word_styles import Styles

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# What is read through, as if it were not there; whatever else stands beside runs says nothing.
HOLDERS = {W + name for name in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "dir", "bdo")}
INSTEAD = {W + "tab": "\t", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "-"}
NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
SHORT = 120  # characters that a line in bold may have to be a heading
ENDS = (".", ";", ",", ":", "。", "،")


def markdown(data: bytes) -> str:
    """Return the text of a document as Markdown."""
    return write(Reader(Document(open_package(data))).blocks())


class Reader:
    """One document on its way: its parts, and how far its numbers and notes have come."""

    def __init__(self, document):
        self.body, self.rels = document.element.body, document.part.rels
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"), self.styles)
        self.notes = {kind: self._notes(kind) for kind in NOTES.values()}
        self.note_count, self.waiting = 0, []

    def blocks(self) -> list[Block]:
        """The document part by part."""
        return counted([self._element(element) for element in elements(self.body)])

    def _part(self, name):
        """The tree of another part of the document, or None."""
        found = next((rel for rel in self.rels.values() if rel.reltype.endswith(f"/{name}")), None)
        return None if found is None or found.is_external else parse_xml(found.target_part.blob)

    def _notes(self, kind):
        root = self._part(kind)
        return {} if root is None else {key(note, "id"): note for note in root if key(note, "type") is None}

    def _element(self, element):
        """The blocks of a paragraph or table with the notes that it refers to, and the number that Word gives it."""
        if element.tag == W + "tbl":
            made, number = self._table(element), None
        else:
            made, number = self._paragraph(element)
        notes, self.waiting = self.waiting, []
        return [*made, *(Block("note", text, label=label) for label, text in notes)], number

    def _table(self, element):
        rows = [[(self._cell(cell), span(cell)) for cell in own(row, W + "tc")] for row in own(element, W + "tr")]
        return [Block("table", table(rows))] if rows else []

    def _cell(self, cell):
        if (merged := cell.find(f"{W}tcPr/{W}vMerge")) is not None and key(merged, "val") != "restart":
            return ""
        texts = []
        for paragraph in cell.iter(W + "p"):
            number = self.numbering.next(paragraph)
            text = inline(list(self._runs(paragraph, paragraph))).strip()
            texts.append(f"{number.shown} {text}".strip() if number else text)
        return " ".join(text for text in texts if text)

    def _paragraph(self, element):
        runs = list(self._runs(element, element))
        if not "".join(run.text + run.note for run in runs).strip():
            return [], None
        number, level = self.numbering.next(element), self.styles.heading_level(element)
        if not level and not (number and number.kind == "decimal") and is_bold_line(runs):
            level = 2
        if level:
            text = f"{number.shown if number else ''} {plain(runs)}"
            return [Block("heading", re.sub(r"\s+", " ", text).strip(), level)], None
        return [numbered(tidy(inline(runs)))] if number is None else [Block("paragraph", tidy(inline(runs)))], number

    def _runs(self, holder, paragraph, link=""):
        for element in holder:
            if element.tag == W + "r":
                yield from self._run(element, paragraph, link)
            elif element.tag == W + "hyperlink":
                yield from self._runs(element, paragraph, self._address(element))
            elif element.tag in HOLDERS:
                yield from self._runs(element, paragraph, link)

    def _address(self, hyperlink):
        relation = self.rels.get(hyperlink.get(R + "id"))
        address = relation.target_ref if relation is not None and relation.is_external else ""
        return address.replace(" ", "%20") if LINK.match(address) and not address.startswith("#") else ""

    def _run(self, run, paragraph, link):
        look = {"bold": self.styles.has(run, paragraph, "b"), "italic": self.styles.has(run, paragraph, "i")}
        for child in run:
            if child.tag == W + "t":
                yield Run(child.text or "", link=link, **look)
            elif child.tag in INSTEAD:
                yield Run(INSTEAD[child.tag], link=link, **look)
            elif child.tag in NOTES and (note := self.notes[NOTES[child.tag]].get(key(child, "id"))) is not None:
                self.note_count += 1
                yield Run("", note=str(self.note_count))
                self.waiting.append((str(self.note_count), self._note(note)))

    def _note(self, note):
        texts = (tidy(inline(list(self._runs(paragraph, paragraph)))) for paragraph in note.iter(W + "p"))
        return " ".join(text for text in texts if text)


def elements(body):
    """The paragraphs and tables of a body, those in content controls too; a table of one cell is but a frame."""
    for element in body:
        if element.tag == W + "tbl" and len(cells := [*own(element, W + "tc")]) == 1:
            yield from elements(cells[0])
        elif element.tag in (W + "p", W + "tbl"):
            yield element
        elif element.tag in (W + "sdt", W + "sdtContent"):
            yield from elements(element)


def own(holder, tag):
    """What a table or a row holds itself, and no table in one of its cells."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag != W + "tc":
            yield from own(child, tag)


def tidy(text):
    """A line without the blanks that only move words about; a tab behind a first number stays, as it parts the two."""
    head, tab, rest = text.strip().partition("\t")
    return (
        re.sub(r"\s+", " ", head)
        + (tab if head.strip("*").isdigit() else " " if tab else "")
        + re.sub(r"\s+", " ", rest)
    )


def span(cell):
    """How many columns a cell is wide."""
    found = cell.find(f"{W}tcPr/{W}gridSpan")
    return int(key(found, "val")) if found is not None else 1


def is_bold_line(runs):
    """Whether a short line is bold from end to end, as headings are where no style says so."""
    words = [run for run in runs if run.text.strip()]
    text = "".join(run.text for run in words).strip()
    return all(run.bold for run in words) and len(text) <= SHORT and not text.endswith(ENDS) and not text[0].isdigit()
