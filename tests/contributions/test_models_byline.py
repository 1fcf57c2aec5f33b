import pytest

from contributions.models import Contribution, Revision
from contributions.models.byline import AppearAs, Byline, byline, most_private, shows_organization
from tests import build

REVISION = {
    "organization_name": "Open Door",
    "person_name": "Ada",
    "signers": " One \n\nTwo\nThree",
    "confirmed_signers": ["Two", "One", "Never named"],
}


@pytest.mark.parametrize(
    ("appear_as", "shown", "words"),
    [
        ("named", Byline("Ada", "Open Door", ("One", "Two")), "Ada, Open Door"),
        ("organization", Byline("", "Open Door", ("One", "Two")), "Open Door"),
        ("anonymous", Byline(), ""),
    ],
)
def test_a_byline_shows_the_chosen_names_and_no_more(appear_as, shown, words):
    revision = Revision(appear_as=appear_as, **REVISION)
    assert revision.byline == byline(revision, appear_as) == shown
    assert str(revision.byline) == words


@pytest.mark.parametrize("first", AppearAs)
@pytest.mark.parametrize("second", AppearAs)
def test_the_most_private_of_two_choices_wins_in_either_order(first, second):
    order = ["named", "organization", "anonymous"]
    expected = order[max(order.index(first), order.index(second))]
    assert most_private(first, second) == most_private(second, first) == expected


@pytest.mark.parametrize("choice", AppearAs)
def test_an_empty_choice_is_ignored(choice):
    assert most_private(choice, "") == choice


def test_a_sender_appears_by_organization_by_default():
    assert Revision().appear_as == "organization"


def test_a_byline_without_names_is_of_the_types_that_others_have():
    assert Byline() == Byline("", "", ())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Open Door", ""])
@pytest.mark.parametrize("choice", AppearAs)
def test_a_query_finds_an_organization_exactly_where_the_byline_shows_it(choice, name):
    revision = build.contribution().shown
    Revision.objects.filter(pk=revision.pk).update(appear_as=choice, organization_name=name)
    found = Contribution.objects.filter(shows_organization("shown")).exists()
    assert found == bool(Revision.objects.get().byline.organization)
