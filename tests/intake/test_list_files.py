import datetime
import io
import zipfile

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from openpyxl.worksheet.formula import ArrayFormula

from documents.reading import ods, xlsx
from intake.batches.row_kinds import KINDS
from intake.columns import Columns, normalize
from intake.list_files import is_formula, read_all, read_list, read_table, strip_formula_guard
from publishing.spreadsheets import to_csv
from tests import files

from . import list_builders as lists

COLUMNS = Columns(
    {"file": ("filename",), "organization": ("organisation", "sent by"), "title": ()}, required=("title",)
)
ROWS = [["File name", "Organisation", "TITLE"], ["a.pdf", "Žofie – Öffnung", "What we saw"]]
READ = [(2, {"organization": "Žofie – Öffnung", "title": "What we saw"})]


def lines(content, columns=COLUMNS):
    return [(row.number, row.values) for row in read_list(lists.upload(content), columns).rows]


def refused(content, columns=COLUMNS):
    with pytest.raises(ValidationError) as error:
        read_list(lists.upload(content), columns)
    return error.value.code, error.value.messages[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_in_any_dialect(encoding, separator):
    content = "".join(separator.join(row) + "\r\n" for row in ROWS).encode(encoding)
    assert lines(content) == READ


def test_xlsx_is_read():
    assert lines(lists.xlsx(ROWS)) == READ


def test_ods_is_read():
    assert lines(lists.ods(ROWS)) == READ


def test_cells_of_ods_become_text():
    cells = [
        ('office:value-type="date" office:date-value="2026-03-01"', "1 March"),
        ('office:value-type="date" office:date-value="2026-03-01T09:30:00"', "1 March, half past nine"),
        ('office:value-type="boolean" office:boolean-value="true"', "WAHR"),
        ('office:value-type="time" office:time-value="PT09H05M00S"', "9:05"),
        ('office:value-type="time" office:time-value="PT30M"', "0:30"),
        ('office:value-type="time" office:time-value="-PT1H"', "-1:00"),
        ('table:formula="of:=1+1"', "2"), ('table:number-columns-repeated="2"', "twice"), "one\ntwo", "",
    ]  # fmt: skip
    said = ["2026-03-01", "2026-03-01 09:30", "yes", "09:05", "00:30", "-PT1H", "=1+1", "twice", "twice", "one\ntwo"]
    assert ods.sheets(lists.ods([["title"], [], cells]))[0] == ("", [["title"], [], said])


def test_repeated_rows_of_ods_are_limited():
    assert len(ods.sheets(lists.ods([["title"]], times=9_999_999))[0][1]) == 5001


@pytest.mark.parametrize("content", [lists.ods([["title"]], body_name="text"), files.odt()])
def test_other_open_documents_are_refused(content):
    assert refused(content)[0] == "damaged"


def test_a_quoted_cell_holds_separators_and_line_breaks():
    assert lines(b'title;organisation\r\n"one; ""two""\nthree";b\r\n\r\n;c\r\n') == [
        (2, {"title": 'one; "two"\nthree', "organization": "b"}), (4, {"organization": "c"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Number;Title;Speakers\n1;Ports;Ana Ruiz, Peru; Tom Berg;\n", "Ana Ruiz, Peru; Tom Berg"),
        ("Number,Title,Speakers\n1,Ports,Ana Ruiz, Tom Berg\n", "Ana Ruiz, Tom Berg"),
        ("Number;Title;Speakers;\n1;Ports;Ana Ruiz;to be confirmed\n", "Ana Ruiz"),
        ('Number;Title;Speakers\n1;"Ports";Ana Ruiz;to be confirmed\n', "Ana Ruiz"),
        ("Number\tTitle\tSpeakers\n1\tPorts\tAna Ruiz\tto be confirmed\n", "Ana Ruiz"),
    ],
)
def test_separators_that_nobody_quoted_in_the_last_cell_divide_only_several_people(text, speakers):
    content = read_table(lists.upload(text.encode()), KINDS["programme"].COLUMNS)[0]
    assert content[1][2] == speakers


def test_text_beside_the_last_heading_stays_beside_it_if_its_cells_hold_one_thing():
    text = b"Number;Title;Room\n1;Ports;M2;to be confirmed\n"
    assert read_table(lists.upload(text), KINDS["programme"].COLUMNS)[0][1] == ["1", "Ports", "M2", "to be confirmed"]


def test_unknown_columns_and_encodings_are_reported():
    listed = read_list(lists.upload("title;colour\nSamší;red\n".encode()), COLUMNS)
    assert (listed.rows[0].values, listed.remarks) == (
        {"title": "Samší"}, ["Not understood, and left out: the columns “colour”."],
    )  # fmt: skip
    assert "Windows-1252" in read_list(lists.upload("title\né\n".encode("cp1252")), COLUMNS).remarks[0]


@pytest.mark.parametrize(
    ("content", "code", "sentence"),
    [
        (b"", "empty", "This list is empty: choose another one."),
        (b"\xef\xbb\xbf \r\n ; \r\n", "empty", "This list is empty: choose another one."),
        (b"title\r\n", "empty", "This list has headings and no rows."),
        (b"a" * (5 * 1024 * 1024 + 1), "too_large", "This list is larger than 5 MB: send it in several parts."),
        (b"title\n" + b"x\n" * 2001, "too_large", "This list has more than 2000 rows: send it in several parts."),
        (files.pdf(), "unsupported", "This is not a list: send a CSV, XLSX or ODS file."),
        (b"<html><table>", "unsupported", "This is not a list: send a CSV, XLSX or ODS file."),
        (files.png(), "unsupported", "This is not a list: send a CSV, XLSX or ODS file."),
        (b'title\n"never closed', "damaged",
         "This CSV file cannot be read to its end: it has a quotation mark too many or too few."),
        (b"file;organisation\na;b", "headings",
         "This list has no column “title”. It can have: file, organization, title."),
        (b"title;Title\na;b", "headings", "This list has two columns for “title”: keep one of them."),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "locked",
         "This list is protected by a password: save it without one and send the new file."),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"Workbook", "unsupported",
         "This is an old Excel file (.xls): save it as XLSX or CSV and send that."),
        (b"PK\x03\x04rest", "damaged", "This is not a list, or a damaged one: send a CSV, XLSX or ODS file."),
        (files.docx(), "damaged", "This is not a list, or a damaged one: send a CSV, XLSX or ODS file."),
    ],
)  # fmt: skip
def test_invalid_lists_are_refused_with_one_sentence(content, code, sentence):
    assert refused(content) == (code, sentence)


