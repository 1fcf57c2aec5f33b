"""Removal of entries from the dictionaries of a PDF."""

from collections.abc import Iterable

from pikepdf import Object


def drop_keys(holder: Object, keys: Iterable[str]) -> None:
    """Remove entries; one whose value is null, or that refers to nothing, is the same as none (ISO 32000-2, 7.3.7)."""
    for key in keys:
        if key in holder:
            del holder[key]
