import errno
import io
import signal
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document as Docx

from documents.errors import UnreadableError
from documents.models import Fault
from documents.packages import open_package
from documents.reading.pdf import MAX_PAGES, order_letters
from documents.reading.text import normalize_text
from documents.sandbox import client
from documents.sandbox.client import opens_without_password, read_pages
from tests import files
from tests.documents.test_upload_checks import altered

ARABIC = "الاتجار بالأشخاص جريمة خطيرة"
CHINESE = "打击贩运人口 𠮷野"

pytestmark = [pytest.mark.slow, pytest.mark.child_process]


def fault(data: bytes, kind: str) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_pages(data, kind)
    return caught.value.fault


def test_pdf_is_read_page_by_page():
    assert read_pages(files.pdf(["First page", "Second\npage", "Third page"]), "pdf") == [
        "First page",
        "Second\npage",
        "Third page",
    ]


def test_page_without_text_keeps_its_number():
    assert read_pages(files.pdf(["First", "", "Third"]), "pdf") == ["First", "", "Third"]


def test_word_hyphenated_at_the_end_of_a_line_is_rejoined():
    assert read_pages(files.pdf(["to stop traf-\nficking"]), "pdf") == ["to stop trafficking"]


def test_arabic_words_of_a_pdf_are_in_reading_order():
    # Printed by Chromium, which places some words from the left and some from the right.
    (page,) = read_pages(Path(__file__).with_name("arabic.pdf").read_bytes(), "pdf")
    lines = page.splitlines()
    assert lines[0] == "مرحبا بالعالم السلام عليكم"
    assert lines[1].startswith("الاتجار بالأشخاص في 25 مايو 2024")
    assert lines[-2] == "الملف المطبوع من المتصفح"
    assert lines[-1] == "English with مرحبا بالعالم inside"


@pytest.mark.parametrize(
    ("given", "places", "read"),
    [
        # What PDFium returns for a file by LibreOffice: one glyph for two letters, and the letters swapped.
        ("\u0627\u0623\u0644\u0631", [30, 20, 20, 10], "\u0627\u0644\u0623\u0631"),
        ("\u0627\u0644\u0623\u0631", [30, 20, 20, 10], "\u0627\u0644\u0623\u0631"),
        # Two glyphs, and one glyph for a whole word.
        ("\u0627\u0644\u0631", [30, 20, 10], "\u0627\u0644\u0631"),
        ("\u0627\u0644\u0644\u0647", [20, 20, 20, 20], "\u0627\u0644\u0644\u0647"),
    ],
)
def test_two_letters_of_one_glyph_are_in_order(given, places, read):
    assert order_letters(given, places) == read


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
def test_arabic_and_chinese_are_read(kind, data):
    assert read_pages(data, kind) == [f"{ARABIC}\n\n{CHINESE}"]


def test_docx_keeps_line_breaks_tabs_and_cells_separate():
    document, file = Docx(), io.BytesIO()
    document.add_paragraph("one\ntwo\tthree")
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "left", "right"
    document.save(file)
    assert read_pages(file.getvalue(), "docx") == ["one\ntwo\tthree\n\nleft\n\nright"]


WORD_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
BOX = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"


