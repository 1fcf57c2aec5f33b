"""What an earlier version left in its queue of mail becomes letters."""

from importlib import import_module

import pytest
from django.apps import apps
from django_tasks_db.models import DBTaskResult

from mail.models import Letter
from mail.tasks import drain

pytestmark = pytest.mark.django_db


def old_task(status, number, path="portal.tasks.deliver"):
    said = {"subject": f"Subject {number}", "body": "Code", "sender": "portal@example.org",
            "recipients": [f"to-{number}@example.org"], "headers": {"X-A": "b"}}  # fmt: skip
    DBTaskResult.objects.create(
        status=status, task_path=path, args_kwargs={"args": [], "kwargs": said}, backend_name="default"
    )


def test_what_waited_goes_what_failed_is_for_staff_and_what_went_is_forgotten(mailoutbox):
    for number, status in enumerate(["READY", "RUNNING", "FAILED", "SUCCESSFUL"]):
        old_task(status, number)
    old_task("READY", 9, path="search.tasks.update_index")
    import_module("portal.migrations.0004_letters_of_the_old_queue").carry_over(apps, None)
    states = {letter.content["subject"]: letter.state for letter in Letter.objects.all()}
    assert states == {"Subject 0": "waiting", "Subject 1": "unclear", "Subject 2": "failed"}
    assert [task.task_path for task in DBTaskResult.objects.all()] == ["search.tasks.update_index"]
    drain(most=10)
    (sent,) = mailoutbox
    assert (sent.to, sent.body, sent.extra_headers["X-A"]) == (["to-0@example.org"], "Code", "b")
