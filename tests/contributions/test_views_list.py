"""The list of published contributions: its filters, its pages, and escaping."""

import pytest

from contributions.models import Contribution
from publishing import workflow as proceedings
from tests import build, gate

pytestmark = pytest.mark.django_db

TITLE = "Papers at sea"


@pytest.fixture
def topic():
    return build.topic("Ports")


def made(topic):
    """A published contribution on that topic."""
    record = build.contribution(title=TITLE)
    record.topics.add(topic)
    return record


def test_the_list_filters_by_dialogue_and_topic(client, topic):
    record = made(topic)
    other = build.contribution(title="Something else")
    for query in (f"dialogue={record.call.dialogue.slug}", f"topic={topic.slug}"):
        assert gate.shows(client, f"/contributions/?{query}", TITLE)
        assert gate.hides(client, f"/contributions/?{query}", other.title)
    both = f"/contributions/?dialogue={other.call.dialogue.slug}&topic={topic.slug}"
    assert gate.hides(client, both, TITLE, other.title)


@pytest.mark.parametrize("query", ["dialogue=nothing-here", "topic=nothing-here"])
def test_a_filter_without_matches_shows_nothing(client, topic, query):
    made(topic)
    assert gate.hides(client, f"/contributions/?{query}", TITLE)
    assert gate.shows(client, f"/contributions/?{query}", "No contributions are published here yet.")


@pytest.mark.parametrize("query", ["dialogue=a%20b", "topic=%00", "dialogue=<script>", "page=1"])
def test_an_invalid_filter_is_ignored(client, topic, query):
    made(topic)
    assert gate.shows(client, f"/contributions/?{query}", TITLE)


def test_a_hidden_topic_does_not_show_through_its_filter_or_its_contributions(client, topic):
    record = made(topic)
    proceedings.unpublish(topic, by=None)
    hidden, absent = (client.get(f"/contributions/?topic={slug}").content for slug in (topic.slug, "nothing-here"))
    assert hidden.replace(topic.slug.encode(), b"nothing-here") == absent
    assert gate.hides(client, record.get_absolute_url(), "Ports", topic.slug)


@pytest.mark.parametrize("page", ["0", "2", "x", "-1", "9" * 30])
def test_missing_pages_of_the_list_are_absent(client, topic, page):
    made(topic)
    assert gate.is_absent(client, f"/contributions/?page={page}")


def test_the_list_has_thirty_on_a_page(client):
    call = build.call()
    for number in range(31):
        build.contribution(call, title=f"No. {number}")
    first, second = (client.get(f"/contributions/?page={n}").context["object_list"] for n in (1, 2))
    assert (len(first), len(second)) == (30, 1)
    assert not set(first) & set(second)


def test_user_input_is_escaped(client):
    evil = "<script>alert(1)</script>"
    record = build.contribution(title=evil, text=f"{evil} [x](javascript:alert(1))", organization_name=evil)
    for page in (record.get_absolute_url(), "/contributions/", "/search/?q=alert"):
        html = client.get(page).content.decode()
        assert "<script>alert" not in html
        assert 'href="javascript' not in html
        assert "&lt;script&gt;" in html


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_accept_only_get_and_head(client, topic, method):
    record = made(topic)
    for page in ("/contributions/", record.get_absolute_url(), f"{record.get_absolute_url()}files/1/"):
        assert getattr(client, method)(page).status_code == 405
    assert Contribution.objects.get().state == "published"


def test_the_list_offers_only_filters_that_match_something(client, topic):
    record = made(topic)
    build.dialogue(title="Nothing written", slug="empty")
    build.topic("No paper on it")
    waiting = build.contribution(build.call(build.dialogue(title="Only sent"), closes=-0.5), state="submitted")
    waiting.topics.add(build.topic("Sent in on it"))
    address = f"?dialogue={record.call.dialogue.slug}"
    assert gate.shows(client, "/contributions/", f'href="{address}"', f'href="?topic={topic.slug}"')
    assert gate.hides(client, "/contributions/", "Nothing written", "No paper on it", "Only sent", "Sent in on it")


def test_a_hidden_dialogue_is_not_offered_as_a_filter(client, topic, secretary):
    record = made(topic)
    proceedings.unpublish(record.call.dialogue, by=secretary)
    assert gate.hides(client, "/contributions/", f"dialogue={record.call.dialogue.slug}")
