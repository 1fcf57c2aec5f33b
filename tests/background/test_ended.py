"""A process of a lane that an error ends, such as a database that is away: it is logged, without what it quotes."""

import json
import os

import pytest
from django.db import InterfaceError, OperationalError

from background import supervisor
from background.lanes import Lane
from portal.log_format import JsonFormatter

LANE = Lane("mail", processes=1, niceness=0, patience=60)


@pytest.fixture
def run_with(monkeypatch):
    """Run a lane whose worker does what is given."""

    def run(work):
        monkeypatch.setattr(supervisor.LaneWorker, "configure_signals", lambda self: None)
        monkeypatch.setattr(supervisor.LaneWorker, "run", lambda self: work())
        supervisor.run_lane(LANE, "0" * 32, 1, os.getpid())

    return run


def test_an_error_is_a_line_of_the_log_without_its_message(run_with, caplog):
    def fail():
        raise ValueError("Key (email)=(ana@example.org) already exists.")

    with pytest.raises(SystemExit) as ended:
        run_with(fail)
    [record] = caplog.records
    line = JsonFormatter().format(record)
    assert ended.value.code == 1
    assert json.loads(line)["message"] == "An error ends a process of the lane “mail”."
    assert "ValueError" in line
    assert "ana@example.org" not in line


def test_an_end_in_order_is_none(run_with, caplog):
    run_with(lambda: None)
    assert caplog.records == []


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_the_supervisor_outlives_a_database_that_is_away(error, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise error("connection already closed")

    monkeypatch.setattr(supervisor.workflow, "release", fail)
    runs = supervisor.Supervisor([LANE], interval=1, grace=1)
    ended = supervisor.Running(LANE, "0" * 32, process=None)
    runs.running.append(ended)
    runs.forget(ended, is_counted=True)
    assert runs.running == []
    assert "was not released yet" in caplog.text
