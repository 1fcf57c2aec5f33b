"""Document alerts: one email each, whatever is hidden, published again or killed in between."""

import os
import signal
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from dialogues import document_alerts
from dialogues.models import DocumentAlert
from mail.models import OutgoingEmail
from portal.management.commands.run_chores import CHORES
from publishing import workflow
from subscriptions import workflow as subscriptions
from tests import build
from tests.at_once import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_time_to_undo")]


def alert(dialogue, kind="summary", *, language="", confirmed=True, address="reader@example.org"):
    return dialogue.alerts.create(
        address=address, kind=kind, document_language=language, confirmed_at=timezone.now() if confirmed else None
    )


@pytest.fixture
def dialogue():
    return build.dialogue(title="Third dialogue")


def test_a_published_document_is_announced_once_and_the_address_deleted(dialogue):
    key = alert(dialogue).key
    assert document_alerts.send_due() == 0
    summary = build.summary(dialogue)
    assert (document_alerts.send_due(), document_alerts.send_due()) == (1, 0)
    (email,) = mail.outbox
    assert email.to == ["reader@example.org"]
    assert f"http://localhost:8000{summary.get_absolute_url()}" in email.body
    assert email.extra_headers["List-Unsubscribe"] == f"<http://localhost:8000/awaited/wishes/{key}/leave/>"
    assert email.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not DocumentAlert.objects.exists()


def test_nothing_is_announced_while_staff_can_undo_the_publication(dialogue, monkeypatch):
    monkeypatch.setattr(document_alerts, "TIME_TO_UNDO", timedelta(minutes=2))
    alert(dialogue)
    summary = build.summary(dialogue)
    assert document_alerts.send_due() == 0
    summary.published_at -= timedelta(minutes=2)
    summary.save()
    assert document_alerts.send_due() == 1


def test_the_command_sends_alerts_and_cron_runs_it(dialogue):
    alert(dialogue)
    build.summary(dialogue)
    call_command("send_document_alerts")
    assert len(mail.outbox) == 1
    assert "send_document_alerts" in CHORES


def test_an_unconfirmed_alert_waits_for_its_confirmation(dialogue):
    unconfirmed = alert(dialogue, confirmed=False)
    build.summary(dialogue)
    assert document_alerts.send_due() == 0
    subscriptions.confirm(unconfirmed)
    assert document_alerts.send_due() == 1


def test_another_kind_or_language_is_not_announced(dialogue):
    alert(dialogue, language="fr")
    alert(dialogue, "programme")
    build.summary(dialogue, language="en")
    assert document_alerts.send_due() == 0
    build.contribution(build.call(dialogue))
    alert(dialogue, "contributions")
    assert document_alerts.send_due() == 1
    assert DocumentAlert.objects.count() == 2


def test_a_draft_is_not_announced(dialogue):
    alert(dialogue)
    build.summary(dialogue, public=False)
    assert document_alerts.send_due() == 0


@pytest.mark.parametrize("hidden", ["summary", "dialogue"])
def test_an_unpublished_document_is_not_announced_and_the_alert_is_kept(dialogue, hidden):
    alert(dialogue)
    record = {"summary": build.summary(dialogue), "dialogue": dialogue}[hidden]
    workflow.unpublish(record, by=None)
    assert document_alerts.send_due() == 0
    assert mail.outbox == []
    workflow.publish(record, by=None)
    assert document_alerts.send_due() == 1


@pytest.mark.django_db(transaction=True)
def test_four_processes_at_once_send_one_email():
    dialogue = build.dialogue()
    alert(dialogue)
    build.summary(dialogue)
    assert at_once([document_alerts.send_due] * 4) == []
    assert len(mail.outbox) == 1
    assert not DocumentAlert.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["send", "delete"])
def test_a_kill_between_email_and_deletion_undoes_both(place):
    dialogue = build.dialogue()
    for name in ("a", "b"):
        alert(dialogue, address=f"{name}@example.org")
    build.summary(dialogue)
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            die_at(place)
        finally:
            os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert (OutgoingEmail.objects.count(), DocumentAlert.objects.count()) == (0, 2)
    assert document_alerts.send_due() == 2
    assert sorted(email.to[0] for email in mail.outbox) == ["a@example.org", "b@example.org"]


def die_at(place):
    """In a child process: be killed at the second email, before it is queued or before its alert is deleted."""
    connections.close_all()  # a connection is not shared with the parent
    owner, name = {"send": (document_alerts, "send_email"), "delete": (DocumentAlert, "delete")}[place]
    original, calls = getattr(owner, name), []

    def kill_at_second_call(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **kwargs)

    setattr(owner, name, kill_at_second_call)
    document_alerts.send_due()
