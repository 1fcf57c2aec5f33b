"""Plain text and Markdown, decoded; and the normalization of text from files of every kind."""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# PDFium marks a hyphen that breaks a word at the end of a line with one of these.
BROKEN_WORD = re.compile("[\x02\ufffe]\n")
LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
# Databases and XML accept none of these: controls other than tab and newline, lone surrogates, noncharacters.
UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

# Putting marks in their canonical order takes quadratic time, and no script has so many on a letter. Unicode advises a
# joiner between them (UAX 15, section 13).
MANY_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711\u0730-\u074a\u093c\u094d"
    "\u0e38-\u0e4b\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u302a-\u302f\u3099\u309a\ufe20-\ufe2f]{30})"
)
JOINER = "\u034f"


def decode_text(data: bytes) -> str:
    """Return text that is encoded in UTF-8, with or without a byte order mark, or in UTF-16 with one.

    Raise ValueError (UnicodeDecodeError is one) for any other encoding, and for text that contains a NUL.
    """
    text = data.decode("utf-16" if data.startswith(UTF16_MARKS) else "utf-8-sig")
    if "\0" in text:
        raise ValueError("text contains a NUL")
    return text


def each_once(texts: Iterable[str]) -> Iterator[str]:
    """Yield the headers and footers of a document, each once, as paragraphs. Those without letters are left out."""
    for text in dict.fromkeys(one.strip() for one in texts):
        if any(letter.isalpha() for letter in text):
            yield f"{text}\n\n"


def pages(data: bytes) -> Iterator[str]:
    """Yield the whole text as one page."""
    yield decode_text(data)


def normalize_text(text: str) -> str:
    """Return text in NFC with plain line ends, hyphenated words rejoined, and only characters that can be stored."""
    text = BROKEN_WORD.sub("", LINE_ENDS.sub("\n", text))
    text = MANY_MARKS.sub(rf"\1{JOINER}", UNSTORABLE.sub("", text))
    return unicodedata.normalize("NFC", text).strip()
