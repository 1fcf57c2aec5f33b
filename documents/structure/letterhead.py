"""The letterhead above the title of a document: names and addresses of an office, which are not part of its text."""

import re
from collections.abc import Sequence
from itertools import takewhile

from .blocks import Block

MAX_BLOCKS = 12  # at the top, among which the title is searched for
MAX_LENGTH = 300  # characters of a block; in a PDF all lines of a letterhead can be one
CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w"  # desk@office.example
    r"|\b(?:https?://|www\.)"
    r"|\+\d[\d\s().–-]{6,}\d"  # +43 1 000 0000
    r"|(?i:\b(?:tel|tél|telephone|téléphone|teléfono|phone|fax|телефон|тел|факс)\b|هاتف|فاكس|电话|传真)[^\d\n]{0,12}\d"
)


def without_letterhead(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a document without its letterhead.

    The letterhead is all above the title up to the last block with an address, and the lines in capitals directly after
    it, which are names of offices. All of it must be short. Without a title, a line in capitals may be the title.
    """
    above = _above_title(blocks)
    end = max((at for at, block in enumerate(above, start=1) if CONTACT.search(block.text)), default=0)
    has_title = blocks[len(above) : len(above) + 1] and blocks[len(above)].level == 1
    while has_title and end < len(above) and above[end].kind == "paragraph" and above[end].text.isupper():
        end += 1
    return list(blocks[end:])


def _above_title(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks above the title, or without a title above the first heading; none if one of them is text."""
    top = blocks[:MAX_BLOCKS]
    title = next((at for at, block in enumerate(top) if block.kind == "heading" and block.level == 1), None)
    if title is None:
        above = list(takewhile(lambda block: block.kind != "heading", top))
        title = len(above) if len(above) < len(top) else 0
    above = list(top[:title])
    is_short = all(len(block.text) <= MAX_LENGTH and not block.label and block.kind != "note" for block in above)
    return above if is_short else []
