import io
import re
from collections import Counter

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as LaidOut

from documents.reading.pdf import pages
from documents.sandbox.client import make_clean_copy, read_markdown
from documents.structure.pdf import markdown
from documents.structure.pdf.characters import Character
from documents.structure.pdf.lines import Line
from documents.structure.pdf.tables import Table
from tests.documents.drawn_pdf import canvas_of, drawn, write
from tests.documents.summaries import forty_in_pdf

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=14)
GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")
ROWS = [["Village", "Quays", "Boats"], ["North", "2|3", "7"], ["South", "", "12"]]
WORDS = [[f"{chr(65 + page)}{line}".lower().title() * 2 for line in "ABCDE"] for page in range(4)]
READ = ["| Village | Quays | Boats |", "| --- | --- | --- |", "| North | 2\\|3 | 7 |", "| South |  | 12 |"]


def laid_out(*parts):
    """Return a PDF of paragraphs (text) and tables (rows, style commands, options)."""
    story = [
        Paragraph(part, BODY) if isinstance(part, str) else LaidOut(part[0], style=part[1], **(part[2:] or [{}])[0])
        for part in parts
    ]
    file = io.BytesIO()
    SimpleDocTemplate(file, invariant=1).build(story)
    return file.getvalue()


def rows_of(text):
    return [line.strip() for line in text.split("\n") if line.strip().startswith("|")]


def words(text):
    return Counter(re.findall(r"\w+", text))


def boxed(canvas, rows, *, left=72, top=700, wide=100, high=20, thin=0):
    """Draw a table as Word does: four rectangles as thin as a line around each cell."""
    for down, row in enumerate(rows):
        for along, text in enumerate(row):
            x, y = left + along * wide, top - down * high
            write(canvas, [(x + 5, y - 14, text)])
            for box in ((x, y, wide, 0.5), (x, y - high, wide, 0.5), (x, y - high, 0.5, high),
                        (x + wide, y - high, 0.5, high)):  # fmt: skip
                canvas.rect(*box, stroke=thin, fill=1 - thin)


def test_table_with_lines_keeps_its_place_between_paragraphs():
    data = laid_out("1. Before.", (ROWS, [GRID]), "2. Behind.")
    assert read_markdown(make_clean_copy(data, "pdf").content, "pdf").split("\n\n") == [
        "1. Before.", "\n".join(f"    {line}" for line in READ), "2. Behind.",
    ]  # fmt: skip


@pytest.mark.parametrize("stroked", [0, 1])
def test_rectangles_around_cells_form_a_table(stroked):
    assert markdown(canvas_of(lambda canvas: boxed(canvas, ROWS, thin=stroked))).split("\n") == READ


def test_lines_of_a_cell_are_joined_and_keep_their_emphasis():
    long = Paragraph(
        "The wardens of the harbour were <b>heard</b> before the count is repeat-<br/>ed in villages", BODY
    )
    text = markdown(laid_out(([["a", long], ["b", "c"]], [GRID], {"colWidths": [50, 90]})))
    assert text.split("\n")[0] == (
        "| a | The wardens of the harbour were **heard** before the count is repeated in villages |"
    )


def test_merged_cells_keep_their_columns_and_are_not_repeated():
    spans = [GRID, ("SPAN", (0, 1), (1, 1)), ("SPAN", (2, 0), (2, 1))]
    text = markdown(laid_out(([["A", "B", "C"], ["d", "", ""], ["g", "h", "i"]], spans)))
    assert text.split("\n") == ["| A | B | C |", "| --- | --- | --- |", "| d |  |  |", "| g | h | i |"]


def test_table_without_outer_lines_has_all_its_columns():
    text = markdown(laid_out((ROWS, [("INNERGRID", (0, 0), (-1, -1), 0.5, "black")])))
    assert text.split("\n") == READ


def test_table_across_pages_is_one_with_one_header():
    rows = [["Number", "Ferry"], *([f"no. {number}", f"ferry {number}"] for number in range(1, 101))]
    text = markdown(laid_out("1. Before.", (rows, [GRID], {"repeatRows": 1}), "2. Behind."))
    assert rows_of(text) == ["| Number | Ferry |", "| --- | --- |",
                             *(f"| no. {number} | ferry {number} |" for number in range(1, 101))]  # fmt: skip
    assert text.split("\n\n")[-1] == "2. Behind."


def at_heights(*tables):
    """Return a page of tables, each with the height of its top edge."""
    return lambda canvas: [boxed(canvas, rows, top=top) for top, rows in tables]


