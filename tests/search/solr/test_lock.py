"""The lock of an index in Solr, which is a row in the database."""

import socket
import subprocess
from datetime import timedelta

import pytest
from django.utils import timezone

from search.engine_api import IndexLockedError
from search.models import WriteLock
from search.solr import lock
from search.solr.lock import HELD_FOR, write_lock

pytestmark = pytest.mark.django_db


def test_one_process_holds_it_at_a_time():
    with write_lock("portal", wait=False):
        with pytest.raises(IndexLockedError), write_lock("portal", wait=False):
            pass
        with write_lock("another", wait=False):
            pass
    assert not WriteLock.objects.exists()


def test_an_error_releases_it():
    with pytest.raises(ValueError, match="broken"), write_lock("portal", wait=False):
        raise ValueError("broken")
    with write_lock("portal", wait=False):
        pass


def test_waiting_ends_when_it_is_free(monkeypatch):
    with write_lock("portal", wait=False):
        monkeypatch.setattr(lock.time, "sleep", lambda seconds: WriteLock.objects.all().delete())
        with write_lock("portal", wait=True) as held:
            held.check()


def test_the_lock_of_a_process_that_died_is_free_after_a_while(clock):
    WriteLock.objects.create(name="portal", holder="gone", held_until=timezone.now() + HELD_FOR)
    with pytest.raises(IndexLockedError), write_lock("portal", wait=False):
        pass
    clock(timezone.now() + HELD_FOR + timedelta(seconds=1))
    with write_lock("portal", wait=False) as held:
        held.check()


def test_the_lock_of_a_process_that_died_on_this_machine_is_free_at_once():
    process = subprocess.Popen(["true"])  # noqa: S607  a process that ends at once
    process.wait()
    holder = f"{socket.gethostname()}:{process.pid}:aa"
    WriteLock.objects.create(name="portal", holder=holder, held_until=timezone.now() + HELD_FOR)
    with write_lock("portal", wait=False) as held:
        held.check()


def test_a_writer_that_was_held_up_for_too_long_may_not_commit():
    with write_lock("portal", wait=False) as held:
        WriteLock.objects.update(holder="another")
        with pytest.raises(IndexLockedError):
            held.check()
    assert WriteLock.objects.get().holder == "another"  # who holds it now


def test_a_lock_is_renewed_while_the_writer_works(clock):
    start = timezone.now()
    with write_lock("portal", wait=False) as held:
        until = WriteLock.objects.get().held_until
        held.renew()
        assert WriteLock.objects.get().held_until == until  # too soon
        clock(start + HELD_FOR / 2)
        held.renew()
        assert WriteLock.objects.get().held_until > until
