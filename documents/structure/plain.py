from documents.reading.plain import decode


def markdown(data: bytes) -> str:
    """Return a text as it is: Markdown is what staff write."""
    return decode(data)
