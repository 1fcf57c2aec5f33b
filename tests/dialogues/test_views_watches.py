"""“Tell me when it is there”, as its owner, a mail scanner and a mail program meet it."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from dialogues.models import Watch
from publishing import workflow
from tests import build
from tests.gate import hides, is_absent, shows

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def dialogue():
    made = build.dialogue(title="Third dialogue")
    made.expected.create(kind="summary", language="fr")
    return made


@pytest.fixture
def new(dialogue):
    return f"/awaited/{dialogue.expected.get().pk}/tell/"


@pytest.fixture
def watch(dialogue):
    return dialogue.watches.create(address="reader@example.org", kind="summary", document_language="fr")


def page(watch, verb):
    return f"/awaited/wishes/{watch.key}/{verb}/"


def test_asking_leads_to_a_letter(client, new):
    assert shows(client, new, "Third dialogue", "Français", "Send me the letter")
    assert "Look into your mail" in client.post(new, {"address": "Reader@example.org"}).content.decode()
    made = Watch.objects.get()
    assert (made.address, made.kind, made.document_language) == ("reader@example.org", "summary", "fr")
    assert mail.outbox[0].to == ["reader@example.org"]
    assert page(made, "confirm") in mail.outbox[0].body


def test_asking_says_the_same_whether_the_address_is_known_or_not(client, new, watch):
    known, unknown = (client.post(new, {"address": f"{name}@example.org"}).content for name in ("reader", "other"))
    assert known == unknown
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a@example.org\nBcc: b@example.org"])
def test_a_wrong_address_is_told(client, new, address):
    assert "errorlist" in client.post(new, {"address": address}).content.decode()
    assert not Watch.objects.exists()


def test_of_a_hidden_dialogue_nothing_can_be_asked(client, desk, dialogue, new):
    workflow.unpublish(dialogue, by=None)
    for browser in (client, desk):
        assert is_absent(browser, new)
    assert client.post(new, {"address": "reader@example.org"}).status_code == 404
    assert not Watch.objects.exists()


def test_opening_the_letters_links_changes_nothing(client, watch):
    for verb in ("confirm", "leave"):
        assert shows(client, page(watch, verb), "Third dialogue")
        assert hides(client, page(watch, verb), "reader@example.org")
    assert Watch.objects.get().confirmed_at is None


def test_a_dialogue_that_is_hidden_meanwhile_is_not_named(client, watch, dialogue):
    workflow.unpublish(dialogue, by=None)
    for verb in ("confirm", "leave"):
        assert hides(client, page(watch, verb), "Third dialogue")


def test_the_button_confirms(client, watch):
    assert "Confirmed" in client.post(page(watch, "confirm")).content.decode()
    assert Watch.objects.get().confirmed_at


def test_one_click_leaves_without_page_and_token(watch):
    program = Client(enforce_csrf_checks=True)
    answer = program.post(page(watch, "leave"), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert not Watch.objects.exists()


def test_leaving_twice_is_leaving(client, watch):
    for _ in range(2):
        assert "Nothing more will come" in client.post(page(watch, "leave")).content.decode()
    assert shows(client, page(watch, "leave"), "Nothing more will come")


def test_an_unknown_secret_confirms_nothing(client):
    assert is_absent(client, "/awaited/wishes/unknown/confirm/")


def test_one_visitor_asks_ten_times_an_hour(client, new):
    answers = [client.post(new, {"address": f"reader{number}@example.org"}).status_code for number in range(11)]
    assert answers == [200] * 10 + [429]
    assert len(mail.outbox) == 10
