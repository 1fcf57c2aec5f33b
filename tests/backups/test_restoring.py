"""A drill: back up the sample, restore it into an empty place, and compare everything that anyone may read."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pyrage
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from backups import contents, takedowns
from contributions.models import Contribution
from contributions.workflow import withdraw
from dialogues.models import Quote
from publishing.workflow import unpublish
from search.engine.store import Store
from tests.on_sqlite import on_sqlite

from .crawl import crawl

# It restores into a database of SQLite; tests/engines/test_restoring.py restores into PostgreSQL.
pytestmark = [on_sqlite, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Elsewhere:
    """An empty place for a restored site."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = os.environ | {
            "DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3", "DEBUG": "on",
            "TASKS_BACKEND": "django_tasks_db.DatabaseBackend", "SECRET_KEY": settings.SECRET_KEY,
            "DJANGO_SETTINGS_MODULE": "portal.settings", "KEPT_PAGES_MEGABYTES": "0", "BACKUP_DIR": "",
        }  # fmt: skip

    def run(self, *arguments):
        """Run Python there, and return what it printed."""
        done = subprocess.run(  # noqa: S603
            [sys.executable, *arguments], env=self.environment, cwd=settings.BASE_DIR, capture_output=True, text=True
        )
        return done.returncode, done.stdout, done.stderr

    def manage(self, *arguments):
        return self.run("manage.py", *arguments)

    @property
    def is_empty(self):
        """Whether its database has no table; the settings make an empty file for it."""
        with closing(sqlite3.connect(self.folder / "portal.sqlite3")) as database:
            return database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)

    def pages(self):
        return json.loads(self.run("-m", "tests.backups.crawl")[1])


@pytest.fixture
def elsewhere(tmp_path):
    return Elsewhere(tmp_path / "elsewhere")


@pytest.fixture
def folder(settings, tmp_path):
    settings.BACKUP_DIR = str(tmp_path / "backups")
    return tmp_path / "backups"


def made(folder):
    call_command("backup")
    return next(contents.backups_in(folder))


def test_everything_public_is_there_again(sample, folder, elsewhere):
    identity = pyrage.x25519.Identity.generate()
    settings.BACKUP_RECIPIENT = str(identity.to_public())
    backup = made(folder)
    settings.BACKUP_RECIPIENT = ""
    (folder / "key").write_text(str(identity))
    code, said, errors = elsewhere.manage("restore", str(backup), "--identity", str(folder / "key"))
    assert (code, "Hidden, because" in said) == (0, False), errors
    before, after = crawl(Client(headers={"host": "localhost"})), elsewhere.pages()
    assert len(before) > 200
    assert {status[:3] for status in before.values()} == {"200"}
    assert {address for address in before.keys() | after.keys() if before.get(address) != after.get(address)} == set()
    assert elsewhere.manage("check_log")[0] == 0


def test_records_taken_down_after_the_backup_stay_down(sample, folder, elsewhere):
    backup = made(folder)
    quote, contribution = Quote.objects.published().first(), Contribution.objects.published().first()
    shown = [quote.get_absolute_url(), contribution.get_absolute_url()]
    unpublish(quote, by=None)
    withdraw(contribution, by=None)
    code, said, errors = elsewhere.manage("restore", str(backup))
    assert code == 0, errors
    assert f"quote {quote.pk}: hidden" in said
    assert f"{contribution.reference}: withdrawn" in said
    assert not elsewhere.pages().keys() & set(shown)
    assert not (elsewhere.folder / "static").exists()  # in development they are served from where they are


def test_nothing_is_restored_without_the_list_of_moves_or_over_a_database(sample, folder, elsewhere):
    backup = made(folder)
    (folder / takedowns.FILE).unlink()
    assert "becomes public again" in elsewhere.manage("restore", str(backup))[2]
    assert "not a list of moves" in elsewhere.manage("restore", str(backup), "--moves", __file__)[2]
    assert elsewhere.is_empty
    elsewhere.environment["DEBUG"] = "off"
    assert elsewhere.manage("restore", str(backup), "--without-moves")[0] == 0
    assert (elsewhere.folder / "static/staticfiles.json").exists()  # without it, each page is an error
    assert "not empty" in elsewhere.manage("restore", str(backup), "--without-moves")[2]


def test_a_damaged_backup_restores_nothing(sample, folder, elsewhere):
    backup = made(folder)
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 1
    backup.write_bytes(data)
    with pytest.raises(CommandError, match="damaged"):
        call_command("check_backup", str(backup))
    assert "damaged" in elsewhere.manage("restore", str(backup))[2]
    assert elsewhere.is_empty
    assert not (elsewhere.folder / "documents").exists()


DIE_AMID = """
import os
import django
django.setup()
from pathlib import Path
from backups import replay, restoring
replay.settle = lambda: os._exit(0)
restoring.restore(Path("{backup}"), [])
"""


def test_a_restore_that_dies_leaves_an_empty_database_and_all_that_pages_need(sample, folder, elsewhere):
    backup = made(folder)
    elsewhere.environment |= {"DEBUG": "off"}
    assert elsewhere.run("-c", DIE_AMID.format(backup=backup))[0] == 0
    assert elsewhere.is_empty
    assert (elsewhere.folder / "static/portal.css").exists()
    assert elsewhere.manage("restore", str(backup))[0] == 0
    assert not elsewhere.is_empty


DIE_AT_THE_INDEX = """
import os
import django
django.setup()
from django.core.management import call_command
from search import tasks
tasks.public_records = lambda report: os._exit(9)
call_command("restore", "{backup}")
"""
FIND = """
import django
django.setup()
from django.test import Client
page = Client(headers={"host": "localhost"}).get("/search/?q=debt").content.decode()
print("<mark>debt</mark>" in page)
"""


@pytest.mark.parametrize("fault", ["it dies", "the index is locked"])
def test_the_worker_builds_the_index_of_a_restore_that_could_not(sample, folder, elsewhere, fault):
    backup = made(folder)
    if fault == "it dies":
        assert elsewhere.run("-c", DIE_AT_THE_INDEX.format(backup=backup))[0] == 9
    else:
        elsewhere.folder.mkdir()
        with Store.at(elsewhere.folder / "index").write_lock(wait=True):
            code, _said, errors = elsewhere.manage("restore", str(backup))
        assert (code, "the worker builds it" in errors) == (0, True)
    assert elsewhere.manage("db_worker", "--batch")[0] == 0
    assert elsewhere.run("-c", FIND)[1].strip() == "True"


def test_a_restore_leaves_no_work_to_the_worker(sample, folder, elsewhere):
    elsewhere.manage("restore", str(made(folder)))
    with closing(sqlite3.connect(elsewhere.folder / "portal.sqlite3")) as database:
        found = database.execute("SELECT task_path FROM django_tasks_database_dbtaskresult WHERE status = 'READY'")
        assert ("search.tasks.rebuild_index",) not in found.fetchall()
