import pytest

from tests import build
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def test_a_topic_links_to_its_dialogues_and_panels(house, client):
    build.panel(house.dialogue, number=2, title="Another panel")
    build.dialogue(title="Another dialogue")
    assert shows(client, house.address("topic"), "The dialogue", "The panel", "/search/?q=The%20topic")
    assert hides(client, house.address("topic"), "Another", "Draft")


def test_hidden_records_are_not_shown_on_their_topic_even_to_staff(house, client, desk):
    house.close("dialogue")
    for browser in (client, desk):
        assert hides(browser, house.address("topic"), "The dialogue", "The panel", "<h2>")


def test_a_draft_topic_is_marked_as_a_draft(house, desk):
    assert hides(desk, house.address("topic"), "Draft: only staff can see this page.")
    house.close("topic")
    assert shows(desk, house.address("topic"), "Draft: only staff can see this page.")


def test_the_list_shows_only_published_topics_even_to_staff(house, client, desk):
    build.topic("Hushed", public=False)
    for browser in (client, desk):
        assert shows(browser, "/topics/", "The topic")
        assert hides(browser, "/topics/", "Hushed")


def test_a_list_without_topics_says_so(client):
    build.topic(public=False)
    assert shows(client, "/topics/", "No topics are published yet.")
