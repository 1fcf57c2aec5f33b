"""Letters and reminders that two people or two processes send at the same moment, each through its own connection."""

from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.utils import timezone

from contributions import reminders, workflow
from contributions.models import CallLetter, Contribution, Reminder
from tests import build
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.usefixtures("tasks_wait")
def test_a_letter_that_is_sent_by_several_people_at_once_goes_out_once():
    call = build.call()
    filers = [build.reachable_user() for _ in range(3)]
    for filer in filers:
        build.contribution(call, by=filer, state="submitted")
    mail.outbox.clear()
    build.call_letter(call)
    secretaries = [build.user(f"s{number}@example.org", is_staff=True, is_superuser=True) for number in range(4)]
    works = [
        partial(workflow.send_to_filers, CallLetter.objects.get(), by=secretary, expected=3)
        for secretary in secretaries
    ]
    refused = at_once(works)
    assert [type(error) for error in refused] == [workflow.WrongStateError] * 3
    assert sorted(email.to[0] for email in mail.outbox) == sorted(filer.email for filer in filers)


@pytest.mark.usefixtures("tasks_wait")
def test_reminders_that_several_processes_send_at_once_go_out_once():
    call = build.call(opens=-60, closes=6)
    for _ in range(3):
        build.draft(call, by=build.reachable_user())
    Contribution.objects.update(created_at=timezone.now() - timedelta(days=30))
    assert at_once([reminders.send_due] * 4) == []
    assert len(mail.outbox) == len({email.to[0] for email in mail.outbox}) == 3
    assert Reminder.objects.count() == 3
