"""A copy of the database at one moment, made while it is in use, and put back into an empty one."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from .archive import BackupError

RESTORING = "restoring"  # the schema of PostgreSQL with data that is not ready to be used
SECOND = "second"  # the name of a database beside that of the settings


def engine() -> str:
    """Return the kind of the database. Raises BackupError for one that cannot be backed up here."""
    if connection.vendor not in ("sqlite", "postgresql"):
        raise BackupError(f"Back up a database of {connection.display_name} with its own tools.")
    return connection.vendor


def dump(path: Path) -> None:
    """Write a copy of the database to a new file. Raises BackupError if it fails or the copy is damaged."""
    if engine() == "sqlite":
        path.touch(mode=0o600)
        try:
            with (
                closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
                closing(sqlite3.connect(path)) as copy,
            ):
                source.backup(copy)  # in one step: with several, it would begin again whenever somebody writes
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        except sqlite3.Error as error:  # such as a full disk
            raise BackupError(f"The database cannot be copied: {error}") from error
        _check(path)
        return
    _run("pg_dump", "--format=custom", f"--file={path}")


def _check(path: Path) -> None:
    """Raise BackupError if an SQLite database in a file is damaged."""
    copy = connection.copy()  # it has the functions of Django, which constraints call
    copy.settings_dict["NAME"], copy.settings_dict["OPTIONS"] = str(path), {}
    with closing(copy), copy.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        if (found := cursor.fetchone()[0]) != "ok":
            raise BackupError(f"The copy of the database is damaged: {found}")


@contextmanager
def loaded(path: Path) -> Iterator[None]:
    """Use the data of a copy in the empty database of the settings, as `unread` does. For PostgreSQL only.

    Raises BackupError if the copy cannot be loaded.
    """
    script = path.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--exit-on-error", f"--file={script}", str(path))
    with unread(
        f"--file={script}",
        f"--command=ALTER SCHEMA public RENAME TO {RESTORING}",
        "--command=CREATE SCHEMA public",
    ):
        yield


@contextmanager
def unread(*steps: str) -> Iterator[None]:
    """Use a schema that no other process reads until the block ends. `steps` of psql make it; by default, it is empty.

    If the restore dies before that, the database still counts as empty. For PostgreSQL only.
    """
    made = steps or (f"--command=CREATE SCHEMA {RESTORING}",)
    _in_one_transaction(f"--command=DROP SCHEMA IF EXISTS {RESTORING} CASCADE", *made)
    usual = connection.settings_dict["OPTIONS"]
    connection.close()
    connection.settings_dict["OPTIONS"] = usual | {"options": f"-c search_path={RESTORING}"}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["OPTIONS"] = usual
    _in_one_transaction("--command=DROP SCHEMA public", f"--command=ALTER SCHEMA {RESTORING} RENAME TO public")


def _in_one_transaction(*steps: str) -> None:
    _run("psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction", *steps)


@contextmanager
def in_use(path: Path) -> Iterator[None]:
    """Use the SQLite database in a file instead of that of the settings."""
    usual = connections[DEFAULT_DB_ALIAS]
    usual.close()
    connections[DEFAULT_DB_ALIAS] = _in_file(path, DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        connection.close()
        connections[DEFAULT_DB_ALIAS] = usual


@contextmanager
def second(path: Path) -> Iterator[str]:
    """Let the SQLite database in a file be read beside that of the settings, by the name that this yields."""
    connections[SECOND] = _in_file(path, SECOND)
    try:
        yield SECOND
    finally:
        connections[SECOND].close()
        del connections[SECOND]


def _in_file(path: Path, alias: str) -> DatabaseWrapper:
    config: dict[str, Any] = connections[DEFAULT_DB_ALIAS].settings_dict
    options = config["OPTIONS"] if engine() == "sqlite" else {}
    return DatabaseWrapper(
        config | {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}, alias
    )


def is_empty() -> bool:
    """Return whether nothing was ever migrated into the database."""
    name = connection.settings_dict["NAME"]
    if engine() == "sqlite" and not Path(name).exists():
        return True
    tables = connection.introspection.table_names()
    connection.close()
    return not tables


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on the database of the settings. The password goes through the environment."""
    config: dict[str, Any] = connection.settings_dict
    variables = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = os.environ | {key: str(config[name]) for key, name in variables.items() if config[name]}
    try:
        done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError as error:
        raise BackupError(f"{program} is not installed: it comes with the client of PostgreSQL.") from error
    if done.returncode:
        last_line = done.stderr.strip().rpartition("\n")[2]
        raise BackupError(f"{program} failed: {last_line or done.returncode}")
