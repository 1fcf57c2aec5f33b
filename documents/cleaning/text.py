"""Clean copies of plain text and Markdown: UTF-8 without a byte order mark; Markdown without what is never shown."""

from collections import Counter

from ..reading.text import decode_text
from .md.document import clean


def clean_text(data: bytes, found: Counter[str]) -> bytes:
    """Return text in UTF-8; `found` stays as it is. Raise ValueError if the data is not text."""
    return decode_text(data).encode() or b"\n"


def clean_markdown(data: bytes, found: Counter[str]) -> bytes:
    """Return Markdown in UTF-8 with only what a reader of the formatted text sees; `found` counts what was removed.

    Raise ValueError if the data is not text.
    """
    text = decode_text(data).replace("\r\n", "\n")
    return clean(text, found).encode() or b"\n"
