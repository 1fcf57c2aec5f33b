import sys
from collections import Counter

import pytest

from documents.cleaning.text import clean_markdown, clean_text
from documents.errors import UnreadableError
from documents.models import Fault
from documents.sandbox import client
from documents.sandbox.client import make_clean_copy
from tests import files
from tests.documents.test_upload_checks import altered

pytestmark = pytest.mark.child_process


def fault(data: bytes, kind: str) -> str:
    with pytest.raises(UnreadableError) as caught:
        make_clean_copy(data, kind)
    return caught.value.fault


@pytest.mark.parametrize(
    ("kind", "data"),
    [("pdf", files.pdf()), ("docx", files.docx()), ("odt", files.odt()), ("txt", b"Hello"), ("md", b"# Hello")],
)
def test_worker_cleans_each_kind(kind, data):
    cleaned = make_clean_copy(data, kind)
    assert cleaned.content
    assert make_clean_copy(cleaned.content, kind) == client.CleanedFile(cleaned.content, [])


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (files.docx()[:2000], "docx", Fault.DAMAGED),
        (files.odt()[:700], "odt", Fault.DAMAGED),
        (b"%PDF-1.7 nothing", "pdf", Fault.DAMAGED),
        (files.encrypted_pdf(), "pdf", Fault.LOCKED),
        (b"\xff\xfe\xff", "txt", Fault.DAMAGED),
        (altered(files.docx(), **{"word/document.xml": b" " * (64 * 1024 * 1024 + 1)}), "docx", Fault.UNPACKED),
    ],
)
def test_file_that_cannot_be_cleaned_has_a_fault(data, kind, expected):
    assert fault(data, kind) is expected


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("print('{\"found\": []}')", Fault.DAMAGED),
        ('print(\'{"found": [["unheard of", 1]]}\\nx\')', Fault.DAMAGED),
        ("print('{\"pages\": []}\\nx')", Fault.DAMAGED),
        ("import sys; sys.exit(3)", Fault.DAMAGED),
        ("import time; time.sleep(30)", Fault.TIMEOUT),
    ],
)
def test_failing_worker_is_a_fault(monkeypatch, program, expected):
    monkeypatch.setattr(client, "COMMAND", [sys.executable, "-c", program])
    monkeypatch.setattr(client, "CLEAN_SECONDS", 4)
    assert fault(b"anything", "txt") is expected


@pytest.mark.parametrize(
    ("data", "kind", "content", "removed"),
    [
        ("\ufeffمرحبا 中文\r\n".encode(), "txt", "مرحبا 中文\r\n", {}),
        ("中文 𠮷".encode("utf-16"), "txt", "中文 𠮷", {}),
        (b"a <!-- x --> b", "txt", "a <!-- x --> b", {}),
        (b"a <!-- x\ny --> b<!--z-->", "md", "a  b", {"comments": 2}),
        (b"```\n<!-- shown -->\n```\n<!-- x -->", "md", "```\n<!-- shown -->\n```\n", {"comments": 1}),
        (b"[//]: # (x)\nb\n", "md", "b\n", {"comments": 1}),
        (b"---\r\nauthor: A\r\ndate: x\r\n---\r\n# b", "md", "# b", {"properties": 2}),
        (b"---\n\nA line, then text\n---\n", "md", "---\n\nA line, then text\n---\n", {}),
        (b"<!-- x -->", "md", "\n", {"comments": 1}),
    ],
)
def test_text_and_markdown_are_cleaned(data, kind, content, removed):
    found = Counter()
    assert {"txt": clean_text, "md": clean_markdown}[kind](data, found).decode() == content
    assert +found == removed
