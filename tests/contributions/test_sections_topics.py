"""What the page of a topic shows of contributions."""

import pytest
from django.urls import reverse

from contributions import sections
from publishing import workflow
from tests import build
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db

HIDDEN = ["draft", "submitted", "returned", "accepted", "declined", "withdrawn"]


def on(topic, call=None, **fields):
    made = build.contribution(call or build.call(), **fields)
    made.topics.add(topic)
    return made


def shown(topic, user=None):
    """Return what the section of each dialogue shows, by the primary key of the dialogue."""
    return {
        pk: section.context["contributions"] for pk, section in sections.contributions_on_topic(topic, user).items()
    }


@pytest.mark.parametrize("state", HIDDEN)
def test_only_published_contributions_are_shown_to_anyone(client, secretary, participant, browser_of, state):
    topic = build.topic()
    hidden = on(topic, by=participant, state=state, title="Papers at sea")
    for user in (secretary, participant):
        assert shown(topic, user) == {}
        assert hides(browser_of(user), topic.get_absolute_url(), "Papers at sea", hidden.call.dialogue.title)
    assert hides(client, topic.get_absolute_url(), "Papers at sea", hidden.call.dialogue.title)


def test_the_page_gathers_contributions_by_dialogue_and_leaves_out_hidden_dialogues(stranger):
    topic, call = build.topic(), build.call()
    first, second, elsewhere = on(topic, call), on(topic, call), on(topic)
    on(topic, build.call(build.dialogue(public=False)))
    on(build.topic("Another"), call)
    assert shown(topic, stranger) == {
        call.dialogue_id: [second, first], elsewhere.call.dialogue_id: [elsewhere],
    }  # fmt: skip


def test_a_dialogue_is_listed_for_a_contribution_alone(client):
    topic = build.topic()
    record = on(topic, appear_as="anonymous", person_name="Pat", organization_name="Zebrahaus")
    dialogue = record.call.dialogue
    address = topic.get_absolute_url()
    assert shows(client, address, dialogue.title, dialogue.series.name, record.title, "Name withheld")
    assert hides(client, address, "Zebrahaus", "Pat")
    workflow.unpublish(dialogue, by=None)
    assert hides(client, address, dialogue.title, record.title)


@pytest.mark.parametrize("extra", [0, 1])
def test_other_contributions_to_a_dialogue_are_behind_a_link(client, extra):
    topic, call = build.topic(), build.call(opens=-2)
    for _ in range(sections.SHOWN_BY_TOPIC + extra):
        on(topic, call)
    assert len(shown(topic)[call.dialogue_id]) == sections.SHOWN_BY_TOPIC
    query = reverse("contributions:list", query={"dialogue": call.dialogue.slug, "topic": topic.slug})
    html = client.get(topic.get_absolute_url()).content.decode()
    link = f'href="{query.replace("&", "&amp;")}">All {sections.SHOWN_BY_TOPIC + 1} contributions'
    assert (link in html) is bool(extra)


def test_the_page_links_to_paragraphs_that_reflect_the_contributions(client):
    topic, call = build.topic(), build.call()
    record = on(topic, call)
    old = build.summary(call.dialogue)
    new = build.summary(call.dialogue, version=2, changes="Names.")
    draft = build.summary(call.dialogue, version=3, changes="More.", public=False)
    for summary in (old, new, draft):
        build.reflection(summary.paragraphs.get(number=2), record)
    build.reflection(new.paragraphs.get(number=1), record, state="dismissed")
    build.reflection(new.paragraphs.get(number=1), build.contribution(call))
    page = client.get(topic.get_absolute_url()).content.decode()
    assert f'href="{new.get_absolute_url()}#p2"' in page
    for paragraph in ("v1/#p2", "v2/#p1", "v3/#p2"):
        assert paragraph not in page


def test_a_rewritten_paragraph_reflects_nothing(client):
    topic, call = build.topic(), build.call()
    paragraph = build.summary(call.dialogue).paragraphs.get(number=2)
    build.reflection(paragraph, on(topic, call), text="Whatever stood here was about another thing altogether.")
    assert hides(client, topic.get_absolute_url(), "v1/#p2")
