"""PDFs drawn from single lines of text and rules."""

import io

from reportlab.pdfgen.canvas import Canvas


def canvas_of(*draw) -> bytes:
    """Return a PDF with one page for each function, which draws it on the canvas."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for page in draw:
        canvas.setFont("Helvetica", 11)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def drawn(*pages) -> bytes:
    """Return a PDF of lines: (left, height, text) in the default font, or followed by a font and a size."""
    return canvas_of(*(lambda canvas, page=page: write(canvas, page) for page in pages))


def write(canvas, lines):
    """Write lines on a page."""
    for left, height, text, *look in lines:
        canvas.setFont(*(look or ("Helvetica", 11)))
        canvas.drawString(left, height, text)
