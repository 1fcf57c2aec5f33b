"""A PDF that was cut off is refused where words are lost, and is read whole where only its table is."""

import io
from collections import Counter

import pikepdf
import pytest

from documents.cleaning.pdf.document import clean_pdf
from documents.errors import UnreadableError
from documents.reading.pdf import pages
from tests import files

WORDS = [f"Page {number}: the fee was paid before departure and was never paid back." for number in range(1, 9)]


def saved(**options):
    """Return the same pages as another program writes them."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf(WORDS))) as pdf:
        pdf.save(file, **options)
    return file.getvalue()


def corrected():
    """Return a PDF to whose end a correction of its pages was added, as forms are saved."""
    whole = files.pdf(WORDS)
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        page = pdf.pages[0].obj.objgen[0]
    added = f"\n{page} 0 obj\n<< /Type /Page /MediaBox [0 0 99 99] >>\nendobj\n".encode()
    table = f"xref\n{page} 1\n{len(whole) + 1:010} 00000 n \n".encode()
    trailer = whole[whole.rfind(b"trailer") : whole.rfind(b">>")] + f"/Prev {whole.split()[-2].decode()} >>\n".encode()
    return whole + added + table + trailer + f"startxref\n{len(whole) + len(added)}\n%%EOF\n".encode()


MADE = {
    "plain": lambda: files.pdf(WORDS),
    "in object streams": lambda: saved(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "linearized": lambda: saved(linearize=True),
}


def texts(read, data):
    """Return what is read of a file, or None if it is refused."""
    try:
        return read(data)
    except (UnreadableError, pikepdf.PdfError):
        return None


def cleaned_pages(data):
    return list(pages(clean_pdf(data, Counter())))


@pytest.mark.parametrize("read", [lambda data: list(pages(data)), cleaned_pages], ids=["read", "cleaned"])
@pytest.mark.parametrize("made", MADE)
def test_no_word_is_lost_in_silence(made, read):
    data = MADE[made]()
    whole = texts(read, data)
    assert [text.strip() for text in whole] == WORDS
    found = [texts(read, data[: len(data) * part // 40]) for part in range(8, 40)]
    assert all(text in (None, whole) for text in found)
    assert found.count(None) > len(found) / 3


def test_a_correction_that_was_cut_off_is_not_left_out_in_silence():
    data = corrected()
    assert len(list(pages(data))) == len(WORDS)
    cut = data[: data.rfind(b"/MediaBox")]
    with pytest.raises(UnreadableError, match="damaged"):
        list(pages(cut))


@pytest.mark.parametrize("after", [b"\0" * 300, b"\r\n<!-- sent by a scanner -->", b"\n%%EOF\n"])
def test_something_after_the_end_is_no_fault(after):
    assert [text.strip() for text in pages(files.pdf(WORDS) + after)] == WORDS


def test_a_file_that_lacks_only_its_table_of_objects_is_read():
    data = files.pdf(WORDS)
    without = data[: data.rfind(b"trailer")]
    assert [text.strip() for text in cleaned_pages(without)] == WORDS
