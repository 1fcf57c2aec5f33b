"""Search alerts: who is written to, about what, and how often."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from dialogues.models import Quote
from search import alerts
from search.engine_api import EngineAwayError
from search.models import IndexJob, SearchAlert
from subscriptions import workflow as subscriptions
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_time_to_undo")]


def alert(query="q=debt", *, days_ago=2, **fields):
    """Create an alert whose last email was sent that many days ago."""
    then = timezone.now() - timedelta(days=days_ago)
    return SearchAlert.objects.create(
        **{"address": "reader@example.org", "query": query, "confirmed_at": then, "told_at": then, **fields}
    )


def public_quote(text="A debt is hard to see."):
    return build.quote(build.appearance(build.dialogue()), text=text)


def test_an_unconfirmed_alert_is_not_sent():
    alert(confirmed_at=None, told_at=None)
    public_quote()
    SearchAlert.objects.update(asked_at=timezone.now() - timedelta(days=2))
    assert alerts.send_due() == 0


def test_new_results_are_sent_once():
    alert()
    quote = public_quote()
    assert (alerts.send_due(), alerts.send_due()) == (1, 0)
    (email,) = mail.outbox
    assert quote.get_absolute_url() in email.body
    assert email.subject == "New for “debt”"


def test_the_first_email_has_the_publications_since_the_confirmation():
    made = alert(confirmed_at=None, told_at=None)
    old = public_quote("A debt before.")
    Quote.objects.update(published_at=timezone.now() - timedelta(days=3))
    subscriptions.confirm(made)
    new = public_quote("A debt after.")
    assert alerts.send_due() == 0
    SearchAlert.objects.update(confirmed_at=timezone.now() - timedelta(days=2))
    assert alerts.send_due() == 1
    (email,) = mail.outbox
    assert new.get_absolute_url() in email.body
    assert old.get_absolute_url() not in email.body


def test_earlier_results_and_other_records_are_not_sent():
    alert()
    public_quote()
    public_quote("The sea keeps no records.")
    Quote.objects.filter(text__contains="debt").update(published_at=timezone.now() - timedelta(days=3))
    assert alerts.send_due() == 0
    assert mail.outbox == []


def test_a_publication_that_staff_can_still_undo_waits_for_the_next_email(monkeypatch):
    monkeypatch.setattr(alerts, "TIME_TO_UNDO", timedelta(minutes=2))
    alert()
    public_quote()
    assert alerts.send_due() == 0
    Quote.objects.update(published_at=timezone.now() - timedelta(minutes=1))
    SearchAlert.objects.update(told_at=timezone.now() - timedelta(days=1, minutes=2))
    assert alerts.send_due() == 0
    told_at = SearchAlert.objects.get().told_at
    assert told_at < Quote.objects.get().published_at
    SearchAlert.objects.update(told_at=told_at - timedelta(days=1))
    Quote.objects.update(published_at=timezone.now() - timedelta(minutes=3))
    assert alerts.send_due() == 1


def test_nobody_gets_two_emails_a_day():
    alert(days_ago=0.5)
    public_quote()
    assert alerts.send_due() == 0


def test_hidden_records_are_not_sent():
    alert()
    build.quote(build.appearance(build.dialogue()), text="A debt.", public=False)
    build.quote(build.appearance(build.dialogue(public=False)), text="A debt.")
    assert alerts.send_due() == 0


def test_filters_apply_to_emails():
    alert("q=debt&kind=summary")
    public_quote()
    assert alerts.send_due() == 0


def test_an_alert_on_filters_alone_sends_what_is_new_of_them():
    alert("kind=quote&year=2024")
    quote = public_quote()
    build.quote(build.appearance(build.dialogue(starts_on=date(2023, 1, 1))), text="Another year.")
    assert alerts.send_due() == 1
    (email,) = mail.outbox
    assert email.subject == "New for “Quotes · 2024”"
    assert quote.get_absolute_url() in email.body
    assert email.body.count("(Quote)") == 1


def test_while_changes_wait_for_the_index_nothing_is_sent_and_nothing_lost():
    alert()
    public_quote()
    job = IndexJob.objects.create(label="dialogues.quote", object_id=999)
    assert alerts.send_due() == 0
    job.delete()
    assert alerts.send_due() == 1


def test_while_the_engine_is_away_nothing_is_sent_and_nothing_lost(backend, monkeypatch):
    alert()
    public_quote()

    def away(query):
        raise EngineAwayError

    with monkeypatch.context() as patch:
        patch.setattr(backend, "find", away)
        assert alerts.send_due() == 0
    assert alerts.send_due() == 1


def test_an_email_says_how_to_unsubscribe():
    key = alert().key
    public_quote()
    alerts.send_due()
    (email,) = mail.outbox
    assert f"/search/alerts/{key}/leave/" in email.body
    assert email.extra_headers["List-Unsubscribe"].endswith(f"/search/alerts/{key}/leave/>")
    assert email.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_command_sends_alerts_and_forgets_unconfirmed_ones():
    alert()
    public_quote()
    alert(address="old@example.org", confirmed_at=None, told_at=None)
    long_ago = timezone.now() - subscriptions.FORGET_UNCONFIRMED_AFTER - timedelta(minutes=1)
    SearchAlert.objects.filter(confirmed_at=None).update(asked_at=long_ago)
    call_command("send_search_alerts")
    assert len(mail.outbox) == 1
    assert not SearchAlert.objects.unconfirmed().exists()


def test_new_records_of_an_old_dialogue_are_sent(monkeypatch):
    monkeypatch.setattr(alerts, "MAX_HITS_READ", 2)
    alert()
    for _ in range(5):
        public_quote()
    Quote.objects.update(published_at=timezone.now() - timedelta(days=30))
    call_command("rebuild_index")
    old = build.dialogue(starts_on=date(1999, 1, 1))
    late = build.quote(build.appearance(old), text="A debt of old.")
    assert alerts.send_due() == 1
    assert late.get_absolute_url() in mail.outbox[0].body
