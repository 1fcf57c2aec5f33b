from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache

from dialogues.models import DocumentAlert
from search.models import SearchAlert
from subscriptions.models import Subscription
from tests import build


@dataclass
class Kind:
    """A kind of subscription: its model, what one asks for, and its addresses."""

    model: type[Subscription]
    wanted: dict[str, Any]
    other: dict[str, Any]  # changes to `wanted` for another subscription
    new_page: str
    pages: str
    left: str  # what the last page says

    def create(self, **fields):
        return self.model.objects.create(**{"address": "reader@example.org", **self.wanted, **fields})

    def page(self, subscription, action):
        return f"{self.pages}{subscription.key}/{action}/"


@pytest.fixture(autouse=True)
def no_earlier_requests():
    """Empty the counters of the rate limits."""
    cache.clear()


@pytest.fixture(params=["search alert", "document alert"])
def kind(request, db):
    """Each kind of subscription."""
    if request.param == "search alert":
        return Kind(
            SearchAlert, {"query": "q=debt&kind=quote"}, {"query": "q=ships"},
            "/search/alerts/new/?q=debt&kind=quote", "/search/alerts/", "You have unsubscribed",
        )  # fmt: skip
    dialogue = build.dialogue(title="Third dialogue")
    expected = dialogue.expected.create(kind="summary", language="fr")
    return Kind(
        DocumentAlert, {"dialogue": dialogue, "kind": "summary", "document_language": "fr"}, {"kind": "guidance"},
        expected.alert_url, "/awaited/wishes/", "Email cancelled",
    )  # fmt: skip