def test_table_with_one_row_on_the_next_page_is_one():
    text = markdown(canvas_of(at_heights((140, ROWS)), at_heights((760, [["West", "4", "9"]]))))
    assert text.split("\n") == [*READ, "| West | 4 | 9 |"]
    text = markdown(canvas_of(at_heights((100, ROWS[:1])), at_heights((760, ROWS[1:]))))
    assert text.split("\n") == READ


def test_single_row_on_each_page_is_no_table():
    text = markdown(canvas_of(at_heights((140, ROWS[:1])), at_heights((760, ROWS[1:2]))))
    assert rows_of(text) == []
    assert words(text) == words("Village Quays Boats North 2|3 7")


def across_pages(row, next_row):
    """Return the rows of a table when one page ends with `row` and the next begins with `next_row`."""
    pages = at_heights((160, [*ROWS, row])), at_heights((760, [next_row, ["Z", "", "1"]]))
    return rows_of(markdown(canvas_of(*pages)))


def test_row_cut_by_a_page_break_is_one():
    read = across_pages(["East", "is counted", "4"], ["", "in winter", ""])
    assert read == [*READ, "| East | is counted in winter | 4 |", "| Z |  | 1 |"]


@pytest.mark.parametrize(
    ("row", "next_row"),
    [(["East", "is counted.", "4"], ["", "in winter", ""]), (["East", "is counted", "4"], ["", "In winter", ""]),
     (["east", "is", "on"], ["west", "is", "off"]), (["East", "", "4"], ["", "in winter", ""])],
)  # fmt: skip
def test_row_that_begins_on_the_next_page_stays_separate(row, next_row):
    assert across_pages(row, next_row) == [
        *READ, f"| {' | '.join(row)} |", f"| {' | '.join(next_row)} |", "| Z |  | 1 |",
    ]  # fmt: skip


def test_columns_and_rows_without_lines_between_them_are_separated():
    rows = [["Village", "Quays", "Boats"], ["North", "2", "7"], ["South", "11", "12"]]

    def table(canvas):
        for height in (720, 700, 660):
            canvas.line(72, height, 372, height)
        for place, top in ((72, 720), (172, 700), (272, 700), (372, 720)):
            canvas.line(place, 660, place, top)
        for height, row in zip((706, 686, 666), rows, strict=True):
            write(canvas, [(77 + 100 * at, height, text) for at, text in enumerate(row)])

    assert rows_of(markdown(canvas_of(table))) == [
        "| Village | Quays | Boats |", "| --- | --- | --- |", "| North | 2 | 7 |", "| South | 11 | 12 |",
    ]  # fmt: skip


def test_spaces_before_the_text_of_a_cell_belong_to_no_column():
    def table(canvas):
        for height in (700, 660, 640):
            canvas.line(72, height, 372, height)
        for place, top in ((72, 700), (222, 660), (372, 700)):
            canvas.line(place, 640, place, top)
        write(
            canvas,
            [(77, 686, "Village"), (230, 686, "Boats"), (77, 670, " and hamlet"), (77, 646, "N"), (230, 646, "2")],
        )

    assert rows_of(markdown(canvas_of(table))) == ["| Village and hamlet | Boats |", "| --- | --- |", "| N | 2 |"]


def cell(text):
    """Return a cell of one line, whose characters run from right to left."""
    characters = [Character(one, 90 - at, 91 - at, 700, 11, origin=90 - at) for at, one in enumerate(text)]
    return [Line.of(0, characters)] if text else []


@pytest.mark.parametrize(
    ("head", "order"), [(("\u0633\u0646\u0629", "\u062f\u0648\u0644\u0629"), -1), (("Year", "State"), 1)]
)  # fmt: skip
def test_columns_of_an_arabic_table_begin_at_the_right(head, order):
    rows = [[cell(text) for text in row] for row in (head, ("2019", "7"), ("2020", "9"), ("2021", "8"))]
    assert Table(0, rows, [72, 172, 272], 700).rows_in_reading_order() == [row[::order] for row in rows]


def test_tables_with_different_columns_on_two_pages_stay_two():
    def page(rows, wide):
        return lambda canvas: boxed(canvas, rows, wide=wide)

    text = markdown(canvas_of(page(ROWS, 100), page([["A", "B", "C"], *ROWS[1:]], 110)))
    assert text.split("\n\n") == ["\n".join(READ), "\n".join(["| A | B | C |", *READ[1:]])]


