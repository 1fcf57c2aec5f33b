"""Requests to the worker process (`worker.py`) about a file. Each function raises UnreadableError with a Fault."""

import errno
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from ..errors import UnreadableError
from ..models import Document, Fault, Kept, Removed
from .worker import NO_ROOM

# Seconds by the clock; the worker limits its own processor time.
CLEAN_SECONDS = 300.0
READ_SECONDS = 60.0
OPEN_SECONDS = 15.0
MARKDOWN_SECONDS = 60.0
TABLE_SECONDS = 30.0
DRAW_SECONDS = 300.0

# A numerical library starts threads when it is loaded unless this is disabled. The worker may start none.
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}
MAX_TRIES = 3  # for a file whose worker is killed
KILLED = {-signal.SIGKILL, -signal.SIGTERM}  # neither its own limits nor a parser that crashes send these
ROOT = Path(__file__).resolve().parents[2]
COUNTED = {*Removed.values, *Kept.values}
COMMAND = [sys.executable, "-E", "-s", "-m", "documents.sandbox.worker"]


@dataclass(frozen=True)
class CleanedFile:
    """The content of a clean copy, and what was removed and kept: pairs of a value of Removed or Kept and a count."""

    content: bytes
    removed: list[list[Any]]
    kept: list[list[Any]] = field(default_factory=list)


def make_clean_copy(data: bytes, kind: str, *, pictured: Sequence[int] = ()) -> CleanedFile:
    """Return a file without its hidden details about people, places and machines.

    The pages of a PDF with the numbers in `pictured` become pictures, without text.
    """
    reply, content = ask_worker("clean", kind, data, CLEAN_SECONDS, *pictured)
    found = reply.get("found")
    if not content or not isinstance(found, list) or not all(_is_count(pair) for pair in found):
        raise UnreadableError(Fault.DAMAGED)
    kept = [pair for pair in found if pair[0] in Kept.values]
    return CleanedFile(content, [pair for pair in found if pair not in kept], kept)


def read_pages(data: bytes, kind: str) -> list[str]:
    """Return the text of each page of a file; of a kind without pages, one text."""
    pages = ask_worker("read", kind, data, READ_SECONDS)[0].get("pages")
    if not isinstance(pages, list) or not pages or not all(isinstance(page, str) for page in pages):
        raise UnreadableError(Fault.DAMAGED)
    return pages


def opens_without_password(data: bytes) -> bool:
    """Return whether a PDF opens without a password; never raise. A damaged one counts as open: reading it fails."""
    try:
        ask_worker("opens", "pdf", data, OPEN_SECONDS)
    except UnreadableError as error:
        return error.fault != Fault.LOCKED
    return True


def read_markdown(data: bytes, kind: str) -> str:
    """Return the text of a file as Markdown, with headings, numbers, notes and tables."""
    text = ask_worker("structure", kind, data, MARKDOWN_SECONDS)[0].get("text")
    if not isinstance(text, str) or not text:
        raise UnreadableError(Fault.DAMAGED)
    return text


def document_markdown(document: Document) -> str:
    """Return the text of a document's clean copy as Markdown. If there is no copy yet, one is made but not stored."""
    if document.copy is None:
        with document.file.open("rb") as original:
            return read_markdown(make_clean_copy(original.read(), document.kind).content, document.kind)
    with document.copy.file.open("rb") as copy:
        return read_markdown(copy.read(), document.kind)


def read_sheets(
    data: bytes, kind: str = "xlsx", *, seconds: float = TABLE_SECONDS
) -> list[tuple[str, list[list[str]]]]:
    """Return the name and the rows of each sheet of an XLSX or ODS file, by cell (see `documents.reading.xlsx`)."""
    return [(name, rows) for name, rows in ask_worker("table", kind, data, seconds)[0]["sheets"]]


def draw_pdf(html: str) -> bytes:
    """Return a page of HTML as a tagged PDF file."""
    drawn = ask_worker("draw", "html", html.encode(), DRAW_SECONDS)[1]
    if not drawn:
        raise UnreadableError(Fault.DAMAGED)
    return drawn


def ask_worker(question: str, kind: str, data: bytes, seconds: float, *numbers: int) -> tuple[dict[str, Any], bytes]:
    """Return the worker's reply about a file, and the bytes that follow it; raise UnreadableError if the worker fails.

    `seconds` are by the clock, `numbers` those of pages.
    """
    # The worker's limit on file sizes applies to this file, so it also limits the output of a compromised worker.
    with tempfile.TemporaryFile() as output:
        _run([*COMMAND, question, str(kind), *map(str, numbers)], data, output, seconds)
        output.seek(0)
        return _parse_reply(output.readline()), output.read()


def _run(command: list[str], data: bytes, output: IO[bytes], seconds: float) -> None:
    """Run the worker to its end. If something else kills it, such as a machine that is out of memory, try again."""
    for _ in range(MAX_TRIES):
        output.seek(0)
        output.truncate()
        try:
            worker = subprocess.run(  # noqa: S603  the command is ours, the data goes to its standard input
                command, input=data, stdout=output, stderr=subprocess.DEVNULL, timeout=seconds, cwd=ROOT,
                env=ENVIRONMENT,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise UnreadableError(Fault.TIMEOUT) from error
        if worker.returncode == -signal.SIGXCPU:
            raise UnreadableError(Fault.TIMEOUT)
        if worker.returncode == NO_ROOM:
            raise OSError(errno.ENOSPC, "The worker could not write its answer.")
        if worker.returncode not in KILLED:
            break
    else:
        raise UnreadableError(Fault.CRASHED)
    if worker.returncode:
        raise UnreadableError(Fault.DAMAGED)


def _parse_reply(line: bytes) -> dict[str, Any]:
    try:
        reply = json.loads(line)
        fault = Fault(reply["fault"]) if "fault" in reply else None
    except (ValueError, TypeError, RecursionError) as error:
        raise UnreadableError(Fault.DAMAGED) from error
    if fault or not isinstance(reply, dict):
        raise UnreadableError(fault or Fault.DAMAGED, pages=_page_numbers(reply) if fault else ())
    return reply


def _page_numbers(reply: dict[str, Any]) -> list[int]:
    pages = reply.get("pages")
    return [page for page in pages if isinstance(page, int)] if isinstance(pages, list) else []


def _is_count(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and pair[0] in COUNTED and isinstance(pair[1], int)
