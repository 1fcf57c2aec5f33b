"""Files for the sample: PDFs, Word documents and portraits, generated on loading."""

import io
import random
import re
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

TITLE = ParagraphStyle("title", fontName="Times-Bold", fontSize=17, leading=22, spaceAfter=8 * mm)
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11.5, leading=16, spaceAfter=4 * mm)


def pdf(title: str, pages: list[list[str]]) -> SimpleUploadedFile:
    """Return a PDF as an upload; each page is a list of paragraphs."""
    story = [Paragraph(escape(title), TITLE)]
    for number, paragraphs in enumerate(pages):
        story += [PageBreak()] if number else []
        story += [Paragraph(marked(paragraph), BODY) for paragraph in paragraphs]
    file = io.BytesIO()
    margins = {"leftMargin": 28 * mm, "rightMargin": 28 * mm, "topMargin": 26 * mm, "bottomMargin": 26 * mm}
    SimpleDocTemplate(file, pagesize=A4, title=title, **margins).build([*story, Spacer(1, 1)])
    return SimpleUploadedFile("sample.pdf", file.getvalue())


def marked(text: str) -> str:
    """Return a paragraph with simple Markdown in the markup of the PDF library."""
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text.lstrip("# ")))
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", text)


def docx(title: str, pages: list[list[str]], *, right_to_left: bool = False) -> SimpleUploadedFile:
    """Return a Word document as an upload; each page is a list of paragraphs."""
    document = Docx()
    blocks = [document.add_heading(title, level=1)]
    for number, paragraphs in enumerate(pages):
        if number:
            document.add_page_break()
        blocks += [document.add_paragraph(paragraph) for paragraph in paragraphs]
    if right_to_left:
        for block in blocks:
            block.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT  # "left" is the leading side, here the right
            block._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    file = io.BytesIO()
    document.save(file)
    return SimpleUploadedFile("sample.docx", file.getvalue())


def portrait(seed: int) -> SimpleUploadedFile:
    """Return a picture of nobody, a figure on a coloured background; the same seed gives the same picture."""
    dice = random.Random(seed)  # noqa: S311 - a picture, not a secret
    ground, back, figure = (hue(dice, *band) for band in ((0.16, 0.9), (0.24, 0.8), (0.45, 0.45)))
    image = Image.new("RGB", (960, 960), ground)
    draw = ImageDraw.Draw(image)
    left = dice.randrange(-260, 160)
    draw.ellipse((left, 300, left + 1100, 1400), fill=back)
    draw.ellipse((150, 620, 810, 1500), fill=figure)
    draw.ellipse((320, 200, 640, 570), fill=figure)
    file = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(2)).save(file, "JPEG", quality=88)
    return SimpleUploadedFile("portrait.jpg", file.getvalue())


def hue(dice: random.Random, saturation: float, value: float) -> tuple[int, int, int]:
    """Return a colour of random hue as red, green and blue from 0 to 255."""
    colour = Image.new("HSV", (1, 1), (dice.randrange(256), int(saturation * 255), int(value * 255)))
    return colour.convert("RGB").getpixel((0, 0))
