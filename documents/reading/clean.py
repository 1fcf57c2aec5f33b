import re
import unicodedata

# PDFium marks a hyphen that only breaks a word at the end of a line with one of these.
BROKEN_WORD = re.compile("[\x02\ufffe]\n")
LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
# Neither a database nor XML takes these: controls but for tab and newline, halves of pairs, non-characters.
UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """Return the text in NFC with plain line ends, words mended and nothing in it that cannot be stored."""
    text = BROKEN_WORD.sub("", LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", UNSTORABLE.sub("", text)).strip()
