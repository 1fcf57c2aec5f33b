from documents.apart.faults import Unreadable
from documents.apart.parent import ask
from documents.models import Fault

READ_SECONDS = 60  # by the clock; the child's own limit is on its processor time
LOOK_SECONDS = 15


def read(data: bytes, kind: str) -> list[str]:
    """Return the text of each page of a file (of a kind without pages, one text).

    Raises Unreadable with a Fault, whatever became of the process that read it.
    """
    pages = ask("read", kind, data, READ_SECONDS)[0].get("pages")
    if not isinstance(pages, list) or not pages or not all(isinstance(page, str) for page in pages):
        raise Unreadable(Fault.DAMAGED)
    return pages


def opens_without_password(data: bytes) -> bool:
    """Tell whether a PDF opens for anyone. A damaged one counts as open: that is found when it is read."""
    try:
        ask("opens", "pdf", data, LOOK_SECONDS)
    except Unreadable as error:
        return error.fault != Fault.LOCKED
    return True