def word_run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def formula(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (('<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr><w:r><w:tab/><w:t>a</w:t></w:r></w:p>'
         f"<w:p>{word_run('b')}</w:p>"), "a\n\nb"),
        (f"<w:p>{word_run('a')}<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins>{word_run('b')}</w:ins></w:p>",
         "ab"),
        ("<w:p><w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r></w:p>",
         "a\u2011b\xadc"),
        ("<w:p><w:r><w:t>a</w:t><w:cr/><w:t>b</w:t><w:ptab/><w:t>c</w:t></w:r></w:p>", "a\nb\tc"),
        (f"<w:p><m:oMath>{formula('10')}<m:sup>{formula('6')}</m:sup></m:oMath></w:p>", "10^6"),
        (f"<w:p><m:f><m:num>{formula('3')}</m:num><m:den>{formula('4')}</m:den></m:f></w:p>", "3/4"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{word_run('a')}</w:p></w:sdtContent></w:sdt>", "a"),
        ((f"<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p>{word_run('a')}</w:p></w:tc></w:tr>"
         f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p>{word_run('b')}</w:p></w:tc></w:tr></w:tbl>"),
         "a\n\n\nb"),
        ((f"<w:p><w:r><w:t>before</w:t><mc:AlternateContent><mc:Choice>{BOX.format('new')}</mc:Choice><mc:Fallback>"
         f"<w:pict><v:shape><v:textbox>{BOX.format('box')}</v:textbox></v:shape></w:pict></mc:Fallback>"
         "</mc:AlternateContent><w:t>after</w:t></w:r></w:p>"), "beforeafter\n\nnew"),
    ],
    ids=["tab stops", "tracked changes", "hyphens", "line and tab", "power", "fraction", "content controls",
         "merged cells", "text boxes"],
)  # fmt: skip
def test_docx_keeps_what_word_shows(body, expected):
    document = f"<w:document {WORD_SPACES}><w:body>{body}</w:body></w:document>"
    assert read_pages(altered(files.docx(), **{"word/document.xml": document.encode()}), "docx") == [expected]


def test_odt_keeps_spaces_and_leaves_comments_out():
    comment = "<office:annotation><text:p>between us</text:p></office:annotation>"
    body = (
        f'<text:p>before</text:p>\n<text:p>a{comment}  b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e</text:p>'
    )
    assert read_pages(files.open_document(body), "odt") == ["before\n\na  b   c\td\ne"]


def test_text_is_normalized_and_loses_what_cannot_be_stored():
    assert normalize_text("e\u0301\x00\x1b\ud800\ufffe \r\n\x0cx\t") == "é \n\nx"


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
def test_unreadable_file_has_a_fault(data, kind, expected):
    assert fault(data, kind) is expected


def test_largest_text_is_read():
    assert len(read_pages(b"x" * (20 * 1024 * 1024), "txt")[0]) == 20 * 1024 * 1024


def test_page_limit_is_exact():
    assert len(read_pages(files.pdf(["x"] * MAX_PAGES), "pdf")) == 1000
    assert fault(files.pdf(["x"] * (MAX_PAGES + 1)), "pdf") is Fault.TOO_MANY_PAGES
    assert "1,000 pages" in Fault.TOO_MANY_PAGES.label


@pytest.mark.parametrize(
    ("bomb", "expected"),
    [
        ({"word/document.xml": b" " * (64 * 1024 * 1024 + 1)}, Fault.UNPACKED),
        ({f"word/media/{number}.bmp": bytes(52 * 1024 * 1024) for number in range(5)}, Fault.UNPACKED),
        ({f"word/media/{number}": b"" for number in range(5000)}, Fault.TOO_MANY_PARTS),
    ],
)
def test_zip_bomb_is_rejected_before_it_is_unpacked(bomb, expected, monkeypatch):
    data = altered(files.docx(), **bomb)
    assert len(data) < 1024 * 1024
    assert fault(data, "docx") is expected
    monkeypatch.setattr(zipfile.ZipFile, "open", None)  # what unpacks an entry
    with pytest.raises(UnreadableError) as caught:
        open_package(data)
    assert caught.value.fault == expected


def test_memory_is_limited(monkeypatch):
    program = """
from documents.sandbox import worker
from documents.reading import text
text.pages = lambda data: [bytearray(int(data)).decode()]
worker.main()
"""
    monkeypatch.setattr(client, "COMMAND", [sys.executable, "-c", program])
    assert fault(b"1000", "txt") is Fault.NO_TEXT
    assert fault(b"2000000000", "txt") is Fault.TOO_LARGE_TEXT


CRASHES = f"import os; os.kill(os.getpid(), {int(signal.SIGSEGV)})"
KILLED = f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})"  # as a machine without memory does
BURNS = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass"


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (CRASHES, Fault.DAMAGED),
        (KILLED, Fault.CRASHED),
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
def test_failing_worker_is_a_fault(monkeypatch, program, expected):
    monkeypatch.setattr(client, "COMMAND", [sys.executable, "-c", program])
    monkeypatch.setattr(client, "READ_SECONDS", 4)
    assert fault(b"anything", "txt") is expected


def test_a_file_whose_worker_is_killed_once_is_read_all_the_same(monkeypatch, tmp_path):
    once = f"""
import os, pathlib
mark = pathlib.Path({str(tmp_path / "died")!r})
if not mark.exists():
    print("half an answer", flush=True)
    mark.touch()
    os.kill(os.getpid(), {int(signal.SIGKILL)})
print('{{"pages": ["words"]}}')
"""
    monkeypatch.setattr(client, "COMMAND", [sys.executable, "-c", once])
    assert read_pages(b"anything", "txt") == ["words"]


def test_a_full_disk_is_no_fault_of_the_file(monkeypatch):
    program = (
        "from documents.sandbox import worker\nimport os\nos.dup2(os.open('/dev/full', os.O_WRONLY), 1)\nworker.main()"
    )
    monkeypatch.setattr(client, "COMMAND", [sys.executable, "-c", program])
    with pytest.raises(OSError, match="could not write") as caught:
        read_pages(b"words", "txt")
    assert caught.value.errno == errno.ENOSPC


def test_worker_does_not_inherit_the_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "must not travel")
    tell = "import json, os; print(json.dumps({'pages': [','.join(os.environ)]}))"
    monkeypatch.setattr(client, "COMMAND", [sys.executable, "-c", tell])
    assert "SECRET_KEY" not in read_pages(b"anything", "txt")[0]


def test_output_of_the_worker_is_limited(monkeypatch):
    program = (
        "from documents.sandbox.worker import restrict_process; restrict_process()\nwhile True: print('x' * 1_000_000)"
    )
    monkeypatch.setattr(client, "COMMAND", [sys.executable, "-c", program])
    assert fault(b"anything", "txt") is Fault.DAMAGED


def test_password_is_detected_without_reading():
    assert opens_without_password(files.pdf())
    assert opens_without_password(files.owner_locked_pdf())
    assert not opens_without_password(files.encrypted_pdf())


def test_damaged_pdf_does_not_count_as_locked():
    assert opens_without_password(b"%PDF-1.7 /Encrypt")


@pytest.mark.parametrize("fault", Fault)
def test_fault_is_one_sentence_with_advice(fault):
    assert fault.label.count(".") == 1
    assert fault.label.endswith(".")
    assert ": s" in fault.label
