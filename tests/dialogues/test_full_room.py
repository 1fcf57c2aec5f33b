"""The page of a dialogue with many speakers and papers: long lists are folded, and nothing is left out."""

import re

import pytest

from dialogues.views.dialogues import FULL_ROOM
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def folds(client, dialogue):
    """Return [(summary, content)] of the folded lists on the page of a dialogue."""
    html = client.get(dialogue.get_absolute_url()).content.decode()
    found = re.findall(r'<details class="fold">\s*<summary>(.*?)</summary>(.*?)</details>', html, re.DOTALL)
    return [(" ".join(re.sub(r"<[^>]+>", " ", summary).split()), content) for summary, content in found]


def seats(dialogue, count, **fields):
    for number in range(count):
        build.appearance(dialogue, who=build.speaker(f"Person {number}"), **fields)


@pytest.mark.parametrize(("count", "is_folded"), [(6, False), (7, True)])
def test_the_people_of_a_panel_are_folded_after_six(client, count, is_folded):
    dialogue = build.dialogue()
    seats(dialogue, count, panel=build.panel(dialogue))
    found = folds(client, dialogue)
    assert [summary for summary, _ in found] == (
        ["7 people spoke Person 0 , Person 1 , Person 2 , Person 3 , Person 4 , Person 5 …"] if is_folded else []
    )
    assert all(f"Person {number}</bdi></a>" in content for _, content in found for number in range(count))


@pytest.mark.parametrize(("count", "is_folded"), [(FULL_ROOM - 1, False), (FULL_ROOM, True)])
def test_in_a_full_room_the_people_of_each_panel_are_folded(client, count, is_folded):
    dialogue = build.dialogue()
    panels = [build.panel(dialogue, number=number) for number in range(1, 7)]
    for number in range(count):
        build.appearance(dialogue, who=build.speaker(f"Person {number}"), panel=panels[number % 6])
    assert len(folds(client, dialogue)) == (6 if is_folded else 0)


def test_chairs_come_before_others_who_are_there_all_day_and_are_never_folded(client):
    dialogue = build.dialogue()
    seats(dialogue, 8, role="panellist")
    build.appearance(dialogue, who=build.speaker("The Chair"), role="chair")
    (summary, content), *others = folds(client, dialogue)
    assert (summary, others) == ("3 more people", [])
    assert "The Chair" not in content
    assert all(f"Person {number}</bdi></a>" in content for number in (5, 6, 7))


@pytest.mark.parametrize(("count", "is_folded"), [(6, False), (8, True)])
def test_papers_are_folded_after_six(client, count, is_folded):
    dialogue = build.dialogue()
    papers = [build.paper(dialogue, title=f"Paper {number}") for number in range(count)]
    found = folds(client, dialogue)
    assert [summary for summary, _ in found] == (["2 more papers"] if is_folded else [])
    shown = client.get(dialogue.get_absolute_url()).content.decode()
    assert all(paper.title in shown for paper in papers)
