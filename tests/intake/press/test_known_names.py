"""Names of records in a text."""

import pytest

from intake.press import KnownNames

NAMES = KnownNames(
    series=["Technical Assistance", "Trafficking"], topic=["marking", "Trafficking"], organization=["The Open Door"],
    person=["Ana Ruiz"],
)  # fmt: skip


def test_find_in_other_languages_with_their_articles():
    names = KnownNames(
        series={"Firearms": "Firearms", "Armes à feu": "Firearms", "El tráfico de armas": "Arms"},
        organization={"L’Observatoire": "Watch", "Watch": "Watch"},
    )
    for text in ("les armes à feu", "d’armes à feu", "d'Armes à feu", "firearms"):
        assert [one.name for one in names.find(text)] == ["Firearms"]
    assert [one.name for one in names.find("Tráfico de armas, selon l’Observatoire, et Watch")] == [
        "Arms",
        "Watch",
        "Watch",
    ]
    assert names.find("l’observatoire") == []


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
