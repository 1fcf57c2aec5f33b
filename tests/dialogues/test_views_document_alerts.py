"""The pages of a document alert; what they share with other subscriptions is in tests/subscriptions."""

import pytest

from dialogues.models import DocumentAlert
from publishing import workflow
from tests import build
from tests.gate import hides, is_absent, shows

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def dialogue():
    made = build.dialogue(title="Third dialogue")
    made.expected.create(kind="summary", language="fr")
    return made


@pytest.fixture
def new_page(dialogue):
    return f"/dialogues/{dialogue.slug}/awaited/summary/fr/tell/"


@pytest.fixture
def alert(dialogue):
    return dialogue.alerts.create(address="reader@example.org", kind="summary", document_language="fr")


def page(alert, action):
    return f"/awaited/wishes/{alert.key}/{action}/"


def test_the_form_names_the_document(client, dialogue, new_page):
    assert shows(client, new_page, "Third dialogue", "Français")
    assert new_page == dialogue.expected.get().alert_url


def test_a_document_in_any_language_has_a_form_of_its_own(client, dialogue):
    in_any = dialogue.expected.create(kind="summary")
    assert in_any.alert_url == f"/dialogues/{dialogue.slug}/awaited/summary/tell/"
    assert hides(client, in_any.alert_url, "Français</h1>")


@pytest.mark.parametrize("place", ["guidance/tell/", "guidance/fr/tell/", "summary/en/tell/", "summary/tell/"])
def test_a_document_that_nobody_announced_has_no_form(client, dialogue, place):
    assert is_absent(client, f"/dialogues/{dialogue.slug}/awaited/{place}")


def test_nothing_can_be_asked_of_a_hidden_dialogue(client, desk, dialogue, new_page):
    workflow.unpublish(dialogue, by=None)
    for browser in (client, desk):
        assert is_absent(browser, new_page)
    assert client.post(new_page, {"address": "reader@example.org"}).status_code == 404
    assert not DocumentAlert.objects.exists()


@pytest.mark.parametrize("action", ["confirm", "leave"])
def test_the_pages_name_the_dialogue_while_it_is_public(client, alert, dialogue, action):
    assert shows(client, page(alert, action), "Third dialogue")
    workflow.unpublish(dialogue, by=None)
    assert hides(client, page(alert, action), "Third dialogue")


def test_confirming_shows_the_page_again(client, alert):
    assert "Confirmed" in client.post(page(alert, "confirm")).content.decode()


def test_an_alert_that_is_gone_shows_the_last_page(client, alert):
    client.post(page(alert, "leave"))
    assert shows(client, page(alert, "leave"), "Email cancelled")
