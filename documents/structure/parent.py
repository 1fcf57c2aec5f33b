from documents.apart.faults import Unreadable
from documents.apart.parent import ask
from documents.cleaning.parent import clean
from documents.models import Document, Fault

SECONDS = 60  # by the clock; the child's own limit is on its processor time


def structure(data: bytes, kind: str) -> str:
    """Return the text of a file as Markdown; raises Unreadable with a Fault."""
    text = ask("structure", kind, data, SECONDS)[0].get("text")
    if not isinstance(text, str) or not text:
        raise Unreadable(Fault.DAMAGED)
    return text


def structure_of(document: Document) -> str:
    """Return the text of a document's clean copy as Markdown, made here if it is not there yet; raises Unreadable."""
    if document.copy is None:
        with document.file.open("rb") as original:
            return structure(clean(original.read(), document.kind).content, document.kind)
    with document.copy.file.open("rb") as copy:
        return structure(copy.read(), document.kind)
