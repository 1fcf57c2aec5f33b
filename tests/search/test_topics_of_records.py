"""A record has the topics that were given to it or to its panel, not those of its dialogue."""

import pytest

from publishing import workflow
from search.params import SearchParams
from search.query import find
from tests import build, gate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("late_index")]


def on(topic):
    """Return the records that the facet finds for a topic."""
    return {hit.record for hit in find(SearchParams(filters={"topic": topic.slug}), per_page=100).hits}


@pytest.fixture
def topics():
    return {name: build.topic(name) for name in ("whole", "panel", "own")}


@pytest.fixture
def world(topics):
    dialogue = build.dialogue()
    dialogue.topics.add(topics["whole"])
    panel = build.panel(dialogue)
    panel.topics.add(topics["panel"])
    at_panel, elsewhere = build.appearance(dialogue, panel=panel), build.appearance(dialogue)
    contribution = build.contribution(build.call(dialogue))
    contribution.topics.add(topics["own"])
    return {
        "dialogue": dialogue,
        "panel": panel,
        "summary": build.summary(dialogue),
        "quote": build.quote(at_panel),
        "speaker": at_panel.speaker,
        "contribution": contribution,
        "others": [build.quote(elsewhere), elsewhere.speaker, build.paper(dialogue), build.news_item(about=[dialogue])],
    }


def test_a_dialogue_gives_its_topics_to_its_summary_only(world, topics):
    assert on(topics["whole"]) == {world["dialogue"], world["summary"]}


def test_a_panel_gives_its_topics_to_its_speakers_and_quotes_its_dialogue_and_the_summary(world, topics):
    expected = {world[name] for name in ("dialogue", "summary", "quote", "speaker")}
    assert on(topics["panel"]) == expected


def test_a_contribution_has_its_own_topics(world, topics):
    assert on(topics["own"]) == {world["contribution"]}


def test_the_topics_of_a_panel_can_change(world, topics):
    world["panel"].topics.add(topics["own"])
    assert on(topics["own"]) == {world[name] for name in ("contribution", "dialogue", "summary", "quote", "speaker")}
    world["panel"].topics.remove(topics["own"])
    assert on(topics["own"]) == {world["contribution"]}
    topics["panel"].panels.clear()
    assert on(topics["panel"]) == set()


@pytest.mark.parametrize("name", ["whole", "panel", "own"])
def test_a_hidden_topic_finds_nothing(world, topics, name):
    assert on(topics[name])
    workflow.unpublish(topics[name], by=None)
    assert on(topics[name]) == set()
    workflow.publish(topics[name], by=None)
    assert on(topics[name])


def test_a_call_gives_its_topics_to_each_contribution_that_is_sent(topics, client):
    call = build.call()
    before = build.contribution(call)
    call.topics.add(topics["own"], topics["panel"])
    after = build.contribution(call)
    assert on(topics["own"]) == {after}
    assert set(after.topics.all()) == {topics["own"], topics["panel"]}
    assert not before.topics.exists()
    call.topics.clear()
    assert on(topics["own"]) == {after}


def test_a_correction_does_not_bring_back_the_topics_of_the_call(topics):
    call = build.call()
    call.topics.add(topics["own"])
    made = build.contribution(call)
    made.topics.clear()
    build.correction(made)
    assert not made.topics.exists()
    assert on(topics["own"]) == set()


def test_the_page_of_a_call_shows_its_public_topics(topics, client):
    call = build.call()
    call.topics.add(topics["own"], build.topic("Hushed", public=False))
    assert gate.shows(client, call.get_absolute_url(), topics["own"].get_absolute_url())
    assert gate.hides(client, call.get_absolute_url(), "Hushed")
