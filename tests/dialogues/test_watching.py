"""Who is told that a document is there: once, whatever is hidden, published again or killed in between."""

import os
import signal
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from dialogues import watching
from dialogues.models import Watch
from mail.models import OutgoingEmail
from portal.management.commands.tend import CHORES
from publishing import workflow
from tests import build
from tests.at_once import at_once

pytestmark = [pytest.mark.django_db]


def watch(dialogue, kind="summary", *, language="", confirmed=True, address="reader@example.org"):
    return dialogue.watches.create(
        address=address, kind=kind, document_language=language, confirmed_at=timezone.now() if confirmed else None
    )


@pytest.fixture
def dialogue():
    return build.dialogue(title="Third dialogue")


def test_what_is_there_is_told_once_and_the_address_forgotten(dialogue):
    key = watch(dialogue).key
    assert watching.send_due() == 0
    summary = build.summary(dialogue)
    assert (watching.send_due(), watching.send_due()) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == ["reader@example.org"]
    assert f"http://localhost:8000{summary.get_absolute_url()}" in letter.body
    assert letter.extra_headers["List-Unsubscribe"] == f"<http://localhost:8000/awaited/wishes/{key}/leave/>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not Watch.objects.exists()


def test_every_chore_round_looks(dialogue):
    watch(dialogue)
    build.summary(dialogue)
    call_command("tell_awaited")
    assert len(mail.outbox) == 1
    assert "tell_awaited" in CHORES


def test_who_has_not_confirmed_is_not_told_until_they_do(dialogue):
    wish = watch(dialogue, confirmed=False)
    build.summary(dialogue)
    assert watching.send_due() == 0
    watching.confirm(wish)
    assert watching.send_due() == 1


def test_another_kind_or_language_tells_nobody(dialogue):
    watch(dialogue, language="fr")
    watch(dialogue, "programme")
    build.summary(dialogue, language="en")
    assert watching.send_due() == 0
    build.contribution(build.call(dialogue))
    watch(dialogue, "contributions")
    assert watching.send_due() == 1
    assert Watch.objects.count() == 2


def test_a_draft_tells_nobody(dialogue):
    watch(dialogue)
    build.summary(dialogue, public=False)
    assert watching.send_due() == 0


@pytest.mark.parametrize("hidden", ["summary", "dialogue"])
def test_what_is_hidden_again_tells_nobody_and_the_wish_stays(dialogue, hidden):
    watch(dialogue)
    record = {"summary": build.summary(dialogue), "dialogue": dialogue}[hidden]
    workflow.unpublish(record, by=None)
    assert watching.send_due() == 0
    assert mail.outbox == []
    workflow.publish(record, by=None)
    assert watching.send_due() == 1


def test_asking_again_writes_nothing_more_and_a_stranger_is_not_flooded(dialogue):
    for kind in ("summary", "summary", "programme", "guidance", "presentation"):
        document = dialogue.expected.get_or_create(kind=kind)[0]
        watching.ask(document, "reader@example.org", language="en")
    assert Watch.objects.count() == len(mail.outbox) == 3


def test_a_wish_nobody_confirmed_is_forgotten(dialogue):
    old, young = (watch(dialogue, confirmed=False, address=f"{name}@example.org") for name in ("old", "young"))
    kept = watch(dialogue, address="kept@example.org")
    past = timezone.now() - watching.FORGOTTEN_AFTER - timedelta(minutes=1)
    Watch.objects.exclude(pk=young.pk).update(asked_at=past)
    watching.send_due()
    assert list(Watch.objects.all()) == [young, kept]
    assert old not in Watch.objects.all()


@pytest.mark.django_db(transaction=True)
def test_four_who_look_at_once_write_one_letter():
    dialogue = build.dialogue()
    watch(dialogue)
    build.summary(dialogue)
    assert at_once([watching.send_due] * 4) == []
    assert len(mail.outbox) == 1
    assert not Watch.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["write", "erase"])
def test_who_is_killed_between_the_letter_and_the_forgetting_has_done_neither(place):
    dialogue = build.dialogue()
    for name in ("a", "b"):
        watch(dialogue, address=f"{name}@example.org")
    build.summary(dialogue)
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            die_at(place)
        finally:
            os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert (OutgoingEmail.objects.count(), Watch.objects.count()) == (0, 2)
    assert watching.send_due() == 2
    assert sorted(letter.to[0] for letter in mail.outbox) == ["a@example.org", "b@example.org"]


def die_at(place):
    """In a child process: be killed at the second letter, before it is written or before its wish goes."""
    connections.close_all()  # a connection is not shared with the parent
    owner, name = {"write": (watching, "write"), "erase": (Watch, "delete")}[place]
    usual, calls = getattr(owner, name), []

    def deadly(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return usual(*args, **kwargs)

    setattr(owner, name, deadly)
    watching.send_due()
