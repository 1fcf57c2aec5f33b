import io
import signal
import sys
import time
from pathlib import Path

import pytest
from docx import Document as Docx
from odf.office import Annotation
from odf.opendocument import load
from odf.text import P

from documents.apart import parent as apart
from documents.apart.faults import Unreadable
from documents.models import Fault
from documents.reading import parent
from documents.reading.clean import clean
from documents.reading.parent import opens_without_password, read
from documents.reading.pdf import MAX_PAGES
from documents.reading.rtl import by_places
from tests import files
from tests.documents.test_checks import altered

ARABIC = "الاتجار بالأشخاص جريمة خطيرة"
CHINESE = "打击贩运人口 𠮷野"

pytestmark = pytest.mark.child_process


def fault(data: bytes, kind: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, kind)
    return caught.value.fault


def test_pdf_is_read_page_by_page():
    assert read(files.pdf(["First page", "Second\npage", "Third page"]), "pdf") == [
        "First page",
        "Second\npage",
        "Third page",
    ]


def test_page_without_text_keeps_its_number():
    assert read(files.pdf(["First", "", "Third"]), "pdf") == ["First", "", "Third"]


def test_word_broken_at_the_end_of_a_line_is_mended():
    assert read(files.pdf(["to stop traf-\nficking"]), "pdf") == ["to stop trafficking"]


def test_arabic_words_of_a_pdf_are_in_reading_order():
    # Printed by Chromium, which lays some words from the left and some from the right.
    (page,) = read(Path(__file__).with_name("arabic.pdf").read_bytes(), "pdf")
    lines = page.splitlines()
    assert lines[0] == "مرحبا بالعالم السلام عليكم"
    assert lines[1].startswith("الاتجار بالأشخاص في 25 مايو 2024")
    assert lines[-2] == "الملف المطبوع من المتصفح"
    assert lines[-1] == "English with مرحبا بالعالم inside"


@pytest.mark.parametrize(
    ("given", "places", "read"),
    [
        # As PDFium gives what LibreOffice writes: one glyph for two letters, and the two turned around.
        ("\u0627\u0623\u0644\u0631", [30, 20, 20, 10], "\u0627\u0644\u0623\u0631"),
        ("\u0627\u0644\u0623\u0631", [30, 20, 20, 10], "\u0627\u0644\u0623\u0631"),
        # Two glyphs; and one glyph for a whole word.
        ("\u0627\u0644\u0631", [30, 20, 10], "\u0627\u0644\u0631"),
        ("\u0627\u0644\u0644\u0647", [20, 20, 20, 20], "\u0627\u0644\u0644\u0647"),
    ],
)
def test_two_letters_of_one_glyph_are_in_order(given, places, read):
    assert by_places(given, places) == read


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("docx", files.docx([ARABIC, CHINESE])),
        ("odt", files.odt([ARABIC, CHINESE])),
        ("txt", f"{ARABIC}\n\n{CHINESE}".encode()),
        ("txt", f"{ARABIC}\r\n\r\n{CHINESE}".encode("utf-16")),
        ("md", f"\ufeff{ARABIC}\n\n{CHINESE}\n".encode()),
    ],
)
def test_arabic_and_chinese_come_through(kind, data):
    assert read(data, kind) == [f"{ARABIC}\n\n{CHINESE}"]


def test_docx_keeps_line_breaks_tabs_and_cells_apart():
    document, file = Docx(), io.BytesIO()
    document.add_paragraph("one\ntwo\tthree")
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "left", "right"
    document.save(file)
    assert read(file.getvalue(), "docx") == ["one\ntwo\tthree\n\nleft\n\nright"]


def test_odt_keeps_spaces_and_leaves_comments_out():
    document, file = load(io.BytesIO(files.odt(["before"]))), io.BytesIO()
    paragraph = P(text="a")
    paragraph.addElement(Annotation())
    paragraph.lastChild.addElement(P(text="between us"))
    paragraph.addText("  b")
    document.text.addElement(paragraph)
    document.write(file)
    assert read(file.getvalue(), "odt") == ["before\n\na  b"]


