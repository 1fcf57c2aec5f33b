import json
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from documents.apart.faults import Unreadable
from documents.models import Fault

# A library that works with numbers starts threads as it is loaded, unless told not to; the child may start none.
SURROUNDINGS = {"OPENBLAS_NUM_THREADS": "1"}
ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-E", "-s", "-m", "documents.apart.child"]


def ask(question: str, kind: str, data: bytes, seconds: float) -> tuple[dict, bytes]:
    """Return what the child (`documents/apart/child.py`) says of a file, and the bytes that it makes of it.

    Raises Unreadable with a Fault, whatever became of the child; `seconds` are by the clock.
    """
    # A file takes the answer, as the child's limit on file sizes then bounds what a child gone wrong can say.
    with tempfile.TemporaryFile() as answer:
        _run([*COMMAND, question, str(kind)], data, answer, seconds)
        answer.seek(0)
        return _understood(answer.readline()), answer.read()


def _run(command: list[str], data: bytes, answer, seconds: float) -> None:
    try:
        child = subprocess.run(  # noqa: S603  the command is ours, the data goes to its standard input
            command, input=data, stdout=answer, stderr=subprocess.DEVNULL, timeout=seconds, cwd=ROOT, env=SURROUNDINGS
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
