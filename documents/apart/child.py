"""The process that looks into one file: content on standard input, the answer on standard output.

Run as `python -m documents.apart.child read|opens|structure|table|clean KIND`, without Django. Answers one line of
JSON: `{"pages": […]}`, `{"text": "…"}`, `{"rows": [[…]]}`, `{"opens": true}`, `{"removed": [[code, count], …]}` or
`{"fault": "…"}`. The bytes of a clean copy follow that line.
"""

import json
import os
import sys
from collections import Counter
from importlib import import_module

from documents.apart.faults import Unreadable
from documents.apart.limits import restrict
from documents.reading.clean import clean

MAX_TEXT = 20 * 1024 * 1024  # bytes of UTF-8
ROOMS = {
    "read": "documents.reading",
    "opens": "documents.reading",
    "structure": "documents.structure",
    "table": "documents.spreadsheets",
    "clean": "documents.cleaning",
}
READERS = {"pdf": "pdf", "docx": "docx", "odt": "odt", "txt": "plain", "md": "plain", "xlsx": "xlsx"}


def main() -> None:
    """Answer the question that the command line asks of standard input."""
    question, kind = sys.argv[1:]
    restrict(question)
    # Parsers print complaints; those must not get into the answer.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    data = sys.stdin.buffer.read()
    with answer:
        said, content = reply(question, kind, data)
        answer.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")
        answer.write(content)


def reply(question: str, kind: str, data: bytes) -> tuple[dict, bytes]:
    """Return what is to be answered; parsers fail in ways of their own, and all of them mean a damaged file."""
    try:
        # By name, as one file needs one parser and a web request waits for this process.
        room = import_module(f"{ROOMS[question]}.{READERS[kind]}")
        if question == "opens":
            return {"opens": bool(room.open_pdf(data))}, b""
        if question == "table":
            return {"rows": room.rows(data)}, b""
        if question == "structure":
            return {"text": structured(room, data)}, b""
        return cleaned(room, kind, data) if question == "clean" else ({"pages": read(room, data)}, b"")
    except Unreadable as error:
        return {"fault": error.fault}, b""
    except MemoryError:
        return {"fault": "too_large_text"}, b""
    except Exception:
        return {"fault": "damaged"}, b""


def read(reader, data: bytes) -> list[str]:
    """Return the cleaned text of each page; raises Unreadable if there is none or too much."""
    pages, size = [], 0
    for page in reader.pages(data):
        pages.append(clean(page))
        size += len(pages[-1].encode())
        if size > MAX_TEXT:
            raise Unreadable("too_large_text")
    if not size:
        raise Unreadable("no_text")
    return pages


def structured(reader, data: bytes) -> str:
    """Return the text of a file as Markdown; raises Unreadable if there is none or too much."""
    text = clean(reader.markdown(data))
    if not text or len(text.encode()) > MAX_TEXT:
        raise Unreadable("too_large_text" if text else "no_text")
    return text


def cleaned(cleaner, kind: str, data: bytes) -> tuple[dict, bytes]:
    """Return what was taken out of a file and what is left of it; raises Unreadable where something would stay."""
    found: Counter[str] = Counter()
    content = cleaner.clean(data, found, kind)
    import_module("documents.cleaning.leftovers").check(content, kind)
    return {"removed": sorted((+found).items())}, content


if __name__ == "__main__":
    main()
