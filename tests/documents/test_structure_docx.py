import io

import pytest
from docx import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from documents.errors import UnreadableError
from documents.reading import word_notes
from documents.reading.docx import pages
from documents.reading.list_numbers import format_number
from documents.sandbox.client import make_clean_copy, read_markdown
from documents.sandbox.worker import answer
from documents.structure.docx import markdown
from tests import files
from tests.documents.summaries import TEXTS, Word, forty_in_word
from tests.documents.test_upload_checks import altered

RELATIONS = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>
</Relationships>"""


def blocks(text):
    """Return the blocks of a Markdown text."""
    return text.split("\n\n")


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.child_process
def test_paragraphs_keep_the_numbers_that_word_counts():
    text = read_markdown(make_clean_copy(forty_in_word(), "docx").content, "docx")
    numbered = [part.replace("[^1]", "") for part in blocks(text) if part[0].isdigit()]
    assert numbered == [f"{number}. {words}" for number, words in enumerate(TEXTS, start=1)]


def test_lists_notes_headings_and_tables_keep_their_place():
    parts = blocks(markdown(forty_in_word()))
    assert parts[:2] == ["# Summary of an invented meeting", "## Part 1"]
    assert parts[parts.index(f"7. {TEXTS[6]}") + 1] == (
        "    - (a) the first of two\n    - (b) the second of two\n        - (i) and within it"
    )
    assert parts[parts.index(f"12. {TEXTS[11]}[^1]") + 1] == "    [^1]: A note on the twelfth."
    assert parts[-1] == "    | Village | Quays |\n    | --- | --- |\n    | North | 2\\|3 |"


def test_numbers_restart_continue_and_show_their_levels():
    word = Word()
    one = word.list()
    word.item("One", one)
    word.item("First", one, 1)
    word.item("One point one", one, 3)
    word.item("Two", one)
    word.item("First again", one, 1)
    word.item("Nine", word.list(of=one, start=9))
    word.item("Ten", one)
    assert blocks(markdown(word.content())) == [
        "1. One", "    - (a) First\n        - 1.1 One point one", "2. Two", "    - (a) First again",
        "9. Nine", "10. Ten",
    ]  # fmt: skip


def test_separate_list_below_a_paragraph_stays_a_list_with_its_numbers():
    word = Word()
    counted, other = word.list(), word.list()
    for text in ("One", "Two", "Three"):
        word.item(text, counted)
    word.item("not a paragraph", other)
    word.item("nor this", other)
    word.item("Four", counted)
    text = markdown(word.content())
    assert blocks(text)[-2:] == ["    1. not a paragraph\n    2. nor this", "4. Four"]


def test_list_of_a_style_is_counted_and_list_zero_is_not():
    document = Docx()
    document.add_paragraph("Of the style", style="List Number")
    document.add_paragraph("A point", style="List Bullet")
    document.add_paragraph("Not counted", style="List Number")._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>')
    )
    assert blocks(markdown(saved(document))) == ["1. Of the style", "    - A point", "    Not counted"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("12. Twelve", "12. Twelve"), ("12) Twelve", "12. Twelve"), ("12\tTwelve", "12. Twelve"),
     ("2024 was", "2024 was"),
     ("# no heading", "\\# no heading"), ("- no item", "\\- no item"),
     ("a * b", "a \\* b"), ("3.1 Point", "3.1 Point")],
)  # fmt: skip
def test_typed_text_is_not_taken_for_markdown(typed, read):
    assert markdown(files.docx([typed])) == read


def test_emphasis_excludes_outer_spaces_and_a_bold_line_is_a_heading():
    document = Docx()
    document.add_paragraph().add_run("Recommendations").bold = True
    paragraph = document.add_paragraph("12. ")
    paragraph.add_run("Panellists ").bold = True
    paragraph.add_run("agreed").italic = True
    paragraph.add_run(".")
    assert blocks(markdown(saved(document))) == ["## Recommendations", "12. **Panellists** *agreed*."]


def test_web_links_are_kept_and_other_links_become_text():
    document = Docx()
    for address in ("https://example.org/a b", "file:///etc/passwd"):
        relation = document.part.relate_to(
            address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
        )
        document.add_paragraph()._p.append(
            parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>here</w:t></w:r></w:hyperlink>')
        )
    assert blocks(markdown(saved(document))) == ["[here](https://example.org/a%20b)", "here"]


def test_merged_cells_keep_their_columns():
    document = Docx()
    table = document.add_table(3, 3)
    for row, texts in zip(table.rows, (("A", "B", "C"), ("d", "", "f"), ("", "h", "i")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(1, 1))
    table.cell(0, 2).merge(table.cell(1, 2))
    lines = markdown(saved(document)).split("\n")
    assert [line.count(" |") for line in lines] == [3, 3, 3, 3]
    assert lines[2].startswith("| d |  |")
    assert lines[3] == "|  | h | i |"


def test_nested_table_is_read_once_and_a_table_of_one_cell_is_a_frame():
    document = Docx()
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, (("A", "B"), ("outer", "end")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    inner = table.cell(1, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "in", "ner"
    document.add_table(1, 1).cell(0, 0).text = "12. In a frame."
    assert blocks(markdown(saved(document))) == [
        "| A | B |\n| --- | --- |\n| outer in ner | end |", "12. In a frame.",
    ]  # fmt: skip


def test_arabic_and_chinese_are_kept():
    word = Word()
    counted = word.list()
    word.item("الاتجار بالأشخاص جريمة خطيرة.", counted)
    word.item("打击贩运人口。", counted)
    assert blocks(markdown(word.content())) == ["1. الاتجار بالأشخاص جريمة خطيرة.", "2. 打击贩运人口。"]


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [(4, "lowerRoman", "iv"), (1999, "upperRoman", "MCMXCIX"), (26, "lowerLetter", "z"), (28, "upperLetter", "BB"),
     (7, "decimalZero", "07"), (12, "decimal", "12"), (3, "arabicAbjad", "ج"), (3, "arabicAlpha", "ت"),
     (10, "chineseCounting", "十"), (21, "chineseCounting", "二十一"), (5, "unknown", "5"),
     (0, "lowerRoman", "0")],
)  # fmt: skip
def test_numbers_are_written_as_word_writes_them(number, kind, shown):
    assert format_number(number, kind) == shown


@pytest.mark.parametrize(
    ("data", "kind", "fault"),
    [(b"PK\x03\x04 no zip", "docx", "damaged"), (files.docx([""]), "docx", "no_text"), (b"no pdf", "pdf", "damaged"),
     (files.encrypted_pdf(), "pdf", "locked"), (files.pdf([""]), "pdf", "no_text"), (b"\xff\xfe\xff", "md", "damaged")],
)  # fmt: skip
def test_unreadable_file_has_its_fault(data, kind, fault):
    assert answer("structure", kind, data)[0] == {"fault": fault}


def test_markdown_is_unchanged_and_odt_has_its_paragraphs():
    assert read_markdown("## Ä\n\n1. a".encode(), "md") == "## Ä\n\n1. a"
    assert read_markdown(files.odt(["1. One", "And more"]), "odt") == "1. One\n\n    And more"


def test_typed_numbers_of_a_list_are_nested_by_their_indents():
    document = Docx()
    for text, left, first in (
        ("1.\tOpen:", 0, 0), ("(a)\tOne:", 72, -36), ("(i)\tDeep;", 108, -36), ("(ii)\tDeeper.", 108, -36),
        ("(b)\tTwo.", 72, -36), ("2.\tNext.", 0, 0),
    ):  # fmt: skip
        layout = document.add_paragraph(text).paragraph_format
        layout.left_indent, layout.first_line_indent = Pt(left), Pt(first)
    assert blocks(markdown(saved(document))) == [
        "1. Open:", "    - (a) One:\n        - (i) Deep;\n        - (ii) Deeper.\n    - (b) Two.", "2. Next.",
    ]  # fmt: skip


def test_a_list_of_its_own_numbers_the_paragraphs_of_an_annex():
    word = Word()
    one, two = word.list(), word.list()
    for text in ("One", "Two", "Three"):
        word.item(text, one)
    word.document.add_heading("Annex", 1)
    word.item("Who?", two)
    word.item("Which?", two)
    assert blocks(markdown(word.content()))[3:] == ["## Annex", "1. Who?", "2. Which?"]


def test_a_letterhead_is_no_text():
    document = Docx()
    document.add_paragraph("SAMPLE SECRETARIAT")
    document.add_paragraph("Tel. +43 1 000 0000 – desk@office.example")
    document.add_heading("Summary", 0)
    document.add_paragraph("1.\tOne.")
    assert blocks(markdown(saved(document))) == ["# Summary", "1. One."]


@pytest.mark.parametrize("text", [" ", "\t", "\n", "\u00a0", ""])
def test_a_bold_line_without_words_is_no_text_and_no_damage(text):
    document = Docx()
    document.add_paragraph().add_run(text).bold = True
    document.add_paragraph("Words.")
    assert markdown(saved(document)) == "Words."


def test_a_note_that_many_references_share_is_read_once_and_its_sum_is_limited(monkeypatch):
    words = "<w:p><w:r><w:t>A note</w:t></w:r></w:p>"
    note = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2">{words}</w:footnote></w:footnotes>'
    references = '<w:r><w:footnoteReference w:id="2"/></w:r>' * 3
    data = altered(
        files.docx(),
        **{
            "word/document.xml": f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>a</w:t></w:r>{references}</w:p>"
            "</w:body></w:document>".encode(),
            "word/footnotes.xml": note.encode(),
            "word/_rels/document.xml.rels": RELATIONS,
        },
    )
    assert markdown(data).count("A note") == 3
    assert "".join(pages(data)).count("A note") == 3
    monkeypatch.setattr(word_notes, "MAX_NOTES", 17)
    for read in (markdown, lambda data: "".join(pages(data))):
        with pytest.raises(UnreadableError, match="too_large_text"):
            read(data)
