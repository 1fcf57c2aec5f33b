import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from publishing.spreadsheets import safe_value, to_csv, to_xlsx


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"), ("＝1", "'＝1"), ("  =1", "'  =1"),
        ("\u00a0@A1", "'\u00a0@A1"), ("  Open", "  Open"),
        ("Open = Door", "Open = Door"), (-1, -1), (None, ""), (True, "yes"),
        (False, "no"), (date(2026, 3, 1), "2026-03-01"), ("bell\x07", "bell"),
        (datetime(2026, 3, 1, 11, 0, tzinfo=UTC), "2026-03-01 12:00+01:00"),
    ],
)  # fmt: skip
def test_a_cell_is_never_a_formula(value, said):
    assert safe_value(value) == said


@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
def test_no_cell_is_a_formula_whatever_separator_a_program_takes(separator, quoting):
    typed = [
        "x;=1+1;y",
        "x; =1",
        "x\t=1",
        "x|@SUM(A1)",
        "a\r\n=1",
        "a\n+1",
        'x;"=1"',
        "x;'-1",
        "x;＝1",
        "=1;=1",
        "a\n\n =1",
        "  =1+1",
        "\u00a0=1",
    ]
    content = to_csv([[text, "last"] for text in typed]).decode("utf-8-sig")
    read = csv.reader(io.StringIO(content, newline=""), delimiter=separator, quoting=quoting)
    cells = [cell.strip(' "\u00a0') for row in read for cell in row]
    assert len(cells) > len(typed)
    assert [cell for cell in cells if cell.startswith(tuple("=+-@＝"))] == []


@pytest.mark.parametrize("piece", ["\n", ";", " ", "'", " ;", "\n'"])
def test_every_text_takes_linear_time(piece):
    """A search that begins again at each line break would take hours, and anyone may send such a text."""
    text = piece * (1_000_000 // len(piece))
    assert len(to_csv([[f"a{text}a"]])) >= len(text)
    assert to_csv([[f"a{text};=1"]]).decode("utf-8-sig").rstrip('\r\n"').endswith("'=1")


def test_texts_without_a_formula_stay_as_they_are():
    typed = ["a; b; c", "2 = 1 + 1", "well-known; (see -1)", "first line\nsecond line"]
    content = to_csv([typed]).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(content, newline=""))) == typed


def test_csv_has_a_byte_order_mark_and_quotes():
    content = to_csv([["name", "words"], ["Žofie", 'a "b",\nc'], ["=cmd", 3]])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [["name", "words"], ["Žofie", 'a "b",\nc'], ["'=cmd", "3"]]


def test_xlsx_holds_text_and_no_formulas():
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([["=1+1", "2", 3], ["\x0bplain", "", "x" * 40_000]]))).active
    assert [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(max_row=1)] == [
        [("'=1+1", "s"), ("2", "s"), (3, "n")]
    ]
    assert (sheet["A2"].value, len(sheet["C2"].value)) == ("plain", 32_767)
