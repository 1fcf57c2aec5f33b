"""Restores into PostgreSQL: some die halfway, and one is from SQLite."""

import json
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.engines.site import Site

MAKE = """
from publishing.workflow import publish
from tests import build
publish(build.topic("Wages"), by=None)
"""
TAKE_DOWN = """
from dialogues.models import Topic
from publishing.workflow import unpublish
unpublish(Topic.objects.get(), by=None)
"""
DIE_AMID = """
import os
from pathlib import Path
from backups import outgrown, replay, restoring, takedowns
{step} = lambda *arguments: os._exit(0)
restoring.restore(Path("{backup}"), takedowns.noted_moves(Path("{moves}")))
raise SystemExit("The restore did not come to this step.")
"""
MAKE_MORE = """
from tests import build
build.user("amina@example.org", role="Secretariat", is_staff=True)
talks = build.dialogue()
build.news_item("A day in the city", about=[talks], translations={"fr": {"title": "Une journée en ville"}})
"""
ADD = """
from dialogues.models import Dialogue, Topic
from publishing.workflow import publish
from tests import build
publish(Topic.objects.create(name="Housing", slug="housing"), by=None)
build.user("boris@example.org", role="Reviewers")
build.news_item("A second day", slug="second-day", about=Dialogue.objects.all())
"""
WRITTEN = ["auth", "contenttypes", "accounts.user", "dialogues.topic", "dialogues.dialogue", "dialogues.newsitem"]
PUBLIC = "SELECT count(*) FROM dialogues_topic WHERE published_at IS NOT NULL"


@pytest.fixture
def new_database(primary):
    """Return a function that makes an empty database with this name and returns its address."""

    def make(name):
        with psycopg.connect(primary.url, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        return urlsplit(primary.url)._replace(path=name).geturl()

    return make


def tables_in(database):
    return [row[0] for row in database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


def test_a_restore_that_dies_shows_nothing_and_can_be_repeated(new_database, tmp_path):
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    backups = tmp_path / "backups"
    site = Site(tmp_path / "first", DATABASE_URL=new_database("first"), BACKUP_DIR=str(backups)).set_up()
    site.do(MAKE)
    site.manage("backup")
    site.do(TAKE_DOWN)
    [backup], moves = backups.glob("portal-*"), backups / "moves.jsonl"
    other = Site(tmp_path / "second", DATABASE_URL=new_database("second"))

    other.do(DIE_AMID.format(step="replay.settle", backup=backup, moves=moves))

    with psycopg.connect(other.environment["DATABASE_URL"], autocommit=True) as database:
        assert tables_in(database) == []

        said = other.manage("restore", str(backup))

        assert "hidden" in said
        assert "dialogues_topic" in tables_in(database)
        assert database.execute(PUBLIC).fetchone() == (0,)
        assert database.execute("SELECT to_regnamespace('restoring')").fetchone() == (None,)
    other.manage("check_log")


def rows_of(site):
    """{model and key: fields} of what the test wrote, and of what it belongs to."""
    return {(row["model"], row["pk"]): row["fields"] for row in json.loads(site.manage("dumpdata", "--all", *WRITTEN))}


def test_a_site_that_outgrew_sqlite_continues_from_its_backup_though_the_first_restore_died(
    small_site, new_database, tmp_path
):
    backups, folder = tmp_path / "backups", tmp_path / "new"
    folder.mkdir()
    old = small_site(BACKUP_DIR=str(backups))
    old.do(MAKE + MAKE_MORE)
    old.manage("backup")
    old.do(TAKE_DOWN)
    [backup] = backups.glob("portal-*")
    new = Site(folder, DATABASE_URL=new_database("outgrown"))

    new.do(DIE_AMID.format(step="outgrown.copy_rows", backup=backup, moves=backups / "moves.jsonl"))

    with psycopg.connect(new.environment["DATABASE_URL"]) as database:
        assert tables_in(database) == []

    said = new.manage("restore", str(backup))

    assert "hidden" in said
    assert rows_of(new) == rows_of(old)
    new.do(ADD)  # each row gets a number after those that came from SQLite
    new.manage("check_log")
