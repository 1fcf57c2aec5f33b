"""Backups that end early: killed, or with the disk full. Nothing of them stays that others could read."""

import os
import signal
import sqlite3

import pytest
from django.core.management import CommandError, call_command

from backups import database
from backups.unfinished import unfinished_folder
from tests.on_sqlite import on_sqlite


@pytest.fixture
def folder(tmp_path):
    """An empty folder."""
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


def killed_with_a_copy_in(folder):
    """Let a process be killed that has a copy of the database in an unfinished folder."""
    if (child := os.fork()) == 0:
        with unfinished_folder(folder) as unfinished:
            (unfinished / "database").write_text("names and addresses")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


def test_the_next_process_deletes_what_a_killed_one_left(folder):
    killed_with_a_copy_in(folder)
    [left] = folder.iterdir()
    assert (left / "database").exists()
    with unfinished_folder(folder) as unfinished:
        assert list(folder.iterdir()) == [unfinished]
    assert list(folder.iterdir()) == []


def test_a_folder_that_another_process_uses_stays(folder):
    with unfinished_folder(folder) as first:
        (first / "database").touch()
        with unfinished_folder(folder) as second:
            assert second != first
        assert (first / "database").exists()


def test_other_users_cannot_read_the_folder(folder):
    with unfinished_folder(folder) as unfinished:
        assert unfinished.stat().st_mode & 0o077 == 0


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_copy_that_does_not_fit_on_the_disk_is_one_sentence_and_leaves_nothing(folder, monkeypatch):
    class FullDisk(sqlite3.Connection):
        def backup(self, target):
            raise sqlite3.OperationalError("database or disk is full")

    connect = sqlite3.connect
    monkeypatch.setattr(database.sqlite3, "connect", lambda path: connect(path, factory=FullDisk))
    with pytest.raises(CommandError, match="No backup was made: The database cannot be copied: database or disk is"):
        call_command("backup", to=str(folder))
    assert list(folder.iterdir()) == []
