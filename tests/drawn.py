"""Render the pages of a PDF."""

import pypdfium2


def pictures(data: bytes) -> list[bytes]:
    """Return the pixels of each page."""
    return [page.render(scale=1.5).to_pil().tobytes() for page in pypdfium2.PdfDocument(data)]
