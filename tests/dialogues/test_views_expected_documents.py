"""The list of expected documents and the feeds show only what is public."""

from datetime import date

import pytest

from publishing import workflow
from tests import build
from tests.dialogues.test_queries import queries
from tests.gate import hides, is_absent, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]
BOARD, FEED = "/awaited/", "/awaited/feed/"


@pytest.fixture
def dialogue():
    made = build.dialogue(title="Third dialogue", slug="third")
    made.expected.create(kind="summary", language="fr", expected_on=date(2024, 9, 1))
    return made


def test_an_empty_list_says_so(client):
    build.dialogue(title="Expects nothing")
    assert shows(client, BOARD, "No documents of this kind have been announced.")
    assert hides(client, BOARD, "Expects nothing")


def test_the_list_shows_since_when_a_document_is_awaited(client, dialogue):
    tell = dialogue.expected.get().alert_url
    assert shows(client, BOARD, "Third dialogue", "Français", "1 Sep 2024", "11 Jul 2024", "Still to come</span>", tell)
    assert not client.cookies


def test_the_list_links_to_published_documents(client, dialogue):
    build.summary(dialogue, language="fr")
    newer = build.summary(dialogue, language="fr", version=2, changes="Names.")
    assert shows(client, BOARD, f'href="{newer.get_absolute_url()}"', "Published ")
    assert hides(client, BOARD, "/v1/", "Email me when")


def test_drafts_do_not_count_and_hidden_dialogues_are_not_listed_even_for_staff(client, desk, dialogue):
    summary = build.summary(dialogue, language="fr", public=False)
    for browser in (client, desk):
        assert hides(browser, BOARD, summary.get_absolute_url())
        assert hides(browser, FEED, summary.get_absolute_url())
    build.published(summary)
    assert shows(client, FEED, summary.get_absolute_url())
    workflow.unpublish(dialogue, by=None)
    for browser in (client, desk):
        assert hides(browser, BOARD, "Third dialogue")
        assert hides(browser, FEED, "Third dialogue")
        assert is_absent(browser, "/dialogues/third/feed/")


def test_the_list_is_filtered_by_series_and_status(client, dialogue):
    other = build.dialogue(title="Elsewhere", series=build.series("SOM"))
    other.expected.create(kind="summary")
    build.summary(other)
    assert hides(client, f"{BOARD}?series=som", "Third dialogue")
    assert shows(client, f"{BOARD}?series=som", "Elsewhere")
    assert shows(client, f"{BOARD}?state=awaited", "Third dialogue")
    assert hides(client, f"{BOARD}?state=awaited", "Elsewhere")
    assert shows(client, f"{BOARD}?state=nonsense", "Third dialogue", "Elsewhere")


def test_the_list_shows_twenty_dialogues_a_page_newest_first(client):
    for number in range(21):
        build.dialogue(title=f"Number {number:02}", starts_on=date(2000 + number, 1, 1)).expected.create(kind="summary")
    page = client.get(BOARD).content.decode()
    assert page.index("Number 20") < page.index("Number 19") < page.index("Number 01")
    assert "Number 00" not in page
    assert shows(client, f"{BOARD}?page=2", "Number 00")


def test_the_dialogue_page_links_to_the_list_its_feed_and_the_email_form(client, dialogue):
    page = dialogue.get_absolute_url()
    assert shows(client, page, 'href="/awaited/"', "third/feed/", dialogue.expected.get().alert_url)


def test_feeds_contain_their_own_documents_newest_first(client, dialogue):
    first = build.summary(dialogue)
    other = build.dialogue(title="Elsewhere")
    second = build.paper(other)
    contribution = build.contribution(build.call(dialogue))
    page = client.get(FEED).content.decode()
    addresses = [f"/contributions/?dialogue={dialogue.slug}", second.get_absolute_url(), first.get_absolute_url()]
    places = [page.index(address) for address in addresses]
    assert places == sorted(places)
    assert shows(client, "/dialogues/third/feed/", first.get_absolute_url())
    assert hides(client, "/dialogues/third/feed/", second.get_absolute_url(), contribution.newest.title)


def test_an_unchanged_feed_is_answered_with_not_modified(client, dialogue):
    build.summary(dialogue)
    for address in (FEED, "/dialogues/third/feed/"):
        answer = client.get(address)
        assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    build.summary(dialogue, language="fr")
    assert client.get(FEED, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200


def test_list_and_feed_take_the_same_queries_with_fifteen_dialogues_as_with_three(client):
    counts = []
    for number in (3, 15):
        for _ in range(number):
            dialogue = build.dialogue()
            dialogue.expected.create(kind="summary")
            build.summary(dialogue)
            build.paper(dialogue)
            build.contribution(build.call(dialogue))
        counts.append((queries(client, BOARD), queries(client, FEED)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 8
