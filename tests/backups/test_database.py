"""The copy of a database of PostgreSQL, which its own programs make."""

import subprocess

import pytest

from backups import database
from backups.archive import BackupError


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("pg_dump: detail\npg_dump: error: no server\n", "pg_dump failed: pg_dump: error: no server"),
        ("", "pg_dump failed: 3"),
    ],
)
def test_a_program_that_fails_is_quoted_by_its_last_line(monkeypatch, output, message):
    failed = subprocess.CompletedProcess([], 3, stdout="", stderr=output)
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: failed)
    with pytest.raises(BackupError) as error:
        database._run("pg_dump")
    assert str(error.value) == message
