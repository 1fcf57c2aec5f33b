"""Extract the structure of a file as Markdown, in the sandboxed process."""

from ..apart.faults import Unreadable
from ..apart.parent import ask
from ..cleaning.parent import clean
from ..models import Document, Fault

SECONDS = 60  # by the clock; the sandboxed process has its own limit of processor time


def structure(data: bytes, kind: str) -> str:
    """Return the text of a file as Markdown. Raise Unreadable with a Fault."""
    text = ask("structure", kind, data, SECONDS)[0].get("text")
    if not isinstance(text, str) or not text:
        raise Unreadable(Fault.DAMAGED)
    return text


def structure_of(document: Document) -> str:
    """Return the text of a document's clean copy as Markdown. Raise Unreadable with a Fault.

    A document that has no clean copy yet is cleaned first; that copy is not kept.
    """
    if document.copy is None:
        with document.file.open("rb") as original:
            return structure(clean(original.read(), document.kind).content, document.kind)
    with document.copy.file.open("rb") as copy:
        return structure(copy.read(), document.kind)
