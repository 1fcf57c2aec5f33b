"""Copies of the test database, to be changed and thrown away."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import connection


def copy_to_file(path):
    """Write the open database to a file, on SQLite."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)


def copy_from_file(path):
    """Replace everything in the open database with a file that `copy_to_file` wrote."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        copy.backup(connection.connection)
    ContentType.objects.clear_cache()


class DatabaseCopies:
    """Copies by name: files in `folder` on SQLite, and databases on the same server on PostgreSQL."""

    def __init__(self, folder):
        self.folder, self.usual = folder, connection.settings_dict["NAME"]

    def make(self, name, of=None):
        """Copy the usual database, or the copy with the name `of`."""
        source, target = self._place(of) if of else self.usual, self._place(name)
        connection.close()
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
                one.backup(other)
        else:
            self.delete(name)  # of a run that was killed
            self._execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def turn_to(self, name=None):
        """Let a copy, or the usual database, be the one that is open."""
        connection.close()
        connection.settings_dict["NAME"] = self._place(name) if name else self.usual

    def delete(self, name):
        """Delete a copy."""
        place = self._place(name)
        if connection.vendor == "sqlite":
            for file in Path(place).parent.glob(f"{Path(place).name}*"):
                file.unlink()
        else:
            self._execute(f'DROP DATABASE IF EXISTS "{place}" WITH (FORCE)')

    def _place(self, name):
        return str(self.folder / f"{name}.sqlite3") if connection.vendor == "sqlite" else f"{self.usual}_{name}"

    def _execute(self, sql):
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql)
