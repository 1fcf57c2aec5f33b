"""The sample, loaded once for all tests that show it: each gets a copy of its rows, its files and its index."""

import fcntl
import io
import pickle
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from haystack import connections

from search.tasks import public_records
from tests.in_process import read_files_here
from tests.late_index import lateness

STORES = ("documents", "files")  # folders of DATA_DIR


def prepared(folder):
    """Return the folder with the sample, which the first process of a run makes and the others wait for."""
    made = folder / "sample"
    with open(folder / "sample.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / "rows.pickle").exists():
            make(made)
    return made


def make(folder):
    """Load the sample, keep all rows and the files that it adds, and undo it."""
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(mail, "outbox", [], raising=False)
        read_files_here(patch)
        files = stored()
        said = io.StringIO()
        with index_at(folder / "index"), lateness.allowed():
            call_command("load_sample", stdout=said)
            lateness.settle()
        kept = rows()
        (folder / "said.txt").write_text(said.getvalue(), "utf8")
        (folder / "emails.txt").write_text(str(len(mail.outbox)))
        transaction.set_rollback(True)
    for file in stored() - files:
        copy = folder / file.relative_to(settings.DATA_DIR)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, copy)
    (folder / "rows.pickle").write_bytes(pickle.dumps(kept))


def rows():
    """{table: its rows} of all models."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  a name of ours
            found[table] = cursor.fetchall()
    return found


def stored():
    """The files of all stores."""
    folders = [Path(settings.DATA_DIR, store) for store in STORES]
    return {file for folder in folders for file in folder.rglob("*") if file.is_file()}


@contextmanager
def index_at(folder):
    """Let an empty index lie in that folder while it is being filled."""
    usual = connections.connections_info["default"].get("PATH")
    if usual is None:  # on a server: it is filled from the database each time
        yield
        return
    turn_index_to(folder)
    connections["default"].get_backend().setup()
    yield
    turn_index_to(usual)


def turn_index_to(folder):
    connections.connections_info["default"]["PATH"] = str(folder)
    connections.reload("default")


def copy_in(folder):
    """Let what `make` kept take the place of all that is in the database and the index; add the files."""
    copy_rows_and_files(folder)
    copy_index(folder / "index")


def copy_rows_and_files(folder):
    """Let the kept rows take the place of all that is in the database; add the files.

    All of it, as permissions and groups have other numbers after a test that emptied the database.
    """
    assert not get_user_model().objects.exists(), "the sample comes first, as it takes the place of all there is"
    with transaction.atomic(), connection.cursor() as cursor:
        for table, kept in pickle.loads((folder / "rows.pickle").read_bytes()).items():  # noqa: S301  ours
            name = connection.ops.quote_name(table)
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608  ours
            if kept:
                places = ", ".join(["%s"] * len(kept[0]))
                cursor.executemany(f"INSERT INTO {name} VALUES ({places})", kept)  # noqa: S608  ours
        let_sequences_catch_up(cursor)
    ContentType.objects.clear_cache()
    for store in STORES:
        if (folder / store).exists():
            shutil.copytree(folder / store, Path(settings.DATA_DIR, store), dirs_exist_ok=True)


def let_sequences_catch_up(cursor):
    """Number new rows after the copied ones, on PostgreSQL, whose sequences notice no row that brings its own number.

    `sequence_reset_sql` may also set a sequence back. Undoing the copy would not undo that, and the numbers of the rows
    that were there before would be given again.
    """
    if connection.vendor != "postgresql":
        return
    for sequence in connection.introspection.sequence_list():
        name, column, table = (connection.ops.quote_name(sequence[key]) for key in ("name", "column", "table"))
        catch_up = f"SELECT setval(%s, greatest(nextval(%s), max({column}))) FROM {table}"  # noqa: S608  ours
        cursor.execute(catch_up, [name, name])


def copy_index(folder):
    """Let a copy of that index take the place of the test's own."""
    index = connections.connections_info["default"].get("PATH")
    if index is None:
        connections["default"].get_backend().rebuild(public_records())
        return
    shutil.rmtree(index)
    shutil.copytree(folder, index)
    turn_index_to(index)
