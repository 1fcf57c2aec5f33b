"""Summaries of meetings, generated as Word and PDF files; every sentence is invented."""

import io

from docx import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

SUBJECTS = ["ferries", "orchards", "libraries", "bakeries"]
TEXTS = [
    f"Speaker {number} described how the {SUBJECTS[number % 4]} of an invented island were counted {number + 2} times, "
    f"and asked that the twenty-one wardens of the harbour be heard before the {number}th count is repeated. "
    "Several participants agreed; others recalled that counting alone has never built a quay, and that the "
    "representatives of the smaller villages should be given the time to answer in their own languages."
    for number in range(1, 41)
]
LEVELS = [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"), ("decimal", "%1.%4")]


def level_xml(level, kind, text):
    return f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'


class Word:
    """A Word document with lists that Word numbers automatically."""

    def __init__(self):
        self.document = Docx()
        self.numbering = self.document.part.numbering_part.element
        self.notes = []

    def list(self, levels=LEVELS, *, of=None, start=None):
        """Add a list, or one that continues the numbering of the list `of` unless it has a `start`; return its id."""
        number = 900 + len(self.numbering)
        if of is None:
            inner = "".join(level_xml(level, *look) for level, look in enumerate(levels))
            abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inner}</w:abstractNum>')
            self.numbering.insert(0, abstract)
        override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
        self.numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{of or number}"/>{override}</w:num>'
            )
        )
        return number

    def item(self, text, of, level=0):
        """Add a paragraph that a list numbers."""
        paragraph = self.document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>')
        )
        return paragraph

    def note(self, paragraph, text):
        """Add a footnote at the end of a paragraph."""
        self.notes.append(text)
        paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'))

    def content(self):
        """Return the document as bytes."""
        if self.notes:
            notes = "".join(
                f'<w:footnote w:id="{at}"><w:p><w:r><w:footnoteRef/></w:r>'
                f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p>'
                "</w:footnote>"
                for at, text in enumerate(self.notes, start=1)
            )
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
            xml = f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>".encode()
            part = Part(PackURI("/word/footnotes.xml"), kind, xml, self.document.part.package)
            self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()


def forty_in_word() -> bytes:
    """Return a summary of forty paragraphs numbered by Word, under four headings, with lists, a note and a table."""
    word = Word()
    word.document.add_heading("Summary of an invented meeting", 0)
    counted = word.list()
    for number, text in enumerate(TEXTS, start=1):
        if number % 10 == 1:
            word.document.add_heading(f"Part {number // 10 + 1}", 1)
        paragraph = word.item(text, counted)
        if number == 12:
            word.note(paragraph, "A note on the twelfth.")
        if number == 7:
            word.item("the first of two", counted, 1)
            word.item("the second of two", counted, 1)
            word.item("and within it", counted, 2)
    table = word.document.add_table(2, 2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["Village", "Quays", "North", "2|3"], strict=True
    ):
        cell.text = text
    return word.content()


def forty_in_pdf() -> bytes:
    """Return the same summary as a PDF with page headers and footers, a footnote, and paragraphs across pages."""
    text = ParagraphStyle("text", fontName="Helvetica", fontSize=11, leading=15, spaceAfter=8, alignment=TA_JUSTIFY)
    heading = ParagraphStyle("heading", text, fontName="Helvetica-Bold", fontSize=14, leading=18, spaceBefore=12)
    title = ParagraphStyle("title", heading, fontSize=20, leading=26)
    story = [Paragraph("Summary of an invented meeting", title)]
    for number, words in enumerate(TEXTS, start=1):
        if number % 10 == 1:
            story.append(Paragraph(f"Part {number // 10 + 1}", heading))
        mark = "<super size=7>1</super>" if number == 2 else ""
        story.append(Paragraph(f"{number}.&nbsp;&nbsp;{words}{mark}", text))
    file = io.BytesIO()
    document = SimpleDocTemplate(file, invariant=1, topMargin=90, bottomMargin=110)
    document.build([*story, Spacer(1, 1)], onFirstPage=draw_header_and_footer, onLaterPages=draw_header_and_footer)
    return file.getvalue()


def draw_header_and_footer(canvas, document):
    """Draw what every page repeats, and a footnote on the first page."""
    canvas.setFont("Helvetica", 9)
    canvas.drawString(72, 800, "Invented meeting, working group 5")
    canvas.drawCentredString(300, 40, f"Page {document.page}")
    if document.page == 1:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 80, "1 A note that begins here and goes")
        canvas.drawString(72, 70, "on in a second line.")
