"""The home page lists everything public of every kind, the latest first, and nothing hidden."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dialogues.models import NewsItem
from portal.latest import SHOWN, latest_publications
from tests import build
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db


def test_all_kinds_are_sorted_together_by_publication_date():
    summary = build.summary(build.dialogue())
    contribution = build.contribution()
    news = build.news_item()
    NewsItem.objects.filter(pk=news.pk).update(published_at=timezone.now() - timedelta(days=1))
    assert [(one.kind, one.record.pk) for one in latest_publications()] == [
        ("contribution", contribution.pk), ("summary", summary.pk), ("news", news.pk),
    ]  # fmt: skip


def test_each_kind_has_a_maximum():
    build.summary(build.dialogue())
    for number in range(SHOWN["news"] + 2):
        build.news_item(f"News {number}")
    kinds = [one.kind for one in latest_publications()]
    assert kinds.count("news") == SHOWN["news"]
    assert "summary" in kinds


def test_home_shows_new_publications_and_nothing_hidden(client):
    build.news_item("Seen by all")
    build.news_item("Not yet", public=False)
    build.contribution(title="Sent in", state="submitted")
    assert shows(client, "/", "Newly published", "Seen by all")
    assert hides(client, "/", "Not yet", "Sent in")
