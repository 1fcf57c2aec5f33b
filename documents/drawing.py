"""Draws HTML as a tagged PDF file, in the worker process. It loads nothing: all that it draws is in the HTML."""

from PIL import ImageFile
from weasyprint import HTML
from weasyprint.urls import URLFetcher

# WeasyPrint lets Pillow draw pictures that are cut off, in the whole process. Here they count as faulty.
ImageFile.LOAD_TRUNCATED_IMAGES = False


def tagged_pdf(data: bytes) -> bytes:
    """Return a page of HTML as PDF/UA-1. Its style is in a `style` element."""
    page = HTML(string=data.decode(), url_fetcher=URLFetcher(allowed_protocols=()))
    drawn: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return drawn
