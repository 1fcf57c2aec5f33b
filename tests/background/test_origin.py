"""Lines of the log that a task writes have the id of the request that enqueued it."""

import logging

import pytest

from background.origin import on_behalf_of
from portal.log_format import JsonFormatter

from .tasks import fail

pytestmark = pytest.mark.django_db(transaction=True)

GIVEN = "0123456789abcdef0123456789abcdef"


def test_a_worker_writes_the_id_into_the_lines_of_each_task_and_no_further(work, caplog, monkeypatch):
    monkeypatch.setattr(caplog.handler, "formatter", JsonFormatter())
    for known in (GIVEN, ""):
        with on_behalf_of({"request_id": known}):
            fail.enqueue()
    work()
    logging.getLogger("background").warning("Nothing is left to do.")
    lines = caplog.text.splitlines()
    of_tasks = [line for line in lines if "is run again" in line]
    assert [GIVEN in line for line in of_tasks] == [True, False]
    assert GIVEN not in lines[-1]
