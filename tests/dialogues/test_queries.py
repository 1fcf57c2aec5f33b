"""The number of queries of a page, which does not grow with what the page shows."""

from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.records import publish_many
from contributions.models import Contribution, Revision
from dialogues.models import Appearance, Dialogue, Organization, Panel, Quote, Speaker, Topic
from documents.tasks import render_picture
from tests import build
from tests.once import made_once
from tests.sample import index_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

NOW = datetime(2024, 7, 10, 12, tzinfo=UTC)


def queries(client, address):
    """Return the number of queries of a page once the caches of the process are warm."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def fill(dialogue, number, portrait):
    """Add panels to a dialogue, each with six speakers and twenty quotes, and contributions."""
    panels = Panel.objects.bulk_create(Panel(dialogue=dialogue, number=n, title=f"Panel {n}") for n in range(number))
    body = Organization.objects.create(name=f"Body of {dialogue}")
    people = Speaker.objects.bulk_create(
        Speaker(name=f"Person {n:03}", slug=f"{dialogue.slug}-{n}", portrait=portrait, organization=body)
        for n in range(number * 6)
    )
    appearances = Appearance.objects.bulk_create(
        Appearance(dialogue=dialogue, panel=panels[n % number], speaker=person, role="panellist")
        for n, person in enumerate(people)
    )
    Quote.objects.bulk_create(
        Quote(appearance=appearances[n % len(appearances)], text=f"Words {n}", published_at=NOW)
        for n in range(number * 20)
    )
    send(build.call(dialogue), number * 30)
    return dialogue


def send(call, number):
    publish_many(
        (
            Contribution(call=call, reference=f"X-{call.pk}-{n:04}"),
            Revision(title=f"Contribution {n}", organization_name="Open Door", text="Text."),
        )
        for n in range(number)
    )


def test_a_full_dialogue_page_takes_at_most_sixteen_queries(portrait, client, desk):
    dialogue = fill(build.dialogue(), 10, portrait)
    dialogue.topics.set([build.topic(f"Topic {n}") for n in range(5)])
    for language in ("en", "fr"):
        build.summary(dialogue, language=language)
    build.paper(dialogue)
    dialogue.expected.create(kind="guidance")
    counts = Panel.objects.count(), Appearance.objects.count(), Quote.objects.count(), Contribution.objects.count()
    assert counts == (10, 60, 200, 300)
    assert queries(client, dialogue.get_absolute_url()) <= 16
    assert queries(desk, dialogue.get_absolute_url()) <= 25  # staff's rights are read too


def test_hidden_records_cost_no_query(client):
    dialogue = build.dialogue()
    who = build.appearance(dialogue).speaker
    addresses = [dialogue.get_absolute_url(), who.get_absolute_url()]
    before = [queries(client, address) for address in addresses]
    hidden = [
        build.news_item(about=[dialogue], public=False),
        build.photograph(dialogue, public=False),
        build.statement(dialogue, at=dialogue.appearances.get(), public=False),
    ]
    assert [queries(client, address) for address in addresses] == before
    render_picture.call(hidden[1].picture_id)
    for record in hidden:
        build.published(record)
    assert all(now > then for now, then in zip([queries(client, one) for one in addresses], before, strict=True))


def test_a_dialogue_page_takes_the_same_queries_with_ten_panels_as_with_two(portrait, client):
    small, large = (fill(build.dialogue(), number, portrait) for number in (2, 10))
    # Both have more contributions than are shown, which takes one more query to count them.
    assert queries(client, small.get_absolute_url()) == queries(client, large.get_absolute_url())


@pytest.mark.parametrize("address", ["panels/1/", "quotes/"])
def test_panel_and_quote_pages_take_the_same_queries_in_a_larger_dialogue(portrait, address, client):
    small, large = (fill(build.dialogue(), number, portrait) for number in (2, 10))
    assert queries(client, small.get_absolute_url() + address) == queries(client, large.get_absolute_url() + address)


def add_dialogues(number, portrait):
    made = Dialogue.objects.bulk_create(
        Dialogue(series=build.series(), title=f"D{n}", slug=f"d{n}-{number}", starts_on=date(2024, 7, 1),
                 published_at=timezone.now()) for n in range(number)
    )  # fmt: skip
    topic = Topic.objects.get_or_create(name="Everywhere", slug="everywhere", published_at=NOW)[0]
    topic.dialogues.add(*made)
    for n, dialogue in enumerate(made):
        panel = build.panel(dialogue)
        topic.panels.add(panel)
        who = build.speaker(portrait=portrait, organization=Organization.objects.create(name=f"Body {number}-{n}"))
        build.quote(build.appearance(dialogue, who=who, panel=panel))
        build.summary(dialogue)
        send(build.call(dialogue), 1)
        Topic.objects.create(name=f"T{number}-{n}", slug=f"t{number}-{n}", published_at=NOW)


LISTS = ["/", "/dialogues/", "/speakers/", "/quotes/", "/topics/", "/topics/everywhere/", "/contributions/"]


@pytest.fixture(scope="module")
def queries_of_lists(django_db_setup, django_db_blocker, tmp_path_factory):
    """{the address of a list: the number of its queries with three records, and with thirty more}."""

    def count(client):
        return {address: queries(client, address) for address in LISTS}

    def make():
        portrait, client = build.portrait(), Client()
        render_picture.call(portrait.pk)
        add_dialogues(3, portrait)
        few = count(client)
        add_dialogues(30, portrait)
        many = count(client)
        return {address: (few[address], many[address]) for address in LISTS}

    with index_at(tmp_path_factory.mktemp("lists") / "index"), closing(made_once(django_db_blocker, make)) as made:
        return next(made)


@pytest.mark.parametrize("address", LISTS)
def test_a_list_takes_the_same_queries_with_thirty_records_as_with_three(queries_of_lists, address):
    few, many = queries_of_lists[address]
    # A list that needs a second page or section takes one more query to count, not one for each record.
    assert many - few in (0, 1)


def test_a_speaker_page_takes_the_same_queries_with_thirty_appearances_as_with_three(portrait, client):
    person = build.speaker(portrait=portrait)
    counts = []
    for number in (3, 30):
        for _ in range(number):
            dialogue = build.dialogue()
            build.quote(build.appearance(dialogue, who=person, panel=build.panel(dialogue)))
        counts.append(queries(client, person.get_absolute_url()))
    assert counts[0] == counts[1]


def test_a_summary_page_takes_the_same_queries_with_a_hundred_paragraphs_and_comments(client, desk):
    counts = {client: [], desk: []}
    for number in (3, 100):
        dialogue = build.dialogue()
        summary = build.summary(dialogue, text="\n\n".join(f"{n}. Text." for n in range(number)))
        for paragraph in summary.paragraphs.all():
            dialogue.comments.create(text="Hm.", paragraph=paragraph, author=build.user(f"{paragraph.pk}@example.org"))
        for browser, found in counts.items():
            found.append(queries(browser, summary.get_absolute_url()))
            found.append(queries(browser, summary.get_absolute_url() if browser is client
                                 else f"{dialogue.get_absolute_url()}comments/"))  # fmt: skip
    for found in counts.values():
        assert found[:2] == found[2:]
