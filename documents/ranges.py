"""The Range header (RFC 9110, section 14): one range of bytes; several are answered with the whole."""

import re

ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)


class Unsatisfiable(Exception):  # noqa: N818  HTTP's own word
    """The range that was asked for lies beyond the content."""


def asked_range(header: str, size: int) -> range | None:
    """Return the positions that a Range header asks of `size` bytes; None if it is absent or to be ignored.

    Raises Unsatisfiable.
    """
    match = ONE_RANGE.fullmatch(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        asked = range(max(0, size - int(last)), size)
    elif last and int(last) < int(first):
        return None
    else:
        asked = range(int(first), min(int(last or size), size - 1) + 1)
    if not asked:
        raise Unsatisfiable
    return asked