def test_text_is_normalised_and_stripped_of_what_cannot_be_stored():
    assert clean("e\u0301\x00\x1b\ud800\ufffe \r\n\x0cx\t") == "é \n\nx"


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (files.pdf(["words"] * 9)[:3000], "pdf", Fault.DAMAGED),
        (files.encrypted_pdf(), "pdf", Fault.LOCKED),
        (files.pdf(["", ""]), "pdf", Fault.NO_TEXT),
        (files.docx([""]), "docx", Fault.NO_TEXT),
        (b" \n ", "txt", Fault.NO_TEXT),
        (b"\xff\xfe\xff", "txt", Fault.DAMAGED),
        (files.docx()[:2000], "docx", Fault.DAMAGED),
        (altered(files.docx(), **{"word/document.xml": b"<w:document>"}), "docx", Fault.DAMAGED),
        (altered(files.odt(), **{"content.xml": b"<office:document-content>"}), "odt", Fault.DAMAGED),
        (b"x" * (20 * 1024 * 1024 + 1), "txt", Fault.TOO_LARGE_TEXT),
    ],
)
def test_unreadable_file_has_its_fault(data, kind, expected):
    assert fault(data, kind) is expected


def test_largest_text_is_read():
    assert len(read(b"x" * (20 * 1024 * 1024), "txt")[0]) == 20 * 1024 * 1024


def test_page_limit_on_both_sides():
    assert len(read(files.pdf(["x"] * MAX_PAGES), "pdf")) == 2000
    assert fault(files.pdf(["x"] * (MAX_PAGES + 1)), "pdf") is Fault.TOO_MANY_PAGES
    assert "2,000 pages" in Fault.TOO_MANY_PAGES.label


@pytest.mark.parametrize(
    "bomb",
    [
        {"word/document.xml": b" " * (64 * 1024 * 1024 + 1)},
        {f"word/media/{number}.bmp": bytes(52 * 1024 * 1024) for number in range(5)},
        {f"word/media/{number}": b"" for number in range(5000)},
    ],
)
def test_zip_bomb_is_refused_before_it_is_unpacked(bomb):
    data = altered(files.docx(), **bomb)
    assert len(data) < 1024 * 1024
    start = time.monotonic()
    assert fault(data, "docx") is Fault.TOO_LARGE_TEXT
    assert time.monotonic() - start < 5


def test_memory_has_a_limit(monkeypatch):
    program = """
from documents.apart import child
from documents.reading import plain
plain.pages = lambda data: [bytearray(int(data)).decode()]
child.main()
"""
    monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-c", program])
    assert fault(b"1000", "txt") is Fault.NO_TEXT
    assert fault(b"2000000000", "txt") is Fault.TOO_LARGE_TEXT


DIES = f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})"
BURNS = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass"


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (DIES, Fault.DAMAGED),
        ("import sys; sys.exit(3)", Fault.DAMAGED),
        ("print('rubbish')", Fault.DAMAGED),
        ("print('[1]')", Fault.DAMAGED),
        ("print('3')", Fault.DAMAGED),
        ("print('[' * 100_000)", Fault.DAMAGED),
        ("print('{\"pages\": [1]}')", Fault.DAMAGED),
        ("print('{\"pages\": []}')", Fault.DAMAGED),
        ('print(\'{"fault": "unheard of"}\')', Fault.DAMAGED),
        ("print(b'\\xff')", Fault.DAMAGED),
        (BURNS, Fault.TIMEOUT),
        ("import time; time.sleep(30)", Fault.TIMEOUT),
    ],
)
def test_child_gone_wrong_is_a_fault(monkeypatch, program, expected):
    monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-c", program])
    monkeypatch.setattr(parent, "READ_SECONDS", 4)
    assert fault(b"anything", "txt") is expected


def test_child_gets_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "must not travel")
    tell = "import json, os; print(json.dumps({'pages': [','.join(os.environ)]}))"
    monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-c", tell])
    assert "SECRET_KEY" not in read(b"anything", "txt")[0]


def test_child_cannot_answer_without_end(monkeypatch):
    program = "from documents.apart.limits import restrict; restrict()\nwhile True: print('x' * 1_000_000)"
    monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-c", program])
    assert fault(b"anything", "txt") is Fault.DAMAGED


def test_lock_is_told_without_reading():
    assert opens_without_password(files.pdf())
    assert opens_without_password(files.owner_locked_pdf())
    assert not opens_without_password(files.encrypted_pdf())


def test_damaged_pdf_is_not_taken_for_a_locked_one():
    assert opens_without_password(b"%PDF-1.7 /Encrypt")


@pytest.mark.parametrize("fault", Fault)
def test_fault_says_in_one_sentence_what_to_do(fault):
    assert fault.label.count(".") == 1
    assert fault.label.endswith(".")
    assert ": s" in fault.label
