"""What is the name of a person, and what is not. All people and bodies are invented."""

import pytest

from intake.press import KnownNames
from intake.press.person_names import find_names


@pytest.mark.parametrize(
    ("prose", "names"),
    [
        ("Later Ana Ruiz spoke.", [("Ana Ruiz", "", "")]),
        ("The Director, H.E. Ms. Ana de la Ruiz, spoke.", [("Ana de la Ruiz", "", "she")]),
        (
            "Professor Tom van der Berg spoke. Mr. Berg left.",
            [("Tom van der Berg", "Professor", ""), ("Berg", "", "he")],
        ),
        ("Judge Ruiz spoke.", [("Ruiz", "Judge", "")]),
        ("UNODC Director Ana Ruiz spoke.", [("Ana Ruiz", "Director", "")]),
        ("The Criminal Division met in New Zealand.", []),
        ("The network Safe Harbour met the Focal Points.", []),
        ("Interpol spoke.", []),
    ],
)
def test_names_of_people(prose, names):
    assert [(one.name, one.title, one.gender) for one in find_names(prose)] == names


def test_known_series_topics_and_organizations_are_no_people():
    prose = "Blue Lantern said so, Harbour Watch wrote it down, and Ana Ruiz listened to Steady Light."
    named = KnownNames(series=["Blue Lantern"], organization=["Harbour Watch"], topic=["Steady Light"])
    assert [one.name for one in find_names(prose)] == ["Blue Lantern", "Harbour Watch", "Ana Ruiz", "Steady Light"]
    assert [one.name for one in find_names(prose, named.find(prose))] == ["Ana Ruiz"]


def test_a_known_person_may_have_one_name():
    prose = "“We begin,” said Suryani."
    assert find_names(prose) == []
    assert [one.name for one in find_names(prose, KnownNames(person=["Suryani"]).find(prose))] == ["Suryani"]
