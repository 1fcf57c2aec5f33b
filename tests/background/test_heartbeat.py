"""The thread in which a process beats."""

import pytest
from django.db import InterfaceError, OperationalError

from background.heartbeat import Heartbeat


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_an_error_of_the_database_does_not_end_the_thread(error, settings, monkeypatch):
    settings.WORKER_BEAT_SECONDS = 0
    heartbeat = Heartbeat("0" * 32, ["mail"])
    beats = []

    def beat():
        beats.append(None)
        if len(beats) == 1:
            raise error("connection already closed")
        heartbeat._ended.set()

    monkeypatch.setattr(heartbeat, "beat", beat)
    heartbeat._thread.start()
    heartbeat._thread.join(10)
    assert len(beats) == 2
