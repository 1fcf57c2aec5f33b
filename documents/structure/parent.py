from documents.apart.faults import Unreadable
from documents.apart.parent import ask
from documents.models import Fault

SECONDS = 60  # by the clock; the child's own limit is on its processor time


def structure(data: bytes, kind: str) -> str:
    """Return the text of a file as Markdown; raises Unreadable with a Fault."""
    text = ask("structure", kind, data, SECONDS)[0].get("text")
    if not isinstance(text, str) or not text:
        raise Unreadable(Fault.DAMAGED)
    return text
