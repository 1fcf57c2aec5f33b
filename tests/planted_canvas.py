"""PDFs drawn for the tests of what a person sees on their pages."""

import io

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import black
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595, 842


def line(canvas, text, left=72, top=700, size=12, color=black, **options):
    """Write a line of text."""
    canvas.setFillColor(color)
    canvas.setFont("Helvetica", size)
    canvas.drawString(left, top, text, **options)


def box(canvas, color=black, left=70, bottom=690, width=300, height=30):
    """Draw a filled box, by default a black one that covers a line."""
    canvas.setFillColor(color)
    canvas.rect(left, bottom, width, height, stroke=0, fill=1)


def picture(draw=None, size=(600, 60), color="black"):
    """Return a picture of one colour."""
    image = Image.new("RGB", size, color)
    if draw:
        draw(ImageDraw.Draw(image))
    return ImageReader(image)


def scan_picture(words, *, blackened=False):
    """Return a scanned page."""
    image = Image.new("L", (WIDTH * 2, HEIGHT * 2), 245)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(24)
    for number, word in enumerate(words):
        pen.text((144, 2 * (HEIGHT - 712 + 30 * number)), word, font=font, fill=20)
    if blackened:
        pen.rectangle((140, 2 * (HEIGHT - 714) + 60, 700, 2 * (HEIGHT - 714) + 100), fill=0)
    return ImageReader(image)


def recognized(canvas, words):
    """Write the words of a scan as recognition programs do: invisibly, in their places."""
    for number, word in enumerate(words):
        line(canvas, word, top=700 - 30 * number, mode=3)


def pdf(*pages) -> bytes:
    """Return a PDF with one page for each function, which draws it."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=0)
    for page in pages:
        page(canvas)
        line(canvas, "SHOWN on each page", top=60)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def annotated(kind, **keys) -> bytes:
    """Return a PDF whose text lies under an annotation of this kind on its second page."""
    file = io.BytesIO()
    with pikepdf.open(
        io.BytesIO(pdf(lambda canvas: None, lambda canvas: line(canvas, "PLANT under an annotation")))
    ) as made:
        look = made.make_stream(b"0 g 0 0 300 30 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                                BBox=pikepdf.Array([0, 0, 300, 30]))  # fmt: skip
        made.pages[1].obj.Annots = pikepdf.Array([made.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{kind}"), Rect=pikepdf.Array([70, 690, 370, 720]), F=4,
            AP=pikepdf.Dictionary(N=look), **keys))])  # fmt: skip
        made.save(file)
    return file.getvalue()
