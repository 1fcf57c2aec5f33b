"""The history of a record on the desk: translated texts, choices, and how much of it is shown."""

import re

import pytest

from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def test_the_history_shows_each_translated_text_that_changed(desk, secretary):
    topic = build.topic("Fees")
    topic.translations = {"fr": {"name": "Frais"}, "es": {"name": "Tasas"}}
    topic.save()
    topic.history.all().delete()
    topic.save()
    topic.translations = {"fr": {"name": "Frais de recrutement"}, "es": {"name": "Tasas"}, "ar": {"name": "رسوم"}}
    topic.save()
    page = desk.get(f"/desk/history/topic-{topic.pk}/").content.decode()
    assert "Name (Français)</strong>: <del><bdi>Frais</bdi></del> <ins><bdi>Frais de recrutement</bdi></ins>" in page
    assert "Name (العربية)</strong>: <ins><bdi>رسوم</bdi></ins>" in page
    assert "Name (Español)" not in page
    assert "Translations</strong>" not in page
    assert "{" not in page.partition('<ol class="row-list"')[2].partition("</ol>")[0]


def test_the_history_shows_the_label_of_a_choice(desk):
    panel = build.panel(build.dialogue(), kind="qa")
    panel.kind = "inputs"
    panel.save()
    page = desk.get(f"/desk/history/panel-{panel.pk}/").content.decode()
    assert "<del><bdi>Questions and answers</bdi></del> <ins><bdi>Inputs from participants</bdi></ins>" in page


def test_the_newest_events_of_a_long_history_are_shown(desk, monkeypatch):
    monkeypatch.setattr("desk.history.MOST_ENTRIES", 2)
    topic = build.topic(name="Wages")
    for name in ("Fees", "Debts", "Papers"):
        topic.name = name
        topic.save()
    page = desk.get(f"/desk/history/topic-{topic.pk}/").content.decode()
    assert re.findall(r"<ins><bdi>(.*?)</bdi></ins>", page) == ["Papers", "Debts"]
