from xml.sax.saxutils import escape, quoteattr

import pytest

from documents.sandbox.client import make_clean_copy, read_markdown
from tests import files

STYLES = """
<text:list-style style:name="Counted">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
 <text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
 <text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3"/>
</text:list-style>
<text:list-style style:name="Bullets">
 <text:list-level-style-bullet text:level="1" text:bullet-char="•"/>
</text:list-style>
"""
NOTE = """<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>Its words.</text:p></text:note-body></text:note>"""


def element(name, *content, **attributes):
    """Return an element of OpenDocument: `text_p` is text:p, and attributes are named likewise."""
    written = "".join(f" {name.replace('__', ':').replace('_', '-')}={quoteattr(v)}" for name, v in attributes.items())
    return f"<{name}{written}>{''.join(content)}</{name}>"


def paragraph(text):
    return element("text:p", escape(text))


def item(*content, **attributes):
    """Return a list item of text and elements."""
    return element("text:list-item", *map(as_paragraph, content), **attributes)


def as_paragraph(content):
    return content if content.startswith("<") else paragraph(content)


def numbered(*items, style="Counted", **attributes):
    """Return a list. Each item is its text, or an element."""
    items = [one if one.startswith("<text:list-item") else item(one) for one in items]
    return element("text:list", *items, text__style_name=style, **attributes)


def cell(*content, **attributes):
    return element("table:table-cell", *map(as_paragraph, content), office__value_type="string", **attributes)


COVERED = element("table:covered-table-cell")


def row(*cells, **attributes):
    cells = [one if one.startswith("<table:") else cell(one) for one in cells]
    return element("table:table-row", *cells, **attributes)


def table(*rows, columns=2):
    column = element("table:table-column", table__number_columns_repeated=str(columns))
    return element("table:table", column, *rows, table__name="Table")


def read(*content):
    """Return the blocks of Markdown that a document of this content becomes, after it is cleaned."""
    data = files.open_document("".join(map(as_paragraph, content)), STYLES)
    return read_markdown(make_clean_copy(data, "odt").content, "odt").split("\n\n")


def test_numbers_continue_restart_and_show_their_levels():
    assert read(
        element("text:h", "Part", text__outline_level="1"),
        numbered(item("One", numbered(item("first", numbered("deep")))), "Two"),
        "Between.",
        numbered("Three", text__continue_numbering="true"),
        numbered("a point", "another", style="Bullets"),
    ) == [
        "## Part", "1. One", "    - (a) first\n        - 1.a.1 deep", "2. Two", "    Between.", "3. Three",
        "    - a point\n    - another",
    ]  # fmt: skip


def test_list_that_does_not_continue_counts_from_its_start():
    assert read(numbered("One"), numbered(item("Seven", text__start_value="7"))) == ["1. One", "7. Seven"]


def test_note_follows_the_paragraph_that_refers_to_it():
    assert read(element("text:p", "12. Twelve", NOTE)) == ["12. Twelve[^1]", "    [^1]: Its words."]


def test_table_keeps_its_place_between_paragraphs():
    header = element("table:table-header-rows", row("Village", "Quays"))
    assert read("1. Before.", table(header, row("North", "2|3"), row(cell(), "7")), "2. Behind.") == [
        "1. Before.", "    | Village | Quays |\n    | --- | --- |\n    | North | 2\\|3 |\n    |  | 7 |", "2. Behind.",
    ]  # fmt: skip


def test_merged_cells_keep_their_columns_and_are_not_repeated():
    wide = cell("d", table__number_columns_spanned="2")
    tall = cell("C", "c", table__number_rows_spanned="2")
    made = table(row("A", "B", tall), row(wide, COVERED, COVERED), row("g", "h", "i"), columns=3)
    assert read(made) == ["| A | B | C c |\n| --- | --- | --- |\n| d |  |  |\n| g | h | i |"]


def test_lists_in_a_cell_show_their_numbers_and_those_outside_continue():
    assert read(
        numbered("One"),
        table(row("A", "B"), row(cell(numbered("first", "second", style="Bullets")), cell("12. typed", "more"))),
        numbered("Two", text__continue_numbering="true"),
    ) == ["1. One", "    | A | B |\n    | --- | --- |\n    | first second | 12. typed more |", "2. Two"]


def test_numbers_of_a_list_in_a_cell_are_counted():
    assert read(table(row("A", "B"), row(cell(numbered("first", "second")), "c"))) == [
        "| A | B |\n| --- | --- |\n| 1. first 2. second | c |"
    ]


def test_nested_table_is_read_in_its_place():
    innermost = table(row("most", "of"), row("all", ""))
    inner = table(row("in", cell("ner", innermost)), row("x", "y"))
    assert read(table(row("A", "B"), row(cell("before", inner, "behind"), "end"))) == [
        "| A | B |\n| --- | --- |\n| before in ner most of all x y behind | end |"
    ]


def test_table_of_one_cell_is_its_paragraphs_and_an_empty_one_is_nothing():
    frame = table(row(cell("1. One.", "Two.")), columns=1)
    assert read(frame, table(row("", ""), row("", ""))) == ["1. One.", "    Two."]


def test_repeated_cells_are_kept_and_a_million_of_them_are_not():
    many = cell("x", table__number_columns_repeated="1000000")
    twice = cell("b", table__number_columns_repeated="2")
    empty = row(cell(), table__number_rows_repeated="1000000")
    assert read(table(row("A", twice), empty)) == ["| A | b | b |\n| --- | --- | --- |\n|  |  |  |"]
    assert read(table(row("A", many), row("B", "c")))[0].split("\n")[0].count("x") == 64


def test_note_in_a_cell_follows_the_table():
    assert read(table(row("A", "B"), row(cell(element("text:p", "c", NOTE)), "d"))) == [
        "| A | B |\n| --- | --- |\n| c[^1] | d |", "[^1]: Its words.",
    ]  # fmt: skip


@pytest.mark.parametrize("layout", ["", "\n  "])
def test_white_space_between_elements_is_not_text(layout):
    items = f"{layout}{item('One')}{layout}{item('Two')}{layout}"
    assert read(element("text:list", items, text__style_name="Counted")) == ["1. One", "2. Two"]
