"""People are moved to the panel before or after theirs by the buttons at the first and the last place."""

import re

import pytest

from tests import build
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A dialogue with a person of its own, two panels with two people each, and an empty one."""
    dialogue = build.dialogue()
    panels = [build.panel(dialogue, number=number, title=f"Panel {number}") for number in (1, 2, 3)]
    places = [("A", None), ("B", panels[0]), ("C", panels[0]), ("D", panels[1]), ("E", panels[1])]
    people = {
        name: build.appearance(dialogue, who=build.speaker(name), panel=panel, position=at)
        for at, (name, panel) in enumerate(places)
    }
    return dialogue, people


def order(dialogue):
    """Return the names of the people of the dialogue as a whole, and then of each panel."""
    groups = [dialogue.appearances.filter(panel=None), *(one.appearances for one in dialogue.panels.order_by("number"))]
    return ["".join(group.order_by("position").values_list("speaker__name", flat=True)) for group in groups]


def press(desk, dialogue, person, to):
    address = f"/desk/dialogues/{dialogue.pk}/programme/move/"
    return desk.post(address, {"record": f"appearance-{person.pk}", "to": to}, follow=True).content.decode()


def buttons_of(html, person):
    """Return the values and labels of the two buttons of a person."""
    row = html.split(f'data-record="appearance-{person.pk}"')[1].split("</li>")[0]
    return re.findall(
        r'<button name="to" value="(\w+)"[^>]* aria-label="([^:]+):', row.replace("“", "").replace("”", "")
    )


def test_the_buttons_at_the_ends_of_a_panel_name_the_next_one(desk, world):
    dialogue, people = world
    html = desk.get(f"/desk/dialogues/{dialogue.pk}/programme/").content.decode()
    assert buttons_of(html, people["A"]) == [("up", "Move up"), ("next", "Move to 1. Panel 1")]
    assert buttons_of(html, people["B"]) == [("previous", "Move to The whole dialogue"), ("down", "Move down")]
    assert buttons_of(html, people["E"]) == [("up", "Move up"), ("next", "Move to 3. Panel 3")]
    alone = build.appearance(build.dialogue())
    page = f"/desk/dialogues/{alone.dialogue_id}/programme/"
    assert hides(desk, page, 'value="next"', 'value="previous"')
    build.panel(alone.dialogue)
    assert shows(desk, page, 'value="next"')


def test_a_person_goes_through_all_panels_and_back(desk, world):
    dialogue, people = world
    html = press(desk, dialogue, people["C"], "next")
    assert order(dialogue) == ["A", "B", "CDE", ""]
    assert 'role="status"><p>“C” is now in “2. Panel 2”.</p>' in html
    assert re.search(r'value="down"[^>]* autofocus aria-describedby="title-\d+"', html)
    press(desk, dialogue, people["E"], "next")
    assert order(dialogue) == ["A", "B", "CD", "E"]
    press(desk, dialogue, people["E"], "next")  # there is none after the last
    assert order(dialogue) == ["A", "B", "CD", "E"]
    press(desk, dialogue, people["C"], "previous")
    assert order(dialogue) == ["A", "BC", "D", "E"]
    html = press(desk, dialogue, people["B"], "previous")
    assert order(dialogue) == ["AB", "C", "D", "E"]
    assert "“B” is now in “The whole dialogue”." in html
    press(desk, dialogue, people["B"], "previous")
    assert order(dialogue) == ["AB", "C", "D", "E"]


def test_a_person_with_the_same_role_there_stays_and_the_page_says_why(desk, world):
    dialogue, people = world
    there = people["D"]
    build.appearance(dialogue, who=people["C"].speaker, panel=there.panel, role=people["C"].role, position=9)
    html = press(desk, dialogue, people["C"], "next")
    assert 'class="notice error"' in html
    assert "is now in" not in html
    assert order(dialogue) == ["A", "BC", "DEC", ""]


def test_only_staff_who_may_change_people_move_them(world, browser_of, reviewer):
    dialogue, people = world
    press(browser_of(reviewer), dialogue, people["C"], "next")
    assert order(dialogue) == ["A", "BC", "DE", ""]


def test_only_panels_and_people_are_moved(desk):
    paper = build.paper(build.dialogue())
    address = f"/desk/dialogues/{paper.dialogue_id}/programme/move/"
    assert desk.post(address, {"record": f"paper-{paper.pk}", "to": "up"}).status_code == 403
