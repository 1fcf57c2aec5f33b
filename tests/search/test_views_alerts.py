"""The pages of an alert, as its owner, a mail scanner and a mail program meet them."""

import uuid

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from search.models import Alert
from tests import gate

pytestmark = pytest.mark.django_db
NEW = "/search/alerts/new/?q=debt&kind=quote"


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def alert():
    return Alert.objects.create(address="reader@example.org", query="q=debt&kind=quote")


def page(alert, verb):
    return f"/search/alerts/{alert.key}/{verb}/"


def test_asking_leads_to_a_letter(client):
    assert gate.shows(client, NEW, "“debt”", "Send me the letter")
    answer = client.post(NEW, {"address": "reader@example.org"})
    assert "Look into your mail" in answer.content.decode()
    assert Alert.objects.get().query == "q=debt&kind=quote"
    assert len(mail.outbox) == 1


def test_asking_says_the_same_whether_the_address_is_known_or_not(client, alert):
    known, unknown = (client.post(NEW, {"address": f"{name}@example.org"}).content for name in ("reader", "other"))
    assert known == unknown


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a@example.org\nBcc: b@example.org"])
def test_a_wrong_address_is_told_and_kept(client, address):
    answer = client.post(NEW, {"address": address})
    assert "errorlist" in answer.content.decode()
    assert not Alert.objects.exists()


def test_without_a_search_there_is_nothing_to_be_told_of(client):
    answer = client.post("/search/alerts/new/", {"address": "reader@example.org"})
    assert "Search for something first" in answer.content.decode()
    assert not Alert.objects.exists()


def test_opening_the_letter_s_links_changes_nothing(client, alert):
    for verb in ("confirm", "leave"):
        assert gate.shows(client, page(alert, verb), "“debt”")
        assert gate.hides(client, page(alert, verb), "reader@example.org")
    assert Alert.objects.get().confirmed_at is None


def test_the_button_confirms_and_shows_the_search(client, alert):
    answer = client.post(page(alert, "confirm"))
    assert (answer.status_code, answer.url) == (302, "/search/?q=debt&kind=quote")
    assert Alert.objects.get().confirmed_at


def test_one_click_leaves_without_page_and_token(alert):
    program = Client(enforce_csrf_checks=True)
    answer = program.post(page(alert, "leave"), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert not Alert.objects.exists()


def test_leaving_twice_is_leaving(client, alert):
    for _ in range(2):
        assert "The alert has ended" in client.post(page(alert, "leave")).content.decode()


def test_an_unknown_key_is_absent(client):
    for verb in ("confirm", "leave"):
        assert gate.is_absent(client, f"/search/alerts/{uuid.uuid4()}/{verb}/")


def test_one_visitor_asks_ten_times_an_hour(client):
    answers = [client.post(NEW, {"address": f"reader{number}@example.org"}).status_code for number in range(11)]
    assert answers == [200] * 10 + [429]
    assert len(mail.outbox) == 10
