"""The emails about a publication wait while staff can undo it. Then they are sent once, and only if they are true."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from contributions import workflow
from tests import build
from tests.late_index import TaskBackend

pytestmark = pytest.mark.django_db

PUBLISHED, UNPUBLISHED = "is published", "is no longer published"
DAY = 24 * 3600


@pytest.fixture
def emails_after(participant, reviewer, clock, monkeypatch):
    """Make moves at their seconds, running each task when it is due, and return the subjects of the emails.

    A subject is without the reference. A contribution without `has_filer` was imported.
    """
    waiting = []
    monkeypatch.setattr(TaskBackend, "enqueue", lambda self, task, args, kwargs: waiting.append((task, args)))
    start = timezone.now()

    def run_until(moment):
        for task, args in sorted((one for one in waiting if one[0].run_after), key=lambda one: one[0].run_after):
            if task.run_after <= moment:
                waiting.remove((task, args))
                clock(task.run_after)
                task.call(*args)
        clock(moment)

    def make(*moves, has_filer=True):
        record = build.checked(build.contribution(by=participant if has_filer else None, state="submitted"))
        mail.outbox.clear()
        for second, move, *values in moves:
            run_until(start + timedelta(seconds=second))
            (move if callable(move) else getattr(workflow, move))(record, by=reviewer, **dict(values))
        run_until(start + timedelta(days=90))
        return [email.subject.replace(record.reference, "").strip() for email in mail.outbox]

    return make


def test_filers_get_the_email_two_minutes_after_publication(emails_after):
    assert emails_after((0, "publish")) == [PUBLISHED]


def test_nothing_is_sent_at_the_moment_of_publication(participant, reviewer):
    record = build.checked(build.contribution(by=participant, state="submitted"))
    mail.outbox.clear()
    workflow.publish(record, by=reviewer)
    assert mail.outbox == []


def test_nobody_is_told_about_an_undone_publication(emails_after):
    assert emails_after((0, "publish"), (50, "unpublish")) == []


def test_filers_are_told_once_about_a_publication_that_was_undone_and_repeated(emails_after):
    assert emails_after((0, "publish"), (50, "unpublish"), (80, "publish")) == [PUBLISHED]


def test_filers_are_told_about_the_end_of_a_publication_they_know_about(emails_after):
    assert emails_after((0, "publish"), (DAY, "unpublish")) == [PUBLISHED, UNPUBLISHED]


def test_nobody_is_told_about_an_undone_unpublication(emails_after):
    assert emails_after((0, "publish"), (DAY, "unpublish"), (DAY + 50, "publish")) == [PUBLISHED]


def test_filers_are_told_again_about_a_later_publication(emails_after):
    moves = (0, "publish"), (DAY, "unpublish"), (2 * DAY, "publish")
    assert emails_after(*moves) == [PUBLISHED, UNPUBLISHED, PUBLISHED]


def test_a_withdrawal_soon_after_publication_replaces_its_email(emails_after):
    assert emails_after((0, "publish"), (50, "withdraw")) == ["is withdrawn"]


def test_a_decision_soon_after_unpublication_replaces_its_email(emails_after):
    decline = ("decline", ("note", "Not on the subject."))
    assert emails_after((0, "publish"), (DAY, "unpublish"), (DAY + 50, *decline)) == [PUBLISHED, "is declined"]


def test_filers_are_told_about_the_publication_of_a_correction(emails_after, participant):
    def correct(record, by):
        workflow.revise(record, by=participant)
        workflow.submit(record, by=participant, consent=True)
        build.checked(record)

    assert emails_after((0, "publish"), (DAY, correct), (2 * DAY, "publish")) == [PUBLISHED, "Receipt", PUBLISHED]


def test_an_imported_contribution_has_nobody_to_tell(emails_after):
    assert emails_after((0, "publish"), (DAY, "unpublish"), has_filer=False) == []


def test_the_email_goes_at_once_where_tasks_cannot_wait(participant, reviewer, monkeypatch):
    monkeypatch.setattr(TaskBackend, "supports_defer", False)
    record = build.checked(build.contribution(by=participant, state="submitted"))
    mail.outbox.clear()
    workflow.publish(record, by=reviewer)
    assert [email.subject for email in mail.outbox] == [f"{record.reference} is published"]
