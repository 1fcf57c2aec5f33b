import re
from collections import Counter

import pytest

from documents.reading.pdf import pages
from documents.structure.pdf import markdown
from tests.documents.drawn_pdf import drawn
from tests.documents.summaries import TEXTS

VILLAGES = [("Village", "Quays", "Boats"), ("North", "2", "7"), ("South", "11", "12"), ("East", "104", "3")]


def in_columns(columns, rows, *, top=700, step=18):
    """Return lines of text that begin at these columns, in points; nothing where a text is empty."""
    return [
        (left, top - step * down, text)
        for down, row in enumerate(rows)
        for left, text in zip(columns, row, strict=True)
        if text
    ]


def rows_of(text):
    return [line.strip() for line in text.split("\n") if line.strip().startswith("|")]


def words(text):
    return Counter(re.findall(r"\w+", text))


def pipe_rows(rows):
    return [f"| {' | '.join(row)} |" for row in (rows[0], ["---"] * len(rows[0]), *rows[1:])]


def test_short_texts_in_columns_are_a_table():
    page = [(72, 740, "1. Before it."), *in_columns([72, 200, 300], VILLAGES), (72, 600, "2. Behind it.")]
    assert markdown(drawn(page)).split("\n\n") == [
        "1. Before it.", "\n".join(f"    {row}" for row in pipe_rows(VILLAGES)), "2. Behind it.",
    ]  # fmt: skip


def test_columns_can_be_aligned_right_and_have_an_empty_cell():
    widths = {"2": 6.1, "11": 12.2, "104": 18.3, "Quays": 32.4}
    page = [
        (left - widths.get(text, 0), height, text)
        for left, height, text in in_columns([72, 240, 300], [*VILLAGES, ("West", "", "9")])
    ]
    assert rows_of(markdown(drawn(page))) == pipe_rows([*VILLAGES, ("West", "", "9")])


def numbered_twice():
    return in_columns([72, 100, 130], [(f"{at}.", f"({at})", text[:60]) for at, text in enumerate(TEXTS[:6], start=1)])


def contents():
    return in_columns([72, 100, 480], [(f"{at}.", f"Part {at}", str(3 * at)) for at in range(1, 7)])


def two_columns():
    return in_columns([72, 310], [(text[:35], text[40:75]) for text in TEXTS[:20]], step=14)


def three_columns():
    return in_columns([72, 240, 410], [(text[:26], text[27:55], text[60:86]) for text in TEXTS[:20]], step=14)


def two_rows():
    return in_columns([72, 200, 300], VILLAGES[:2])


def cells_of_several_lines():
    return in_columns([72, 200, 300], [*VILLAGES, ("", "of which five", ""), *VILLAGES[1:]])


def list_of_names():
    return in_columns([72, 180], [(f"Wardens {at}", f"Ferry {at}") for at in range(6)])


def far_apart():
    return [
        one for at in range(4) for one in in_columns([72, 200, 300], [VILLAGES[at]], top=700 - 20 * at - 60 * at * at)
    ]


def not_aligned():
    return [(72 + 40 * at + 100 * down, 700 - 18 * down + 0 * at, f"w{at}") for down in range(3) for at in range(3)]


@pytest.mark.parametrize(
    "lines",
    [numbered_twice, contents, two_columns, three_columns, two_rows, cells_of_several_lines, list_of_names, far_apart,
     not_aligned],
)  # fmt: skip
def test_doubtful_columns_stay_text(lines):
    data = drawn([(72, 760, "A heading of this page", "Helvetica-Bold", 14), *lines()])
    text = markdown(data)
    assert rows_of(text) == []
    assert words(text) == words(" ".join(pages(data)))


def test_no_word_of_a_table_is_lost_or_repeated():
    data = drawn([(72, 740, "1. Before it."), *in_columns([72, 200, 300], VILLAGES), (72, 600, "2. Behind it.")])
    assert words(markdown(data)) == words(" ".join(pages(data)))
