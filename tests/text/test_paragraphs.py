"""Paragraphs of plain text, as it is pasted, wrapped and read from files."""

import pytest

from text.paragraphs import plain_paragraphs

FULL = "The worker who signed this paper could not read the language it was in"
WRAPPED = f"{FULL}\n" * 4
SENTENCE = "The debt was written down by the employer, and nobody else had a copy of the page that said so. " * 3


def test_blank_lines_divide_paragraphs_and_lines_are_joined():
    assert plain_paragraphs("One\nline.\n\n  \nTwo\tlines .\n") == ["One line.", "Two lines ."]
    assert plain_paragraphs(" \n\n ") == plain_paragraphs("") == []


def test_a_line_that_is_too_short_for_its_column_ends_a_paragraph():
    text = f"{WRAPPED}in short.\n{WRAPPED}and the end."
    assert [part[-9:] for part in plain_paragraphs(text)] == ["in short.", " the end."]


def test_a_full_line_that_ends_a_sentence_ends_no_paragraph():
    assert len(plain_paragraphs(f"{WRAPPED}{FULL[:-1]}.\n{WRAPPED}")) == 1


def test_a_short_line_without_a_full_stop_is_a_heading():
    assert plain_paragraphs(f"{WRAPPED}was so.\nFindings\n{WRAPPED}")[1] == "Findings"


def test_an_item_of_a_list_begins_a_paragraph():
    text = f"{WRAPPED}and these are the reasons for which we say\n(a) {FULL[8:]}\n{WRAPPED}"
    assert plain_paragraphs(text)[1].startswith("(a) ")


def test_long_lines_are_paragraphs_if_they_end_a_sentence():
    assert len(plain_paragraphs(f"{SENTENCE}\n{SENTENCE}\n{SENTENCE}")) == 3
    assert len(plain_paragraphs(f"{SENTENCE}and\n{SENTENCE}")) == 1


def test_the_lines_of_an_address_stay_together():
    assert plain_paragraphs("Open Door.\nRoom 4\nVienna.") == ["Open Door. Room 4 Vienna."]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("打击人口\n贩运。", "打击人口贩运。"),
        ("人口 COVID\n贩运", "人口 COVID 贩运"),
        ("قال إن\nالاتجار", "قال إن الاتجار"),
    ],
)
def test_lines_of_chinese_are_joined_without_a_space(text, joined):
    assert plain_paragraphs(text) == [joined]


def test_no_character_but_white_space_is_lost():
    text = f"{WRAPPED}1. {SENTENCE}\n\n* a | b\n{WRAPPED}\n{SENTENCE}"
    assert "".join("".join(plain_paragraphs(text)).split()) == "".join(text.split())
