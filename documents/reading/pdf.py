import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from documents.apart.faults import Unreadable
from documents.reading.rtl import in_reading_order

MAX_PAGES = 2000


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """Return the PDF, opened; raises Unreadable if it asks for a password or a lock we do not know."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY)
        raise Unreadable("locked" if locked else "damaged") from error


def pages(data: bytes):
    """Yield the text of each page; raises Unreadable."""
    pdf = open_pdf(data)
    if len(pdf) > MAX_PAGES:
        raise Unreadable("too_many_pages")
    for number in range(len(pdf)):
        page = pdf[number]
        words = page.get_textpage()
        yield in_reading_order(words.get_text_range(), words)
        words.close()
        page.close()
