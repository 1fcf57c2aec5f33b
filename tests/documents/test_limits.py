"""Files that would cost too much are refused by what they consist of, and nothing that was not read is published."""

import io
import time
import zipfile
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from pikepdf import DataDecodingError, String

from documents import packages, tasks
from documents.cleaning.odf.package import clean_odt
from documents.cleaning.ooxml import looks, package
from documents.cleaning.ooxml.package import PACKAGE, clean_docx
from documents.cleaning.ooxml.standard import finished
from documents.cleaning.pdf import document as pdf_document
from documents.cleaning.pdf import typed_text
from documents.cleaning.pdf.character_maps import SECTION
from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.pdf.unseen.glyph_codes import CODE_SPACE
from documents.errors import UnreadableError
from documents.models import Document, Fault, State
from documents.reading.docx import pages
from documents.reading.pdf import WORD
from documents.reading.text import JOINER, normalize_text
from documents.sandbox import worker
from documents.sandbox.client import CleanedFile
from documents.upload_checks import check_document
from documents.xml_trees import parse_xml, remove_element, serialize_xml, unwrap_element
from tests import files, planted_charts, typed_pdf
from tests.documents.test_upload_checks import altered

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str) -> bytes:
    """Return a Word document with this XML in its body."""
    return altered(
        files.docx(), **{"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()}
    )


def tags(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(archive.read(name).count(b"<") for name in archive.namelist() if name.endswith((".xml", ".rels")))


@pytest.mark.parametrize(("data", "clean"), [(files.docx(), clean_docx), (files.odt(), clean_odt)])
def test_office_file_with_too_many_tags_is_refused(monkeypatch, data, clean):
    monkeypatch.setattr(packages, "MAX_TAGS", tags(data))
    assert clean(data, Counter())
    monkeypatch.setattr(packages, "MAX_TAGS", tags(data) - 1)
    with pytest.raises(UnreadableError, match="too_many_parts"):
        clean(data, Counter())


@pytest.mark.parametrize("change", [lambda root: finished(root), lambda root: remove_element(root[0])])
def test_large_tree_is_renewed_or_removed_in_linear_time(change):
    """Moved at once, lxml takes more than half a minute."""
    root = parse_xml(
        f"<w:document {W}><w:body>{'<w:p><w:r><w:t/></w:r></w:p>' * 120_000}</w:body></w:document>".encode()
    )
    start = time.process_time()
    change(root)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("error", "question", "fault"),
    [
        (DataDecodingError("stream (object 5,0, offset 656): std::bad_alloc"), "clean", "unpacked"),
        (MemoryError(), "clean", "unpacked"),
        (MemoryError(), "read", "too_large_text"),
        (DataDecodingError("stream (object 5,0, offset 656): inflate: data"), "clean", "damaged"),
    ],
)
def test_file_that_needs_more_memory_than_there_is_is_not_called_damaged(monkeypatch, error, question, fault):
    def fail(*arguments):
        raise error

    monkeypatch.setattr(worker, "_function", lambda question, kind: fail)
    assert worker.answer(question, "pdf", b"%PDF-1.7") == ({"fault": fault}, b"")


def test_pdf_with_too_many_pages_objects_or_answers_is_refused(monkeypatch):
    two = typed_pdf.pdf(lambda made: [typed_pdf.field(600 - 30 * at, V=String("a")) for at in range(2)])
    for module, limit, most, fault in (
        (pdf_document, "MAX_PAGES", 0, "too_many_pages"),
        (pdf_document, "MAX_OBJECTS", 3, "too_many_parts"),
        (typed_text, "MAX_TYPED", 1, "too_many_parts"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, limit, most)
            with pytest.raises(UnreadableError, match=fault):
                clean_pdf(two, Counter())
    monkeypatch.setattr(typed_text, "MAX_TYPED", 2)
    assert clean_pdf(two, Counter())


def test_fields_in_very_many_fields_are_refused():
    def nested(depth):
        marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' * depth for kind in ("begin", "end")]
        return word(f"<w:p>{''.join(marks)}<w:r><w:t>SHOWN</w:t></w:r></w:p>")

    assert clean_docx(nested(100), Counter())
    with pytest.raises(UnreadableError, match="too_many_parts"):
        clean_docx(nested(101), Counter())


def test_properties_of_a_paragraph_are_looked_up_once_for_all_its_runs(monkeypatch):
    made = []
    monkeypatch.setattr(looks.Looks, "__init__", _remembering(looks.Looks.__init__, made))
    for count in (1, 50):
        clean_docx(word(f"<w:p>{'<w:r><w:t>SHOWN</w:t></w:r>' * count}</w:p>"), Counter())
    assert len(made[1].looked_up) == len(made[0].looked_up) + 49  # those of each run


def _remembering(make, made):
    def remember(self, *args, **keys):
        make(self, *args, **keys)
        made.append(self)

    return remember


@pytest.mark.parametrize(("kind", "target"), [("header", "h.xml"), ("diagramData", "d.xml")])
def test_a_part_that_many_relationships_share_is_parsed_as_often_as_for_one(monkeypatch, kind, target):
    parsed = []
    monkeypatch.setattr(package, "_tree", lambda data, parse=package._tree: parsed.append(data) or parse(data))
    counts = []
    for number in (1, 50):
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        lines = "".join(f'<Relationship Id="r{at}" Type="{office}/{kind}" Target="{target}"/>' for at in range(number))
        spaces = f"{W} {planted_charts.A} {planted_charts.DGM}"
        parts = {
            "word/document.xml": f"<w:document {W}><w:body><w:p><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>',
            "word/h.xml": f"<w:hdr {spaces}><w:p><w:r><w:t>PLANT</w:t></w:r></w:p></w:hdr>",
            "word/d.xml": f"<dgm:dataModel {spaces}><dgm:ptLst/></dgm:dataModel>",
        }
        parsed.clear()
        clean_docx(altered(files.docx(), **{name: content.encode() for name, content in parts.items()}), Counter())
        counts.append(len(parsed))
    assert counts[0] == counts[1]


def test_paragraphs_whose_ends_were_deleted_are_joined_in_order():
    deleted = '<w:pPr><w:rPr><w:del w:author="a"/></w:rPr></w:pPr>'
    parts = [f"<w:p>{deleted if number < 3 else ''}<w:r><w:t>{number} </w:t></w:r></w:p>" for number in range(1, 4)]
    content = clean_docx(word("".join(parts) + "<w:p><w:r><w:t>next</w:t></w:r></w:p>"), Counter())
    assert next(iter(pages(content))).split("\n\n")[:2] == ["1 2 3 ", "next"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<a>1<b>2<c/>3</b>4</a>", "<a>12<c/>34</a>"),
        ("<a><c/>1<b>2<c/>3<d/></b>4</a>", "<a><c/>12<c/>3<d/>4</a>"),
        ("<a><b/>1</a>", "<a>1</a>"),
        ("<a><c/><b>1</b>2</a>", "<a><c/>12</a>"),
    ],
)
def test_element_is_replaced_by_its_content(before, after):
    root = parse_xml(before.encode())
    unwrap_element(root.find("b"))
    assert serialize_xml(root).decode().partition("?>")[2].strip() == after


def test_package_with_a_locked_entry_asks_for_a_password():
    data = bytearray(files.docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    with pytest.raises(UnreadableError, match="locked"):
        clean_docx(bytes(data), Counter())
    with pytest.raises(ValidationError) as caught:
        check_document(files.upload("a.docx", bytes(data)))
    assert caught.value.code == "locked"


@pytest.mark.parametrize(("name", "code"), [("word/document.xml", "too_many_parts"), ("a.txt", "unsupported")])
def test_package_with_too_many_entries_is_told_from_an_archive(name, code):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(5001):
            archive.writestr(f"{number}", b"")
        archive.writestr(name, b"")
    with pytest.raises(ValidationError) as caught:
        check_document(files.upload("a.docx", file.getvalue()))
    assert caught.value.code == code


def test_marks_without_number_on_a_letter_are_ordered_in_groups():
    assert normalize_text("q" + "\u0301\u0316" * 10) == "q" + "\u0316" * 10 + "\u0301" * 10
    many = normalize_text("q" + "\u0301\u0316" * 100)
    assert len(many.replace(JOINER, "")) == 201
    assert max(map(len, many.split(JOINER))) == 31


def test_word_of_many_marks_is_read_as_before():
    words = [match.groups() for match in WORD.finditer("\u0627\u064b\u0628\u064b\u064b \u064b\u064b a")]
    assert words == [("\u0627\u064b\u0628", "\u064b\u064b"), ("\u064b", "\u064b")]


@pytest.mark.parametrize("pattern", [SECTION, CODE_SPACE])
def test_section_of_a_character_map_ends_before_the_next(pattern):
    text = b"1 begincodespacerange <00> begincodespacerange <01> <02> endcodespacerange"
    assert [match[match.lastindex] for match in pattern.finditer(text)] == [b" <01> <02> "]


@pytest.mark.django_db
@pytest.mark.parametrize(("fault", "has_copy"), [(Fault.TIMEOUT, False), (Fault.TOO_LARGE_TEXT, False),
                                                 (Fault.NO_TEXT, True)])  # fmt: skip
def test_copy_that_was_not_read_to_its_end_is_not_kept(monkeypatch, fault, has_copy):
    def fails(content, kind):
        raise UnreadableError(fault)

    document = Document(kind="txt", size=5, sha256="0" * 64)
    document.file.save("", files.upload("a.txt", b"Hello"), save=True)
    copied = CleanedFile(b"A copy", [], [["answers", 2]])
    monkeypatch.setattr(tasks, "make_clean_copy", lambda data, kind, **options: copied)
    monkeypatch.setattr(tasks, "read_pages", fails)
    tasks.read_document.func(document.pk)
    document = Document.objects.get(pk=document.pk)
    assert (document.state, document.fault) == (State.FAULTY, fault)
    assert (document.copy is not None) is has_copy
    if has_copy:
        assert [(str(label), count) for label, count in document.copy.kept_report] == [("Answers in form fields", 2)]
