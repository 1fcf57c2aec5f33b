"""The pages of a search alert; what they share with other subscriptions is in tests/subscriptions."""

import uuid

import pytest
from django.core import mail

from search.models import SearchAlert
from tests import gate

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert():
    return SearchAlert.objects.create(address="reader@example.org", query="q=debt&kind=quote")


def test_the_form_names_the_search(client):
    assert gate.shows(client, "/search/alerts/new/?q=debt&kind=quote", "“debt · Quotes”")
    assert gate.shows(client, "/search/alerts/new/?year=2026&kind=contribution", "“Contributions · 2026”")
    assert gate.shows(client, "/fr/search/alerts/new/?language=ar", "Arabe")


def test_an_alert_can_be_on_filters_alone(client):
    client.post("/search/alerts/new/?kind=contribution&year=2026", {"address": "reader@example.org"})
    assert SearchAlert.objects.get().query == "kind=contribution&year=2026"
    (email,) = mail.outbox
    assert "“Contributions · 2026”" in email.body


def test_an_alert_needs_something_to_search_for(client):
    response = client.post("/search/alerts/new/", {"address": "reader@example.org"})
    assert "Search for something first" in response.content.decode()
    assert not SearchAlert.objects.exists()


@pytest.mark.parametrize("action", ["confirm", "leave"])
def test_the_pages_name_the_search(client, alert, action):
    assert gate.shows(client, f"/search/alerts/{alert.key}/{action}/", "“debt · Quotes”")


def test_confirming_leads_to_the_search(client, alert):
    response = client.post(f"/search/alerts/{alert.key}/confirm/")
    assert (response.status_code, response.url) == (302, "/search/?q=debt&kind=quote")


def test_an_alert_that_is_gone_has_no_page_to_leave(client):
    assert gate.is_absent(client, f"/search/alerts/{uuid.uuid4()}/leave/")
