"""The worker process, which reads, cleans or draws one file. Its input is the content of the file.

Run as `python -m documents.sandbox.worker QUESTION KIND [PAGE …]`, without Django; WORK lists questions and kinds. The
pages are those of a PDF that a clean copy shows as pictures. The answer is one line of JSON: `{"pages": […]}`,
`{"text": "…"}`, `{"sheets": [[name, [[…]]], …]}`, `{"opens": true}`, `{"found": [[code, count], …]}`, `{"drawn": true}`
or `{"fault": "…", "pages": [number, …]}`. The bytes of a clean copy or of a drawn PDF follow that line.
"""

import errno
import json
import os
import resource
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any

from ..errors import UnreadableError
from ..reading.text import normalize_text

MAX_MEMORY = 1024**3  # bytes of address space
NO_MEMORY = "bad_alloc"  # in the messages of pikepdf's errors
MAX_CPU_SECONDS = {"read": 20, "opens": 20, "structure": 20, "table": 20, "clean": 100, "draw": 150}  # by question
MAX_OUTPUT = 48 * 1024**2  # bytes of any file that the worker writes, including its answer
NO_ROOM = os.EX_TEMPFAIL  # the exit code if the disk is full
MAX_TEXT = 20 * 1024 * 1024  # bytes of UTF-8

# The function for each question and kind, by name: a file needs one parser, and a web request waits for this process.
WORK = {
    "opens": {"pdf": "reading.pdf.open_pdf"},
    "read": {
        "pdf": "reading.pdf.pages",
        "docx": "reading.docx.pages",
        "odt": "reading.odt.pages",
        "txt": "reading.text.pages",
        "md": "reading.text.pages",
    },
    "structure": {
        "pdf": "structure.pdf.markdown",
        "docx": "structure.docx.markdown",
        "odt": "structure.odt.markdown",
        "txt": "reading.text.decode_text",
        "md": "reading.text.decode_text",
    },
    "draw": {"html": "drawing.tagged_pdf"},
    "table": {"xlsx": "reading.xlsx.sheets", "ods": "reading.ods.sheets"},
    "clean": {
        "pdf": "cleaning.pdf.document.clean_pdf",
        "docx": "cleaning.ooxml.package.clean_docx",
        "odt": "cleaning.odf.package.clean_odt",
        "txt": "cleaning.text.clean_text",
        "md": "cleaning.text.clean_markdown",
    },
}
WORK["check"] = dict.fromkeys(WORK["clean"], "cleaning.second_look.check_clean_copy")


def main() -> None:
    """Answer the question of the command line about the file on standard input."""
    question, kind, *pictured = sys.argv[1:]
    restrict_process(question)
    # Parsers print warnings, which must not get into the answer.
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    data = sys.stdin.buffer.read()
    reply, content = answer(question, kind, data, [*map(int, pictured)])
    try:
        with output:
            output.write(json.dumps(reply, ensure_ascii=False).encode() + b"\n")
            output.write(content)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):  # says nothing about the file
            os._exit(NO_ROOM)
        raise


def restrict_process(question: str = "read") -> None:
    """Limit the memory, processor time and output of this process permanently, and forbid it to start others.

    A process that draws may start others: Pango needs threads, which Linux counts as processes.
    Its input is our own HTML.
    """
    limits = {resource.RLIMIT_AS: MAX_MEMORY, resource.RLIMIT_FSIZE: MAX_OUTPUT, resource.RLIMIT_CORE: 0}
    if question != "draw":
        limits[resource.RLIMIT_NPROC] = 0  # does not bind root
    for limited, maximum in limits.items():
        resource.setrlimit(limited, (maximum, maximum))
    # The soft limit comes a second earlier. Its signal distinguishes a timeout from other deaths.
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS[question], MAX_CPU_SECONDS[question] + 1))


def answer(question: str, kind: str, data: bytes, pictured: Sequence[int] = ()) -> tuple[dict[str, Any], bytes]:
    """Return the reply as a dictionary, and the bytes of a clean copy or none.

    Parsers raise errors of their own; all of them mean a damaged file.
    """
    try:
        work = _function(question, kind)
        if question == "opens":
            return {"opens": bool(work(data))}, b""
        if question == "table":
            return {"sheets": work(data)}, b""
        if question == "draw":
            return {"drawn": True}, work(data)
        if question == "structure":
            return {"text": _checked_markdown(work(data))}, b""
        if question == "clean":
            return _clean_copy(partial(work, pictured=pictured) if pictured else work, kind, data)
        return {"pages": _checked_pages(work(data))}, b""
    except UnreadableError as error:
        return {"fault": error.fault, **({"pages": error.pages} if error.pages else {})}, b""
    except Exception as error:
        if not isinstance(error, MemoryError) and NO_MEMORY not in str(error):
            return {"fault": "damaged"}, b""
        return {"fault": "unpacked" if question == "clean" else "too_large_text"}, b""


def _function(question: str, kind: str) -> Callable[..., Any]:
    module, _, name = WORK[question][kind].rpartition(".")
    function: Callable[..., Any] = getattr(import_module(f"documents.{module}"), name)
    return function


def _checked_pages(pages: Any) -> list[str]:
    """Return the normalized text of each page; raise UnreadableError if there is no text or too much."""
    checked: list[str] = []
    size = 0
    for page in pages:
        checked.append(normalize_text(page))
        size += len(checked[-1].encode())
        if size > MAX_TEXT:
            raise UnreadableError("too_large_text")
    if not size:
        raise UnreadableError("no_text")
    return checked


def _checked_markdown(markdown: str) -> str:
    """Return normalized Markdown; raise UnreadableError if there is no text or too much."""
    text = normalize_text(markdown)
    if not text or len(text.encode()) > MAX_TEXT:
        raise UnreadableError("too_large_text" if text else "no_text")
    return text


def _clean_copy(clean: Callable[..., bytes], kind: str, data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what was counted in a file and the clean copy; raise UnreadableError if something was left in it."""
    found: Counter[str] = Counter()
    content = clean(data, found)
    _function("check", kind)(content, kind)
    return {"found": sorted((+found).items())}, content


if __name__ == "__main__":
    main()
