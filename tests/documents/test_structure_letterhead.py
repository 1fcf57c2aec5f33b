import pytest

from documents.structure.blocks import Block
from documents.structure.letterhead import without_letterhead
from documents.structure.typed_lists import TypedLists

TITLE = Block("heading", "Summary of the Dialogue", 1)
OFFICE, CONTACT = (
    Block("paragraph", "SAMPLE SECRETARIAT"),
    Block("paragraph", "Tel. +43 1 000 0000 – desk@office.example"),
)
ADDRESS, DAY = Block("paragraph", "Quay Street 7, 1000 Lindenmark"), Block("paragraph", "26 June 2026")
TEXT = Block("paragraph", "One.", label="1")


@pytest.mark.parametrize(
    "letterhead",
    [
        [OFFICE, ADDRESS, CONTACT],
        [CONTACT, OFFICE],
        [OFFICE],
        [Block("paragraph", f"{OFFICE.text} {ADDRESS.text} {CONTACT.text}")],
        [Block("heading", "Sample Secretariat", 2), CONTACT],
        [Block("table", "| SAMPLE SECRETARIAT | www.office.example |\n| --- | --- |")],
        [Block("paragraph", "الأمانة"), Block("paragraph", "هاتف: 0000 000 1")],
    ],
)
def test_a_letterhead_above_the_title_is_left_out(letterhead):
    assert without_letterhead([*letterhead, TITLE, DAY, TEXT]) == [TITLE, DAY, TEXT]


def test_lines_between_the_addresses_and_the_title_stay():
    assert without_letterhead([OFFICE, CONTACT, DAY, TITLE, TEXT]) == [DAY, TITLE, TEXT]


@pytest.mark.parametrize(
    "blocks",
    [
        [DAY, TITLE, TEXT],
        [TITLE, DAY, CONTACT, TEXT],
        [TEXT, CONTACT, TITLE],
        [Block("paragraph", f"{'Long words. ' * 30}desk@office.example"), TITLE, TEXT],
        [OFFICE, CONTACT, TEXT],
    ],
    ids=["no address", "below the title", "below a number", "a text", "no title"],
)
def test_text_is_no_letterhead(blocks):
    assert without_letterhead(blocks) == blocks


def test_without_a_title_the_letterhead_ends_at_its_last_address():
    heading = Block("heading", "I. Opening", 2)
    title = Block("paragraph", "SUMMARY OF THE DIALOGUE")
    assert without_letterhead([OFFICE, CONTACT, title, heading]) == [title, heading]
    assert without_letterhead([title, heading]) == [title, heading]


def items(*typed):
    lists = TypedLists()
    return [(block.level, block.label, block.text) for text, indent in typed if (block := lists.read(text, indent))]


def test_typed_numbers_have_the_levels_of_their_indents():
    assert items(("(a) One:", 36), ("(i) Deep;", 72), ("(ii) Deeper.", 72), ("(b) Two.", 36)) == [
        (0, "(a)", "One:"), (1, "(i)", "Deep;"), (1, "(ii)", "Deeper."), (0, "(b)", "Two."),
    ]  # fmt: skip


def test_typed_numbers_without_indents_have_the_levels_of_their_kinds():
    found = items(("(a)\tOne:", 0), ("(i)\tDeep;", 0), ("(ii) Deeper.", 0), ("(b) Two.", 0), ("(i) Deep.", 0))
    assert [level for level, _label, _text in found] == [0, 1, 1, 0, 1]


def test_the_letter_i_follows_h_on_its_level():
    assert [level for level, _label, _text in items(("(g) x", 0), ("(h) x", 0), ("(i) x", 0), ("(j) x", 0))] == [0] * 4


def test_a_paragraph_without_a_number_ends_a_list():
    lists = TypedLists()
    assert lists.read("(a) One", 36) == Block("item", "One", 0, "(a)")
    assert lists.read("Words (a) within", 0) is None
    assert lists.read("(i) First", 72) == Block("item", "First", 0, "(i)")
