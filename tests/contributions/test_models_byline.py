import pytest

from contributions.models import Revision
from contributions.models.byline import AppearAs, Byline, byline, more_closed

REVISION = {"organization_name": "Open Door", "person_name": "Ada", "signers": " One \n\nTwo"}


@pytest.mark.parametrize(
    ("appear_as", "shown", "words"),
    [
        ("named", Byline("Ada", "Open Door", ("One", "Two")), "Ada, Open Door"),
        ("organization", Byline("", "Open Door", ("One", "Two")), "Open Door"),
        ("anonymous", Byline(), ""),
    ],
)
def test_a_byline_shows_what_was_chosen_and_no_more(appear_as, shown, words):
    revision = Revision(appear_as=appear_as, **REVISION)
    assert revision.byline == byline(revision, appear_as) == shown
    assert str(revision.byline) == words


@pytest.mark.parametrize("first", AppearAs)
@pytest.mark.parametrize("second", AppearAs)
def test_the_more_closed_of_two_choices_wins_whichever_comes_first(first, second):
    order = ["named", "organization", "anonymous"]
    expected = order[max(order.index(first), order.index(second))]
    assert more_closed(first, second) == more_closed(second, first) == expected


@pytest.mark.parametrize("choice", AppearAs)
def test_nothing_chosen_is_as_open_as_the_other_choice(choice):
    assert more_closed(choice, "") == choice


def test_a_sender_appears_by_organization_unless_they_choose():
    assert Revision().appear_as == "organization"


def test_a_byline_without_names_is_of_the_types_that_others_have():
    assert Byline() == Byline("", "", ())
