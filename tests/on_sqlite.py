"""A mark for tests that need SQLite: they plant what other databases refuse, or hold its one lock."""

import pytest
from django.db import connection

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="they need SQLite")
