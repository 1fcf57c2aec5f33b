"""Names of records in a text."""

import pytest

from intake.press import KnownNames

NAMES = KnownNames(
    series=["Technical Assistance", "Trafficking"], topic=["marking", "Trafficking"], organization=["The Open Door"],
    person=["Ana Ruiz"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Technical assistance and marking.", [("series", "Technical Assistance"), ("topic", "marking")]),
        ("ANA RUÍZ of the Open Door", [("person", "Ana Ruiz"), ("organization", "The Open Door")]),
        ("an open door", []),
        ("This was technical. Assistance followed.", []),
        ("Trafficking", [("series", "Trafficking")]),
    ],
)
def test_find(text, found):
    assert [(one.kind, one.name) for one in NAMES.find(text)] == found
