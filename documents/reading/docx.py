import mammoth.docx
from mammoth import documents

from ..packages import open_package

AFTER = {documents.Paragraph: "\n\n", documents.TableRow: "\n"}
INSTEAD = {documents.Tab: "\t", documents.Break: "\n"}


def pages(data: bytes):
    """Yield the whole text: body and notes, without comments and without what tracked changes deleted."""
    document = mammoth.docx.read(open_package(data)).value
    yield "".join(parts(document))


def parts(element):
    """Yield the text of an element piece by piece.

    Not mammoth's own `extract_raw_text`: it drops line breaks, which glues words together.
    """
    if isinstance(element, documents.Text):
        yield element.value
    yield INSTEAD.get(type(element), "")
    for child in getattr(element, "children", ()):
        yield from parts(child)
    yield AFTER.get(type(element), "")
