"""Reminders to filers of unsent drafts: when they are due, what they say, and what ends them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from contributions import reminders, workflow
from contributions.models import Call, Contribution, Invitation, Reminder
from mail.models import OutgoingEmail
from tests import build

pytestmark = pytest.mark.django_db

TITLE = "What the harbour master did"


@pytest.fixture
def filer():
    return build.reachable_user("filer@example.org")


def draft_of(filer, *, closes, begun=30, public=True, **fields):
    """Return a draft that was begun so many days ago, to a call that closes in so many days."""
    made = build.draft(build.call(opens=-60, closes=closes, public=public), by=filer, title=TITLE, **fields)
    Contribution.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=begun))
    return made


def close_in(draft, days):
    """Let the call of a draft close in so many days from now."""
    Call.objects.filter(pk=draft.call_id).update(closes_at=timezone.now() + timedelta(days=days))


def subjects():
    return [email.subject.split(",")[0] for email in mail.outbox]


@pytest.mark.parametrize(
    ("closes", "expected"),
    [
        (8, []),
        (6.9, ["A reminder"]),
        (1.1, ["A reminder"]),
        (0.9, ["Last reminder"]),
        (0.01, ["Last reminder"]),
        (-0.01, []),
    ],
)
def test_a_draft_is_reminded_a_week_and_a_day_before_the_end(filer, closes, expected):
    draft_of(filer, closes=closes)
    assert reminders.send_due() == len(expected)
    assert subjects() == expected


def test_each_reminder_is_sent_once_however_often_the_command_runs(filer):
    draft = draft_of(filer, closes=6)
    call_command("send_reminders")
    call_command("send_reminders")
    close_in(draft, 0.5)
    call_command("send_reminders")
    call_command("send_reminders")
    assert subjects() == ["A reminder", "Last reminder"]


def test_if_the_process_dies_nothing_is_sent_and_nothing_counts_as_sent(filer, settings, tasks_wait, monkeypatch):
    settings.EMAIL_BACKEND = "mail.queue.QueueBackend"
    draft_of(filer, closes=6)

    def die(*args, **kwargs):
        raise RuntimeError("the process died")

    with monkeypatch.context() as patch:
        patch.setattr("mail.sending.EmailMessage.send", die)
        with pytest.raises(RuntimeError):
            reminders.send_due()
    assert (Reminder.objects.count(), OutgoingEmail.objects.count()) == (0, 0)
    assert reminders.send_due() == 1
    assert (Reminder.objects.count(), OutgoingEmail.objects.count()) == (1, 1)


def test_the_last_reminder_says_what_is_missing(filer):
    draft_of(filer, closes=0.5, organization_name="", text="")
    reminders.send_due()
    (email,) = mail.outbox
    assert "Still missing:\n- " in email.body
    assert "- Enter the organization’s name." in email.body
    assert f"{settings.BASE_URL}/contributions/mine/" in email.body


def test_the_last_reminder_of_a_complete_draft_says_that_nothing_is_missing(filer):
    draft_of(filer, closes=0.5)
    reminders.send_due()
    assert "Still missing:\nNothing: you only have to submit it.\n" in mail.outbox[0].body


@pytest.mark.parametrize("closes", [6, 0.5])
def test_a_reminder_names_neither_the_draft_nor_the_call_nor_the_organization(filer, closes):
    draft = draft_of(filer, closes=closes, organization_name="Zebrahaus")
    reminders.send_due()
    (email,) = mail.outbox
    for words in (TITLE, draft.call.title, draft.call.dialogue.title, "Zebrahaus", "contribut"):
        assert words not in email.subject
        assert words not in email.body.replace("/contributions/mine/", "")


def test_drafts_with_the_same_end_are_one_letter(filer):
    draft = draft_of(filer, closes=0.5, organization_name="")
    other = build.draft(draft.call, by=filer, text="")
    Contribution.objects.filter(pk=other.pk).update(created_at=timezone.now() - timedelta(days=9))
    draft_of(filer, closes=0.6)
    draft_of(build.reachable_user(), closes=0.5)
    assert reminders.send_due() == 3
    assert len([email for email in mail.outbox if email.to == [filer.email]]) == 2
    (lacking,) = [email.body for email in mail.outbox if "Enter the organization" in email.body]
    assert lacking.count("\n- ") == 2
    assert reminders.send_due() == 0


def test_a_reminder_is_in_the_language_of_the_filer():
    draft_of(build.reachable_user(language="fr"), closes=6)
    reminders.send_due()
    assert f"{settings.BASE_URL}/fr/contributions/mine/" in mail.outbox[0].body


def test_a_draft_that_was_begun_in_the_last_days_is_not_reminded_at_once(filer):
    draft = draft_of(filer, closes=6, begun=0.1)
    assert reminders.send_due() == 0
    close_in(draft, 0.95)
    Contribution.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert reminders.send_due() == 1


@pytest.mark.parametrize(
    ("begun", "closes", "count"),  # hours before now and from now
    [
        (10, 3.1, 0),  # there is still time for its writer to come back
        (10, 2.9, 1),
        (20.5, 2.9, 1),
        (0.2, 2.9, 1),  # begun more than three hours before the end
        (0.05, 2.9, 0),  # begun only now
        (2, 0.5, 0),
        (30, 0.5, 1),  # there a day before the end
    ],
)
def test_a_draft_of_the_last_day_is_reminded_three_hours_before_the_end(filer, begun, closes, count):
    draft_of(filer, closes=closes / 24, begun=begun / 24, organization_name="")
    assert reminders.send_due() == count
    assert subjects() == ["Last reminder"] * count
    assert all("- Enter the organization’s name." in email.body for email in mail.outbox)
    assert reminders.send_due() == 0


def test_a_draft_that_was_reminded_a_day_before_the_end_is_not_reminded_in_the_last_hours(filer):
    draft = draft_of(filer, closes=0.9)
    assert reminders.send_due() == 1
    close_in(draft, 0.1)
    assert reminders.send_due() == 0


def test_a_sent_or_discarded_draft_is_not_reminded(filer):
    sent, discarded = draft_of(filer, closes=6), draft_of(filer, closes=6)
    workflow.submit(sent, by=filer, consent=True)
    workflow.discard(discarded, by=filer)
    mail.outbox.clear()
    assert reminders.send_due() == 0


def test_a_correction_that_is_not_sent_is_not_reminded(filer):
    made = build.contribution(build.call(closes=6), by=filer, state="submitted")
    build.correction(made, by=filer, sent=False)
    assert reminders.send_due() == 0


def test_an_end_that_was_put_off_far_is_reminded_of_again(filer):
    draft = draft_of(filer, closes=0.5)
    reminders.send_due()
    close_in(draft, 14)
    assert reminders.send_due() == 0
    close_in(draft, 6)  # as eight days later
    assert reminders.send_due() == 1
    Reminder.objects.filter(days=1).update(ends_at=timezone.now() - timedelta(days=7))
    close_in(draft, 0.5)
    assert reminders.send_due() == 1
    assert subjects() == ["Last reminder", "A reminder", "Last reminder"]


def test_an_end_that_was_put_off_a_little_is_not_reminded_of_again(filer):
    draft = draft_of(filer, closes=0.2)
    reminders.send_due()
    close_in(draft, 0.9)
    assert reminders.send_due() == 0


def test_a_draft_to_a_hidden_call_is_not_reminded(filer):
    draft_of(filer, closes=6, public=False)
    hidden = draft_of(filer, closes=6)
    type(hidden.call.dialogue).objects.filter(pk=hidden.call.dialogue_id).update(published_at=None)
    assert reminders.send_due() == 0


def test_an_invitation_after_the_call_has_closed_has_an_end_of_its_own(filer):
    draft = draft_of(filer, closes=-1)
    other = draft_of(filer, closes=-1)
    late = timezone.now() + timedelta(hours=12)
    Invitation.objects.create(call=draft.call, contribution=draft, organization_name="Open Door", late_until=late)
    assert reminders.send_due() == 1
    assert subjects() == ["Last reminder"]
    assert not other.reminders.exists()


def test_a_call_by_invitation_reminds_only_those_who_were_let_in(filer):
    draft = draft_of(filer, closes=6)
    Call.objects.update(audience="invited")
    assert reminders.send_due() == 0
    Invitation.objects.create(call=draft.call, contribution=draft, organization_name="Open Door")
    assert reminders.send_due() == 1


def test_an_unproved_address_and_a_closed_account_are_not_written_to():
    draft_of(build.user("unproved@example.org"), closes=6)
    draft_of(build.reachable_user(is_active=False), closes=6)
    assert reminders.send_due() == 0
