"""Text of Word documents."""

from collections.abc import Iterator
from typing import Any

import mammoth.docx
from mammoth import documents

from ..packages import open_package

# Text that follows an element, and text that replaces one.
AFTER = {documents.Paragraph: "\n\n", documents.TableRow: "\n"}
REPLACEMENTS = {documents.Tab: "\t", documents.Break: "\n"}


def pages(data: bytes) -> Iterator[str]:
    """Yield the whole text as one page: body and notes, without comments and tracked deletions."""
    document = mammoth.docx.read(open_package(data)).value
    yield "".join(parts(document))


def parts(element: Any) -> Iterator[str]:
    """Yield the text of an element of mammoth's document, piece by piece.

    Mammoth's own `extract_raw_text` drops line breaks, which joins words.
    """
    if isinstance(element, documents.Text):
        yield element.value
    yield REPLACEMENTS.get(type(element), "")
    for child in getattr(element, "children", ()):
        yield from parts(child)
    yield AFTER.get(type(element), "")
