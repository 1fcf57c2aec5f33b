"""Migrations make the database that the models describe, in which all other tests run."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.on_sqlite import on_sqlite

HISTORY = "django_migrations"
CONTENTS = {
    "auth_permission": "codename", "django_content_type": "model", "auth_group": "name",
    "auth_group_permissions": "(SELECT name FROM auth_group WHERE id = group_id)"
    " || (SELECT codename FROM auth_permission WHERE id = permission_id)",
}  # fmt: skip


def shape(statement):
    """Return the name of a table, and its columns and constraints sorted, from the statement that creates it."""
    name, parts = statement.partition("(")[::2]
    return name, sorted(re.split(r", (?=\"|CONSTRAINT|CHECK|UNIQUE|FOREIGN|PRIMARY)", parts.removesuffix(")")))


def described(path):
    """Return the tables and indexes in a file of SQLite, and the rows that creating them wrote."""
    with closing(sqlite3.connect(path)) as database:
        made = database.execute(
            "SELECT name, type, sql FROM sqlite_master WHERE sql NOTNULL AND name NOT LIKE 'sqlite%'"
        )
        found = {
            name: shape(statement) if kind == "table" else statement
            for name, kind, statement in made
            if name != HISTORY
        }
        rows = {table: sorted(database.execute(f"SELECT {what} FROM {table}")) for table, what in CONTENTS.items()}  # noqa: S608
    return found, rows


@pytest.fixture
def folder(own_environment, tmp_path):
    """The folder of a site that was migrated, with the cache and the roles that follow."""
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=own_environment, check=True)
    return tmp_path


@on_sqlite
@pytest.mark.slow
def test_migrations_make_what_the_models_describe(db, folder, from_models):
    (tables, rows), (expected, expected_rows) = described(folder / "portal.sqlite3"), described(from_models)
    assert tables == expected
    assert rows == expected_rows
    assert all(rows.values())
    with closing(sqlite3.connect(folder / "cache.sqlite3")) as cache:
        assert cache.execute("SELECT count(*) FROM shared_cache").fetchone() == (0,)


def test_the_order_of_columns_does_not_count_and_all_else_does():
    one = 'CREATE TABLE "a" ("id" integer NOT NULL, "b" text CHECK ("b" IN (\'x\', \'y\')), UNIQUE ("id", "b"))'
    same = 'CREATE TABLE "a" ("b" text CHECK ("b" IN (\'x\', \'y\')), "id" integer NOT NULL, UNIQUE ("id", "b"))'
    assert shape(one) == shape(same)
    for old, new in (("NOT NULL", "NULL"), ("'y'", "'z'"), ("UNIQUE", "CHECK"), ('"a"', '"c"')):
        assert shape(one) != shape(one.replace(old, new))
