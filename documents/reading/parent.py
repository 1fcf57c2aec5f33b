import json
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from documents.models import Fault
from documents.reading.faults import Unreadable

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-E", "-s", "-m", "documents.reading.child"]
READ_SECONDS = 60  # by the clock; the child's own limit is on its processor time
LOOK_SECONDS = 15


def read(data: bytes, kind: str) -> list[str]:
    """Return the text of each page of a file (of a kind without pages, one text).

    Raises Unreadable with a Fault, whatever became of the process that read it.
    """
    pages = _ask("read", kind, data, READ_SECONDS).get("pages")
    if not isinstance(pages, list) or not pages or not all(isinstance(page, str) for page in pages):
        raise Unreadable(Fault.DAMAGED)
    return pages


def opens_without_password(data: bytes) -> bool:
    """Tell whether a PDF opens for anyone. A damaged one counts as open: that is found when it is read."""
    try:
        _ask("opens", "pdf", data, LOOK_SECONDS)
    except Unreadable as error:
        return error.fault != Fault.LOCKED
    return True


def _ask(question: str, kind: str, data: bytes, seconds: float) -> dict:
    # A file takes the answer, as the child's limit on file sizes then bounds what a child gone wrong can say.
    with tempfile.TemporaryFile() as answer:
        _run([*COMMAND, question, str(kind)], data, answer, seconds)
        answer.seek(0)
        return _understood(answer.read())


def _run(command: list[str], data: bytes, answer, seconds: float) -> None:
    try:
        child = subprocess.run(  # noqa: S603  the command is ours, the data goes to its standard input
            command, input=data, stdout=answer, stderr=subprocess.DEVNULL, timeout=seconds, cwd=ROOT, env={}
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(Fault.TIMEOUT) from error
    if child.returncode == -signal.SIGXCPU:
        raise Unreadable(Fault.TIMEOUT)
    if child.returncode:
        raise Unreadable(Fault.DAMAGED)


def _understood(answer: bytes) -> dict:
    try:
        reply = json.loads(answer)
        fault = Fault(reply["fault"]) if "fault" in reply else None
    except (ValueError, TypeError, RecursionError) as error:
        raise Unreadable(Fault.DAMAGED) from error
    if fault or not isinstance(reply, dict):
        raise Unreadable(fault or Fault.DAMAGED)
    return reply
