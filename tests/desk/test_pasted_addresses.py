"""Pasted lines, as programs for email and spreadsheets write them."""

import pytest
from django.core.exceptions import ValidationError

from contributions.workflow import Invitee
from desk.pasted_addresses import MOST_AT_ONCE, read_invitees

DOOR = Invitee("Open Door", "info@door.example")


@pytest.mark.parametrize(
    "line",
    [
        "Open Door <info@door.example>",
        '"Open Door" <info@door.example>;',
        "info@door.example Open Door",
        "Open Door\tinfo@door.example",
        "Open Door, info@door.example.",
        "info@door.example (Open Door)",
        "  Open   Door:  info@door.example ",
        "Open Door;info@door.example",
        "info@door.example; Open Door;",
        '"Open Door";"info@door.example"',
    ],
)
def test_a_line_with_a_name_and_an_address(line):
    assert read_invitees(line) == [DOOR]


def test_an_address_alone():
    assert read_invitees("info@door.example\n\n") == [Invitee("", "info@door.example")]


def test_a_name_alone_is_invited_without_an_address():
    assert read_invitees("Open Door") == [Invitee("Open Door")]


def test_several_on_one_line_as_programs_for_email_write_them():
    text = "Open Door <info@door.example>; <other@lake.example>, Maison du lac <lac@lake.example>"
    assert read_invitees(text) == [
        DOOR,
        Invitee("", "other@lake.example"),
        Invitee("Maison du lac", "lac@lake.example"),
    ]


def test_semicolons_part_addresses_that_stand_before_their_names():
    assert read_invitees("info@door.example Open Door; lac@lake.example Maison du lac") == [
        DOOR,
        Invitee("Maison du lac", "lac@lake.example"),
    ]


def test_names_and_addresses_in_cells_of_their_own():
    assert read_invitees("Open Door; info@door.example; Maison du lac; lac@lake.example; Sea Kin") == [
        DOOR, Invitee("Maison du lac", "lac@lake.example"), Invitee("Sea Kin"),
    ]  # fmt: skip


def test_addresses_alone_are_never_joined_with_each_other_or_with_a_name_that_has_one():
    assert read_invitees("info@door.example; lac@lake.example") == [
        Invitee("", "info@door.example"), Invitee("", "lac@lake.example"),
    ]  # fmt: skip
    assert read_invitees("Open Door <info@door.example>; lac@lake.example") == [
        DOOR, Invitee("", "lac@lake.example"),
    ]  # fmt: skip
    assert read_invitees("a@door.example; b@door.example; Open Door") == [
        Invitee("", "a@door.example"), Invitee("", "b@door.example"), Invitee("Open Door"),
    ]  # fmt: skip


def test_a_name_after_several_addresses_is_not_given_to_one_of_them():
    assert read_invitees("a@door.example, b@door.example, Open Door") == [
        Invitee("", "a@door.example"), Invitee("", "b@door.example"), Invitee("Open Door"),
    ]  # fmt: skip


def test_each_is_read_once_whatever_the_case():
    assert read_invitees("Open Door <info@door.example>\nINFO@door.example\nopen door") == [DOOR, Invitee("open door")]


def test_names_keep_commas_and_other_scripts():
    assert read_invitees("Women, Youth and Sea <sea@sea.example>\nالباب المفتوح <bab@bab.example>") == [
        Invitee("Women, Youth and Sea", "sea@sea.example"), Invitee("الباب المفتوح", "bab@bab.example"),
    ]  # fmt: skip


def test_every_line_that_cannot_be_read_is_named():
    with pytest.raises(ValidationError) as raised:
        read_invitees("info@door.example\nOpen Door <info@door>\n@nobody\n" + "x" * 301 + "\nOpen Door <info>")
    assert raised.value.messages == [
        "Line 2: “info@door” is not an email address.",
        "Line 3: “@nobody” is not an email address.",
        "Line 4: this name is longer than 300 characters.",
        "Line 5: “info” is not an email address.",
    ]


def test_too_many_at_once_are_refused():
    lines = [f"a{number}@door.example" for number in range(MOST_AT_ONCE + 1)]
    assert len(read_invitees("\n".join(lines[1:]))) == MOST_AT_ONCE
    with pytest.raises(ValidationError, match="more than 200"):
        read_invitees("\n".join(lines))
