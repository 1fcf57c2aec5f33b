"""Read and clean files in this process: a process of its own for each takes half a second."""

import json

from documents.apart import child
from documents.apart.faults import Unreadable
from documents.cleaning import parent as cleaning
from documents.models import Fault
from documents.reading import parent as reading
from documents.structure import parent as structuring


def read_files_here(patch):
    """Let documents ask no other process until `patch`, a MonkeyPatch, is undone."""
    for module in (cleaning, reading, structuring):
        patch.setattr(module, "ask", ask)


def ask(question, kind, data, seconds):
    """Answer as the process that reads files does, without its limits."""
    said, content = child.reply(question, str(kind), data)
    if "fault" in said:
        raise Unreadable(Fault(said["fault"]))
    return json.loads(json.dumps(said)), content
