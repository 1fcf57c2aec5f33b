"""PDFs drawn line by line, rule by rule."""

import io

from reportlab.pdfgen.canvas import Canvas


def canvas_of(*draw) -> bytes:
    """A PDF of pages that functions draw, each given the canvas."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for page in draw:
        canvas.setFont("Helvetica", 11)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def drawn(*pages) -> bytes:
    """A PDF of lines: (left, height, text) in the text's size, or with a font and a size behind."""
    return canvas_of(*(lambda canvas, page=page: write(canvas, page) for page in pages))


def write(canvas, lines):
    """Write lines on a page."""
    for left, height, text, *look in lines:
        canvas.setFont(*(look or ("Helvetica", 11)))
        canvas.drawString(left, height, text)