def test_table_repeated_on_most_pages_is_a_header_unless_its_figures_differ():
    def page(number, *rows):
        return lambda canvas: (
            boxed(canvas, rows, top=800),
            write(
                canvas, [(72, 600 - 20 * at, f"{word} is on page {number}.") for at, word in enumerate(WORDS[number])]
            ),
        )

    same = markdown(canvas_of(*(page(number, ["Head", "of"], ["all", "pages"]) for number in (1, 2, 3))))
    assert rows_of(same) == []
    assert same.count("is on page") == 15
    other = markdown(canvas_of(*(page(number, ["Boats", "Quays"], [str(number), "7"]) for number in (1, 2, 3))))
    assert [row for row in rows_of(other) if "7" in row] == [f"| {number} | 7 |" for number in (1, 2, 3)]


def test_no_word_of_a_page_is_lost_or_repeated():
    data = laid_out("1. Before it.", (ROWS, [GRID]), "2. Behind it.", ([["only", "one"]], [GRID]),
                    ([["A", "B"], ["c", "d"]], [GRID, ("SPAN", (0, 0), (1, 0))]), "3. Last.")  # fmt: skip
    assert words(markdown(data).replace("\\", "")) == words(" ".join(pages(data)))


def chart(canvas):
    """Draw lines at five heights that touch an axis, three bars on it, and labels below."""
    canvas.line(100, 400, 100, 600)
    for height in range(400, 601, 40):
        canvas.line(100, height, 400, height)
        canvas.drawRightString(95, height, f"{height} boats")
    for place in (150, 220, 290):
        canvas.rect(place, 400, 40, place / 2, fill=0)
        canvas.drawString(place, 385, f"bar {place}")


def plan(canvas):
    """Draw boxes at different heights with lines between them, as in a floor plan."""
    for x, y, text in ((250, 600, "Chair"), (100, 500, "Desk"), (400, 480, "Hall"), (250, 400, "Quay")):
        canvas.rect(x, y, 100, 30)
        canvas.drawString(x + 10, y + 10, text)
    canvas.line(300, 600, 300, 430)
    canvas.line(150, 530, 150, 560)
    canvas.line(150, 560, 450, 560)
    canvas.line(450, 560, 450, 510)


def columns_with_a_line(canvas):
    canvas.line(72, 720, 520, 720)
    canvas.line(296, 720, 296, 100)
    for line in range(20):
        write(canvas, [(72, 700 - 14 * line, f"the left column goes on {line}"),
                       (310, 700 - 14 * line, f"the right column goes on {line}")])  # fmt: skip


def underlined(canvas):
    for line in range(5):
        write(canvas, [(72, 700 - 20 * line, f"Words with a line below them {line}.")])
        canvas.rect(72, 697 - 20 * line, 150, 0.6, stroke=0, fill=1)


def framed(canvas):
    canvas.rect(60, 100, 450, 650)
    write(canvas, [(72, 700 - 20 * line, f"A page in a frame {line}.") for line in range(5)])


def form(canvas):
    """Draw a page in a frame with boxes for a name and a number at its top, as in a form."""
    framed(canvas)
    canvas.line(60, 730, 510, 730)
    canvas.line(300, 730, 300, 750)
    write(canvas, [(72, 735, "The name of the form"), (310, 735, "its number")])
    write(canvas, [(72, 580 - 20 * line, f"It goes on with line {line}.") for line in range(10)])


@pytest.mark.parametrize("draw", [chart, plan, columns_with_a_line, underlined, framed, form])
def test_other_lines_form_no_table(draw):
    data = canvas_of(draw)
    text = markdown(data)
    assert rows_of(text) == []
    assert words(text) == words(" ".join(pages(data)))


def test_drawing_of_very_many_lines_is_no_table():
    def hatched(canvas):
        for at in range(300):
            canvas.line(50, 50 + 2.5 * at, 550, 50 + 2.5 * at)
            canvas.line(50 + 1.5 * at, 50, 50 + 1.5 * at, 800)
        write(canvas, [(72, 700, "A map.")])

    assert markdown(canvas_of(hatched)) == "A map."


def test_text_without_tables_has_no_table():
    assert rows_of(markdown(forty_in_pdf())) == []
    assert rows_of(markdown(drawn([(72, 700, "1."), (100, 700, "One."), (72, 680, "2."), (100, 680, "Two.")]))) == []
