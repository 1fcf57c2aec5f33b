"""Alerts by mail: who is written to, of what, how often, and how that ends."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from dialogues.models import Quote
from search import workflow
from search.models import Alert, IndexJob
from tests import build

pytestmark = pytest.mark.django_db


def alert(query="q=debt", *, told=2, confirmed=True, **fields):
    """An alert whose owner heard that many days ago."""
    heard = timezone.now() - timedelta(days=told) if confirmed else None
    return Alert.objects.create(
        **{"address": "reader@example.org", "query": query, "confirmed_at": heard, "told_at": heard, **fields}
    )


def public_quote(text="A debt is hard to see."):
    return build.quote(build.appearance(build.dialogue()), text=text)


def test_asking_writes_one_letter_and_starts_nothing():
    workflow.ask("Reader@Example.org", "q=debt", language="en")
    made = Alert.objects.get()
    assert (made.address, made.confirmed_at) == ("reader@example.org", None)
    assert mail.outbox[0].to == ["reader@example.org"]
    assert f"/search/alerts/{made.key}/confirm/" in mail.outbox[0].body
    public_quote()
    Alert.objects.update(asked_at=timezone.now() - timedelta(days=2))
    assert workflow.send_due() == 0


def test_asking_again_writes_nothing_more():
    for _ in range(2):
        workflow.ask("reader@example.org", "q=debt", language="en")
    assert (Alert.objects.count(), len(mail.outbox)) == (1, 1)


def test_a_stranger_s_address_is_not_flooded():
    for number in range(10):
        workflow.ask("reader@example.org", f"q=debt{number}", language="en")
    assert len(mail.outbox) == Alert.objects.count() == workflow.MOST_UNCONFIRMED


def test_what_is_new_is_told_once():
    alert()
    quote = public_quote()
    assert (workflow.send_due(), workflow.send_due()) == (1, 0)
    letter = mail.outbox[0]
    assert quote.get_absolute_url() in letter.body
    assert letter.subject == "New for “debt”"


def test_what_was_there_before_or_does_not_answer_is_not_told():
    alert()
    public_quote()
    public_quote("The sea keeps no records.")
    Quote.objects.filter(text__contains="debt").update(published_at=timezone.now() - timedelta(days=3))
    assert workflow.send_due() == 0
    assert mail.outbox == []


def test_nobody_hears_twice_a_day():
    alert(told=0.5)
    public_quote()
    assert workflow.send_due() == 0


def test_what_is_hidden_is_not_told():
    alert()
    build.quote(build.appearance(build.dialogue()), text="A debt.", public=False)
    build.quote(build.appearance(build.dialogue(public=False)), text="A debt.")
    assert workflow.send_due() == 0


def test_narrowing_holds_for_letters():
    alert("q=debt&kind=summary")
    public_quote()
    assert workflow.send_due() == 0


def test_while_changes_wait_for_the_index_nobody_is_told_and_nothing_is_lost():
    alert()
    public_quote()
    job = IndexJob.objects.create(label="dialogues.quote", object_id=999)
    assert workflow.send_due() == 0
    job.delete()
    assert workflow.send_due() == 1


def test_a_letter_says_how_to_leave():
    key = alert().key
    public_quote()
    workflow.send_due()
    letter = mail.outbox[0]
    assert f"/search/alerts/{key}/leave/" in letter.body
    assert letter.extra_headers["List-Unsubscribe"].endswith(f"/search/alerts/{key}/leave/>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_an_address_that_was_never_confirmed_is_forgotten():
    old, young = (alert(f"q={word}", confirmed=False) for word in ("old", "young"))
    Alert.objects.filter(pk=old.pk).update(asked_at=timezone.now() - workflow.FORGOTTEN_AFTER - timedelta(minutes=1))
    workflow.send_due()
    assert list(Alert.objects.all()) == [young]


def test_what_is_new_of_an_old_dialogue_is_told_as_well(monkeypatch):
    monkeypatch.setattr(workflow, "LOOKED_AT", 2)
    alert()
    for _ in range(5):
        public_quote()
    Quote.objects.update(published_at=timezone.now() - timedelta(days=30))
    call_command("rebuild_index")
    old = build.dialogue(starts_on=date(1999, 1, 1))
    late = build.quote(build.appearance(old), text="A debt of old.")
    assert workflow.send_due() == 1
    assert late.get_absolute_url() in mail.outbox[0].body