def test_a_decompression_bomb_is_refused_before_it_unpacks():
    file = io.BytesIO(lists.xlsx(ROWS))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", b" " * (65 * 1024 * 1024))
    assert file.tell() < 200_000
    assert refused(file.getvalue()) == (
        "too_large", "This list unpacks to more than can be read: send it in several parts.",
    )  # fmt: skip


def test_formulas_are_recognized():
    (row,) = read_list(lists.upload(lists.xlsx([["title"], ["=1+1"]])), COLUMNS).rows
    assert (row.values, is_formula(row.values["title"])) == ({"title": "=1+1"}, True)
    assert not is_formula("+43 1 234")
    assert not is_formula("a = b")


def test_exported_text_is_read_back_unchanged():
    words = [["title"], ["=SUM(1)"], ["-1 degree"], ["'quoted'"], ["plain"]]
    values = [row.values["title"] for row in read_list(lists.upload(to_csv(words)), COLUMNS).rows]
    assert not any(map(is_formula, values))
    assert [strip_formula_guard(value) for value in values] == [row[0] for row in words[1:]]


def test_cells_become_text():
    day, moment = datetime.datetime(2026, 3, 1), datetime.datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001  as in a sheet
    values = [None, True, False, 3.0, 2.5, day, moment, datetime.time(9, 5), "x" * 6000]
    said = ["", "yes", "no", "3", "2.5", "2026-03-01", "2026-03-01 09:30", "09:05", "x" * 5000]
    assert [xlsx.cell_text(value) for value in values] == said
    assert is_formula(xlsx.cell_text(ArrayFormula("A1:A2", "=B1:B2")))


def test_the_sheets_that_are_shown_are_read_up_to_the_limit_of_columns():
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["title", *[""] * 80, "far"])
    book.create_sheet("Second").append(["other"])
    hidden = book.create_sheet("Hidden")
    hidden.append(["hidden"])
    hidden.sheet_state = "hidden"
    book.save(file)
    assert xlsx.sheets(file.getvalue()) == [("Sheet", [["title"]]), ("Second", [["other"]])]


@pytest.mark.child_process
def test_of_several_sheets_the_one_with_most_headings_comes_first():
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["notes"])
    book.create_sheet("List").append(["file", "title"])
    book.create_sheet("Empty")
    book.save(file)
    sheets, remarks = read_all(lists.upload(file.getvalue(), "list.xlsx"), COLUMNS)
    assert [(sheet.name, sheet.table) for sheet in sheets] == [("List", [["file", "title"]]), ("Sheet", [["notes"]])]
    table, remarks = read_table(lists.upload(file.getvalue(), "list.xlsx"), COLUMNS)
    assert table == [["file", "title"]]
    assert remarks == ["The sheet “List” was read. These were not: “Sheet”."]


def test_words_are_compared_without_accents_case_and_punctuation():
    assert normalize("  Ä-b_Č  d. ") == normalize("a b c D")
