"""Addresses in documents: which of them may stay as links, and which words reveal a file or folder."""

import re

PATH = re.compile(
    r"file:|\b[a-z]:[\\/]{1,2}\w|\\\\[\w.]+\\|(?:^|\s)~?/(?:home|Users|tmp|media|mnt|var)/", re.IGNORECASE
)
FILE_NAME = re.compile(
    r"\.(?:jpe?g|png|gif|bmp|tiff?|webp|heic|svg|[ew]mf|pdf|docx?|odt|rtf|txt|xlsx?|pptx?)\s*$", re.IGNORECASE
)
LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
# The name and the password of a person before the name of a server.
ACCOUNT = re.compile(r"https?://[^/?#]*@", re.IGNORECASE)


def names_a_file(text: str) -> bool:
    """Return whether text contains the path or the name of a file."""
    return bool(PATH.search(text) or FILE_NAME.search(text))


def is_public_link(address: str) -> bool:
    """Return whether an address leads to the web, a mailbox or a place in the same document, and names no account."""
    return bool(LINK.match(address.strip())) and not ACCOUNT.match(address.strip())
