"""The order of a programme, changed with the mouse and with keys."""

import pytest
from playwright.sync_api import expect

from dialogues.models import Dialogue
from tests import build
from tests.browser.face.conftest import enter


@pytest.fixture
def programme(open_page, live_server, secretary):
    """The page of a programme with four people, and a function that returns their names in the stored order."""
    dialogue = build.dialogue()
    people = [build.appearance(dialogue, who=build.speaker(name), position=at) for at, name in enumerate("ABCD")]
    page = open_page()
    enter(page, secretary, live_server.url)
    page.set_viewport_size({"width": 1280, "height": 1400})  # no row is scrolled to while one is dragged
    page.goto(f"/desk/dialogues/{dialogue.pk}/programme/")

    def order():
        return "".join(one.speaker.name for one in dialogue.appearances.order_by("position"))

    return page, {one.speaker.name: f"appearance-{one.pk}" for one in people}, order


def test_a_person_is_dragged_to_every_place_the_last_one_included(programme):
    page, ids, order = programme

    def drag(name, onto):
        with page.expect_navigation():
            page.drag_and_drop(f"#{ids[name]}", f"#{ids[onto]}")

    drag("A", "D")
    assert order() == "BCDA"
    drag("B", "C")
    assert order() == "CBDA"
    drag("A", "B")
    assert order() == "CABD"


def test_a_person_is_moved_on_by_pressing_the_same_key_again(programme):
    page, ids, order = programme
    button = page.locator(f"#{ids['A']} button[value=down]")
    button.focus()
    for now in ("BACD", "BCAD", "BCDA", "BCDA"):
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(button).to_be_focused()
        assert order() == now


def test_a_person_is_dragged_to_another_panel_even_an_empty_one_and_a_panel_past_another(programme):
    page, ids, _order = programme
    dialogue = Dialogue.objects.get()
    first, second = (build.panel(dialogue, number=number, title=f"Panel {number}") for number in (1, 2))
    page.reload()

    def drag(row, onto):
        with page.expect_navigation():
            page.drag_and_drop(row, onto)

    drag(f"#{ids['B']}", f"#panel-{second.pk} .people-rows")
    assert [one.speaker.name for one in second.appearances.all()] == ["B"]
    drag(f"#{ids['C']}", f"#{ids['B']}")
    assert [one.speaker.name for one in second.appearances.all()] == ["C", "B"]
    drag(f"#panel-{second.pk} h3", f"#panel-{first.pk} h3")
    assert [one.title for one in dialogue.panels.order_by("number")] == ["Panel 2", "Panel 1"]


def test_a_person_goes_on_to_the_next_panel_and_back_by_the_keys(programme):
    page, ids, _order = programme
    dialogue = Dialogue.objects.get()
    first, second = (build.panel(dialogue, number=number, title=f"Panel {number}") for number in (1, 2))
    page.reload()
    row = page.locator(f"#{ids['D']}")  # the last of the whole dialogue

    def press(sign, place, people):
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(row.get_by_text(sign)).to_be_focused()
        expect(page.get_by_role("status")).to_have_text(f"“D” is now in “{place}”.")
        assert [one.speaker.name for one in people.order_by("position")] == [*"ABCD"[4 - people.count() :]]

    row.get_by_text("↓").focus()
    press("↓", "1. Panel 1", first.appearances)
    press("↓", "2. Panel 2", second.appearances)
    row.get_by_text("↑").focus()
    press("↑", "1. Panel 1", first.appearances)
    press("↑", "The whole dialogue", dialogue.appearances.filter(panel=None))
