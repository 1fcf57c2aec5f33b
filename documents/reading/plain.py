import codecs

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes) -> str:
    """Return the text of UTF-8, with or without a mark, or of UTF-16 with one.

    Raises ValueError (UnicodeDecodeError is one) for anything else, and for text that holds a NUL.
    """
    text = data.decode("utf-16" if data.startswith(UTF16_MARKS) else "utf-8-sig")
    if "\0" in text:
        raise ValueError("text holds a NUL")
    return text


def pages(data: bytes):
    """Yield the whole text."""
    yield decode(data)
