from documents.reading.text import decode_text


def markdown(data: bytes) -> str:
    """Return a text as it is: Markdown is what staff write."""
    return decode_text(data)
