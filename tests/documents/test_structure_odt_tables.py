from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableHeaderRows, TableRow
from odf.text import Note, NoteBody, NoteCitation, P

from tests.documents.test_structure_odt import Odt


def cell(*parts, covered=False, **options):
    """A cell of paragraphs (text) and whatever else stands in it."""
    made = CoveredTableCell() if covered else TableCell(valuetype="string", **options)
    for part in parts:
        made.addElement(P(text=part) if isinstance(part, str) else part)
    return made


def row(*cells, **options):
    made = TableRow(**options)
    for one in cells:
        made.addElement(cell(one) if isinstance(one, str) else one)
    return made


def table(*rows):
    made = Table(name="Table")
    made.addElement(TableColumn(numbercolumnsrepeated=str(len(rows[0].childNodes))))
    for one in rows:
        made.addElement(one)
    return made


def read(*parts):
    odt = Odt()
    for part in parts:
        odt.add(P(text=part) if isinstance(part, str) else part)
    return odt.read()


def test_a_table_stands_between_its_paragraphs():
    head = TableHeaderRows()
    head.addElement(row("Village", "Quays"))
    made = table(row("North", "2|3"), row(cell(), "7"))
    made.insertBefore(head, made.childNodes[1])
    assert read("1. Before.", made, "2. Behind.") == [
        "1. Before.", "    | Village | Quays |\n    | --- | --- |\n    | North | 2\\|3 |\n    |  | 7 |", "2. Behind.",
    ]  # fmt: skip


def test_merged_cells_repeat_nothing_and_keep_their_columns():
    wide = cell("d", numbercolumnsspanned="2")
    tall = cell("C", "c", numberrowsspanned="2")
    made = table(row("A", "B", tall), row(wide, cell(covered=True), cell(covered=True)), row("g", "h", "i"))
    assert read(made) == ["| A | B | C c |\n| --- | --- | --- |\n| d |  |  |\n| g | h | i |"]


def test_lists_in_a_cell_show_their_numbers_and_those_outside_go_on():
    odt = Odt()
    odt.add(odt.list("One"))
    odt.add(table(row("A", "B"), row(cell(odt.list("first", "second", style="Points")), cell("12. typed", "more"))))
    odt.add(odt.list("Two", continuenumbering="true"))
    assert odt.read() == ["1. One", "    | A | B |\n    | --- | --- |\n    | first second | 12. typed more |", "2. Two"]


def test_a_table_within_a_cell_is_said_in_its_place():
    inner = table(row("in", cell("ner", table(row("most", "of"), row("all", "")))), row("x", "y"))
    assert read(table(row("A", "B"), row(cell("before", inner, "behind"), "end"))) == [
        "| A | B |\n| --- | --- |\n| before in ner most of all x y behind | end |"
    ]


def test_a_table_of_one_cell_is_its_paragraphs_and_an_empty_one_is_nothing():
    assert read(table(row(cell("1. One.", "Two."))), table(row("", ""), row("", ""))) == ["1. One.", "    Two."]


def test_repeated_cells_are_there_and_a_million_of_them_are_not():
    many = cell("x", numbercolumnsrepeated="1000000")
    made = table(row("A", cell("b", numbercolumnsrepeated="2")), row(cell(), numberrowsrepeated="1000000"))
    assert read(made) == ["| A | b | b |\n| --- | --- | --- |\n|  |  |  |"]
    assert read(table(row("A", many), row("B", "c")))[0].split("\n")[0].count("x") == 64


def test_a_note_in_a_cell_stands_below_the_table():
    note = Note(noteclass="footnote")
    note.addElement(NoteCitation(text="1"))
    note.addElement(NoteBody())
    note.childNodes[1].addElement(P(text="Its words."))
    paragraph = P(text="c")
    paragraph.addElement(note)
    assert read(table(row("A", "B"), row(cell(paragraph), "d"))) == [
        "| A | B |\n| --- | --- |\n| c[^1] | d |", "[^1]: Its words.",
    ]  # fmt: skip
