"""The querysets of the gate, with one record of each kind, from both sides."""

from copy import deepcopy

import pytest
from django.contrib.auth.models import AnonymousUser

from dialogues.models import Appearance, Dialogue, Panel, Paper, Paragraph, Quote, Series, Speaker, Summary, Topic
from tests import build

pytestmark = pytest.mark.django_db

GATES = [
    (Dialogue, "dialogue"), (Panel, "dialogue"), (Appearance, "dialogue"), (Speaker, "dialogue"),
    (Quote, "quote"), (Quote, "dialogue"), (Summary, "summary"), (Summary, "dialogue"), (Paragraph, "summary"),
    (Paragraph, "dialogue"), (Paper, "paper"), (Paper, "dialogue"), (Topic, "topic"), (Series, "dialogue"),
]  # fmt: skip


@pytest.fixture
def house(house_of_module, db, tasks_wait):
    return deepcopy(house_of_module)


@pytest.mark.parametrize("model", dict.fromkeys(model for model, _ in GATES))
def test_everyone_may_read_published_records(model, house):
    assert model.objects.published().count() == model.objects.count() > 0
    assert set(model.objects.visible_to(AnonymousUser())) == set(model.objects.all())


@pytest.mark.parametrize(("model", "gate"), GATES)
def test_a_record_is_public_only_while_all_its_gates_are_open(model, gate, house):
    house.close(gate)
    assert not model.objects.published().exists()
    assert not model.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize(("model", "gate"), GATES)
def test_drafts_are_visible_to_the_secretariat_and_not_to_reviewers(model, gate, house, secretary, reviewer):
    house.close(gate)
    assert set(model.objects.visible_to(secretary)) == set(model.objects.all())
    assert not model.objects.visible_to(reviewer).exists()


@pytest.mark.parametrize(("model", "gate"), [pair for pair in GATES if pair[0] is not Topic])
def test_drafts_are_visible_to_chairs_of_their_dialogue_only(model, gate, house):
    before = set(model.objects.all())
    chair, other = build.co_chair(house.dialogue), build.co_chair(build.dialogue(series=build.series("SOM")))
    house.close(gate)
    assert before <= set(model.objects.visible_to(chair))
    assert not before & set(model.objects.visible_to(other))
