"""The process that reads one file: content on standard input, one JSON object on standard output.

Run as `python -m documents.reading.child read|opens KIND`, without Django. Answers `{"pages": […]}`,
`{"opens": true}` or `{"fault": "…"}`.
"""

import json
import os
import sys
from importlib import import_module

from documents.reading.clean import clean
from documents.reading.faults import Unreadable
from documents.reading.limits import restrict

MAX_TEXT = 20 * 1024 * 1024  # bytes of UTF-8
READERS = {"pdf": "pdf", "docx": "docx", "odt": "odt", "txt": "plain", "md": "plain"}


def main() -> None:
    """Answer the question that the command line asks of standard input."""
    restrict()
    # Parsers print complaints; those must not get into the answer.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    question, kind = sys.argv[1:]
    data = sys.stdin.buffer.read()
    with answer:
        answer.write(json.dumps(reply(question, kind, data), ensure_ascii=False).encode())


def reply(question: str, kind: str, data: bytes) -> dict:
    """Return what is to be answered; parsers fail in ways of their own, and all of them mean a damaged file."""
    try:
        # By name, as one file needs one parser and a web request waits for this process.
        reader = import_module(f"documents.reading.{READERS[kind]}")
        if question == "opens":
            return {"opens": bool(reader.open_pdf(data))}
        return {"pages": read(reader, data)}
    except Unreadable as error:
        return {"fault": error.fault}
    except MemoryError:
        return {"fault": "too_large_text"}
    except Exception:
        return {"fault": "damaged"}


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


if __name__ == "__main__":
    main()
