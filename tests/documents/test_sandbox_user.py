"""The sandbox of a portal that runs as a user without rights, as it should: root is exempt from some of its limits."""

import os
import subprocess
import sys

import pytest

from documents.sandbox import client
from documents.sandbox.client import draw_pdf, make_clean_copy, read_markdown, read_pages, read_sheets
from tests import files
from tests.intake.list_builders import xlsx

FILES = {"pdf": files.pdf, "docx": files.docx, "odt": files.odt, "txt": lambda: b"Hello", "md": lambda: b"Hello"}
START = "import os; from documents.sandbox.worker import restrict_process; restrict_process({!r}); os.fork()"
HTML = "<!doctype html><html lang='en'><title>T</title><h1>Summary</h1><p>Words <em>of</em> <b>all</b> 言 كلمة."

pytestmark = [pytest.mark.slow, pytest.mark.child_process]


@pytest.fixture(autouse=True)
def other_user(monkeypatch):
    """Let the worker run as another user if the tests run as root. It may read our files as root does."""
    monkeypatch.setattr(client, "COMMAND", [*as_other_user(), *client.COMMAND])


def as_other_user():
    """Return the beginning of a command that runs as a user without rights."""
    if os.getuid() != 0:
        return []
    readable = ["--inh-caps", "-all,+dac_override", "--ambient-caps", "-all,+dac_override"]
    return ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", *readable]


@pytest.mark.parametrize("kind", FILES)
def test_files_are_cleaned_and_read(kind):
    data = FILES[kind]()
    assert "Hello" in read_pages(make_clean_copy(data, kind).content, kind)[0]
    assert "Hello" in read_markdown(data, kind)


def test_lists_are_read():
    assert read_sheets(xlsx([["Name"], ["Ana"]]))[0][1] == [["Name"], ["Ana"]]


def test_a_page_is_drawn():
    assert draw_pdf(HTML).startswith(b"%PDF")


@pytest.mark.parametrize("question", ["read", "clean", "structure", "table"])
def test_a_process_that_reads_a_file_can_start_no_other(question):
    started = subprocess.run(  # noqa: S603  our own interpreter
        [*as_other_user(), sys.executable, "-c", START.format(question)], capture_output=True, text=True, check=False
    )
    assert "BlockingIOError" in started.stderr
