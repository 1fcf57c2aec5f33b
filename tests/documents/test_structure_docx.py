import io

import pytest
from docx import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from documents.apart.child import reply
from documents.cleaning.parent import clean
from documents.structure.docx import markdown
from documents.structure.labels import label
from documents.structure.parent import structure
from tests import files
from tests.documents.summaries import TEXTS, Word, forty_in_word


def paragraphs(text):
    """The parts of a Markdown text."""
    return text.split("\n\n")


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.child_process
def test_forty_paragraphs_come_over_with_the_numbers_that_word_counts():
    text = structure(clean(forty_in_word(), "docx").content, "docx")
    came = [part.replace("[^1]", "") for part in paragraphs(text) if part[0].isdigit()]
    assert came == [f"{number}. {words}" for number, words in enumerate(TEXTS, start=1)]


def test_lists_notes_headings_and_tables_stand_where_they_stood():
    parts = paragraphs(markdown(forty_in_word()))
    assert parts[:2] == ["# Summary of an invented meeting", "## Part 1"]
    assert parts[parts.index(f"7. {TEXTS[6]}") + 1] == (
        "    - (a) the first of two\n    - (b) the second of two\n        - (i) and within it"
    )
    assert parts[parts.index(f"12. {TEXTS[11]}[^1]") + 1] == "    [^1]: A note on the twelfth."
    assert parts[-1] == "    | Village | Quays |\n    | --- | --- |\n    | North | 2\\|3 |"


def test_numbers_begin_anew_go_on_and_show_their_levels():
    word = Word()
    one = word.list()
    word.item("One", one)
    word.item("First", one, 1)
    word.item("One point one", one, 3)
    word.item("Two", one)
    word.item("First again", one, 1)
    word.item("Nine", word.list(of=one, start=9))
    word.item("Ten", one)
    assert paragraphs(markdown(word.content())) == [
        "1. One", "    - (a) First\n        - 1.1 One point one", "2. Two", "    - (a) First again",
        "9. Nine", "10. Ten",
    ]  # fmt: skip


def test_a_list_of_its_own_below_a_paragraph_stays_a_list_with_its_numbers():
    word = Word()
    counted, other = word.list(), word.list()
    for text in ("One", "Two", "Three"):
        word.item(text, counted)
    word.item("not a paragraph", other)
    word.item("nor this", other)
    word.item("Four", counted)
    text = markdown(word.content())
    assert paragraphs(text)[-2:] == ["    1. not a paragraph\n    2. nor this", "4. Four"]


def test_a_list_in_a_style_counts_and_a_list_of_zero_does_not():
    document = Docx()
    document.add_paragraph("Of the style", style="List Number")
    document.add_paragraph("A point", style="List Bullet")
    document.add_paragraph("Not counted", style="List Number")._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>')
    )
    assert paragraphs(markdown(saved(document))) == ["1. Of the style", "    - A point", "    Not counted"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("12. Twelve", "12. Twelve"), ("12) Twelve", "12. Twelve"), ("12\tTwelve", "12. Twelve"),
     ("2024 was", "2024 was"),
     ("# no heading", "\\# no heading"), ("- no item", "\\- no item"),
     ("a * b", "a \\* b"), ("3.1 Point", "3.1 Point")],
)  # fmt: skip
def test_what_is_typed_stays_what_it_is(typed, read):
    assert markdown(files.docx([typed])) == read


def test_emphasis_comes_over_without_its_blanks_and_a_bold_line_is_a_heading():
    document = Docx()
    document.add_paragraph().add_run("Recommendations").bold = True
    paragraph = document.add_paragraph("12. ")
    paragraph.add_run("Panellists ").bold = True
    paragraph.add_run("agreed").italic = True
    paragraph.add_run(".")
    assert paragraphs(markdown(saved(document))) == ["## Recommendations", "12. **Panellists** *agreed*."]


def test_links_to_the_web_come_over_and_others_are_words():
    document = Docx()
    for address in ("https://example.org/a b", "file:///etc/passwd"):
        relation = document.part.relate_to(
            address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
        )
        document.add_paragraph()._p.append(
            parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>here</w:t></w:r></w:hyperlink>')
        )
    assert paragraphs(markdown(saved(document))) == ["[here](https://example.org/a%20b)", "here"]


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


def test_a_table_within_a_cell_is_said_once_and_one_cell_is_but_a_frame():
    document = Docx()
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, (("A", "B"), ("outer", "end")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    inner = table.cell(1, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "in", "ner"
    document.add_table(1, 1).cell(0, 0).text = "12. In a frame."
    assert paragraphs(markdown(saved(document))) == [
        "| A | B |\n| --- | --- |\n| outer in ner | end |", "12. In a frame.",
    ]  # fmt: skip


def test_arabic_and_chinese_come_over():
    word = Word()
    counted = word.list()
    word.item("الاتجار بالأشخاص جريمة خطيرة.", counted)
    word.item("打击贩运人口。", counted)
    assert paragraphs(markdown(word.content())) == ["1. الاتجار بالأشخاص جريمة خطيرة.", "2. 打击贩运人口。"]


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [(4, "lowerRoman", "iv"), (1999, "upperRoman", "MCMXCIX"), (26, "lowerLetter", "z"), (28, "upperLetter", "BB"),
     (7, "decimalZero", "07"), (12, "decimal", "12"), (3, "arabicAbjad", "ج"), (3, "arabicAlpha", "ت"),
     (10, "chineseCounting", "十"), (21, "chineseCounting", "二十一"), (5, "of no kind known", "5"),
     (0, "lowerRoman", "0")],
)  # fmt: skip
def test_numbers_look_as_word_shows_them(number, kind, shown):
    assert label(number, kind) == shown


@pytest.mark.parametrize(
    ("data", "kind", "fault"),
    [(b"PK\x03\x04 no zip", "docx", "damaged"), (files.docx([""]), "docx", "no_text"), (b"no pdf", "pdf", "damaged"),
     (files.encrypted_pdf(), "pdf", "locked"), (files.pdf([""]), "pdf", "no_text"), (b"\xff\xfe\xff", "md", "damaged")],
)  # fmt: skip
def test_what_can_not_be_read_says_why(data, kind, fault):
    assert reply("structure", kind, data)[0] == {"fault": fault}


def test_markdown_comes_as_it_is_and_odt_with_its_paragraphs():
    assert structure("## Ä\n\n1. a".encode(), "md") == "## Ä\n\n1. a"
    assert structure(files.odt(["1. One", "And more"]), "odt") == "1. One\n\n    And more"
