"""The error of every reader and cleaner of files. The sandbox worker imports it, so it must not import Django."""

from collections.abc import Sequence


class UnreadableError(Exception):
    """A file cannot be read or cleaned. `fault` is one of the values of `documents.models.Fault`.

    `pages` are the numbers of the pages that are at fault, where these are known.
    """

    def __init__(self, fault: str, *, pages: Sequence[int] = ()) -> None:
        super().__init__(fault)
        self.fault, self.pages = fault, list(pages)
