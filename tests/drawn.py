"""Render the pages of a PDF."""

import pypdfium2


def pictures(data: bytes) -> list[bytes]:
    """Return the pixels of each page, with its form fields."""
    pdf = pypdfium2.PdfDocument(data)
    pdf.init_forms()
    return [page.render(scale=1.5).to_pil().tobytes() for page in pdf]
