"""Plain text and Markdown, which need no conversion: staff write Markdown."""

from ..reading.plain import decode


def markdown(data: bytes) -> str:
    """Return the text as it is. Raise ValueError if it cannot be decoded."""
    return decode(data)
