"""Recommendations: no filter and no order depends on a hidden topic or a draft of a summary."""

import re

import pytest

from dialogues import workflow
from dialogues.models import Paragraph
from publishing import workflow as publishing
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

TEXT = "1. The dialogue opened at nine.\n\n2. States should publish fees.\n\n3. Ports should keep records of debts."
LIST = "/recommendations/"
ADDRESSES = [LIST, f"{LIST}table.csv", f"{LIST}feed/"]


@pytest.fixture
def summary():
    return build.summary(build.dialogue(), text=TEXT)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_hidden_topic_gives_what_an_absent_one_gives(client, summary, address):
    build.recommendation(summary, 2)
    topic = build.topic("Debt bondage")
    summary.dialogue.topics.add(topic)
    assert b"publish fees" in client.get(address, {"topic": topic.slug}).content
    publishing.unpublish(topic, by=None)
    pages = [client.get(address, {"topic": slug}).content.decode() for slug in (topic.slug, "absent")]
    hidden, absent = (re.sub("<updated>.*?</updated>", "", page) for page in pages)
    assert hidden.replace(topic.slug, "absent") == absent


def test_the_order_does_not_depend_on_a_hidden_version(client, summary):
    build.recommendation(summary, 2)
    build.recommendation(summary, 3)
    hidden = workflow.start_new_version(summary, by=None, changes="Words.")
    workflow.write_paragraphs(hidden, "1. Ports should keep records of debts.\n\n2. States should publish fees.")
    assert Paragraph.objects.filter(summary=hidden).exclude(recommendation=None).count() == 2
    for address in ADDRESSES:
        page = client.get(address).content.decode()
        assert 0 < page.index("States should publish fees.") < page.index("Ports should keep records of debts.")
