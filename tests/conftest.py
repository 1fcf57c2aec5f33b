import fcntl
import os
import shutil
from collections import Counter
from datetime import timedelta
from itertools import chain

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, TransactionTestCase
from django.utils import timezone
from haystack import connections
from haystack.utils.loading import UnifiedIndex
from slipcover import Slipcover

from contributions import list_filters
from dialogues import document_alerts
from dialogues.speaker_lists import listed_speakers
from portal import figures
from publishing import kept_pages, site_texts
from search import alerts as search_alerts
from search import completions, facets
from tests import build, in_process, late_index, public_changes, solr_index
from tests import sample as sample_copies
from tests.database_copies import copy_from_file, copy_to_file
from tests.once import NO_TASKS

LONG = ("browser", "engines", "slow")  # the marks of tests that take long


def pytest_xdist_auto_num_workers(config):
    """Run one process more than there are processors, because long tests wait for browsers, sockets and processes."""
    return (os.cpu_count() or 1) + 1


def pytest_configure():
    """Let slipcover leave its probes in the code while tests run, because removing them takes longer.

    It would remove the probe of each line that ran fifty times, and search all modules for functions each time.
    Python 3.12 and later measure coverage by other means.
    """
    Slipcover.deinstrument_seen = lambda measured: None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Begin with the long tests in each process, so that no process is still busy with one when the others are done.

    With `--dist worksteal`, each process begins with as many tests in a row as the others. The first one begins with
    the sample in a browser and the others with what needs no sample, as they would wait until it is loaded. The long
    tests of a module stay together, because they share servers that take long to start.
    """
    count = getattr(config, "workerinput", {}).get("workercount", 1)
    long, short = {}, []
    for item in items:
        (long.setdefault(item.path, []) if any(map(item.get_closest_marker, LONG)) else short).append(item)
    modules, total = list(long.values()), len(items)
    items[:] = []
    for number in range(count):
        items += sorted(chain(*modules[number::count]), key=needs, reverse=number == 0)
        room = max(total * (number + 1) // count - len(items), 0)
        items += short[:room]
        del short[:room]


def needs(item):
    """Return whether a test needs a browser, and whether it needs the sample."""
    return item.get_closest_marker("browser") is not None, "sample" in item.fixturenames


def pytest_terminal_summary(terminalreporter):
    """Say in the last lines what this machine could not try, and why."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", [])
    )
    if reasons:
        terminalreporter.section("not tried on this machine")
    for reason, number in reasons.most_common():
        terminalreporter.line(f"{number} {'test' if number == 1 else 'tests'}: {reason}")


@pytest.fixture(scope="session", autouse=True)
def indexes_looked_for_once():
    """Look for the index classes of all apps once, not again for the index of each test."""
    collect, kinds = UnifiedIndex.collect_indexes, []

    def collect_once(unified):
        kinds.extend([] if kinds else map(type, collect(unified)))
        return [kind() for kind in kinds]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(UnifiedIndex, "collect_indexes", collect_once)
        yield


@pytest.fixture(autouse=True)
def own_index(tmp_path):
    """Each test has a real index of its own, empty at first."""
    # By the settings that engines are made from, for the threads of a live server make their own.
    options = connections.connections_info["default"]
    if "PATH" in options:
        options["PATH"] = str(tmp_path / "index")
        connections.reload("default").get_backend().setup()
    else:
        solr_index.empty(connections.reload("default").get_backend())
    # What was kept for another test, whose publications and states had the same numbers.
    completions.forget_names()
    facets._known_labels.cache_clear()
    listed_speakers.cache_clear()
    figures._figures.cache_clear()
    list_filters._counts.cache_clear()
    site_texts._written_texts.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def settled_before_reading():
    """The index is up to date whenever it is read."""
    with late_index.settled_before_reading():
        yield


@pytest.fixture(scope="session", autouse=True)
def public_changes_are_noted():
    """Whatever the portal writes in bulk is noted as a change, if public pages show it."""
    with public_changes.watched():
        yield


@pytest.fixture(autouse=True)
def index_waits(request, own_index):
    """Write nothing to the index before a test asks it, except in tests about the index or with threads."""
    marker = request.node.get_closest_marker("django_db")
    is_transactional = marker and marker.kwargs.get("transaction")
    is_live = {"transactional_db", "live_server"} & set(request.fixturenames)
    if is_transactional or is_live or "search" in request.node.path.parts:
        yield
        return
    with late_index.lateness.allowed():
        yield


@pytest.fixture(autouse=True)
def files_are_read_here(request, monkeypatch):
    """Start no process for each file, except in tests marked `child_process`."""
    if request.node.get_closest_marker("child_process") is None:
        in_process.read_files_here(monkeypatch)


@pytest.fixture(scope="session")
def run_folder(request, tmp_path_factory):
    """The folder that all processes of a run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if hasattr(request.config, "workerinput") else base


@pytest.fixture(scope="session")
def loaded_sample(run_folder, django_db_setup, django_db_blocker):
    """The folder in which the sample is kept for the whole run, whichever process loaded it."""
    with django_db_blocker.unblock():
        return sample_copies.prepared(run_folder)


@pytest.fixture(scope="session")
def database_lock(run_folder):
    """Let one process at a time set up its database, so that the others find what the first one made."""
    with open(run_folder / "database.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


@pytest.fixture(scope="session")
def from_models(database_lock, run_folder):
    """Where the first process of a run keeps a copy of its database for the others, on SQLite."""
    return run_folder / "models.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(from_models, django_db_keepdb):
    """Whether there is a database already."""
    return django_db_keepdb or from_models.exists()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(from_models, request):
    """Begin with a copy of the database that another process made, if one did.

    On a database server, each process has a database of its own.
    """
    if connection.vendor != "sqlite":
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
    elif from_models.exists():
        shutil.copy(from_models, settings.DATABASES["default"]["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(database_lock, from_models, django_db_setup, django_db_blocker):
    """Make the database once in a run. After a test with real transactions, copy it back instead of flushing it."""
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            if not from_models.exists():
                with django_db_blocker.unblock():
                    note_migrations()
                    copy_to_file(from_models)
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: copy_from_file(from_models))
        fcntl.flock(database_lock, fcntl.LOCK_UN)
        yield


def note_migrations():
    """Record all migrations as applied, because some commands check; the tables are made from the models."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations:
        recorder.record_applied(app, name)


@pytest.fixture
def sample(loaded_sample, db):
    """The sample, and nothing else."""
    sample_copies.copy_in(loaded_sample)
    yield
    ContentType.objects.clear_cache()  # of numbers that were the sample's


@pytest.fixture
def secretary(db):
    """Someone of the secretariat."""
    return build.user("secretary@example.org", role="Secretariat", is_staff=True)


@pytest.fixture
def reviewer(db):
    """Someone who reviews contributions and nothing else."""
    return build.user("reviewer@example.org", role="Reviewers", is_staff=True)


@pytest.fixture
def participant(db):
    """Someone who files contributions."""
    return build.user("participant@example.org")


@pytest.fixture
def stranger(db):
    """Someone signed in, without any part in what a test is about."""
    return build.user("stranger@example.org")


@pytest.fixture
def browser_of():
    """A browser in which that user is signed in."""

    def make(user):
        browser = Client()
        browser.force_login(user)
        return browser

    return make


@pytest.fixture
def roles(db):
    """The roles of staff, which a migration created."""


@pytest.fixture
def desk(secretary, browser_of):
    """A browser in which a member of the secretariat is signed in."""
    return browser_of(secretary)


@pytest.fixture
def kept_pages_on(settings, monkeypatch):
    """Public pages are kept in memory, as in production; none are kept at first."""
    settings.KEPT_PAGES_MEGABYTES = 8
    monkeypatch.setattr(kept_pages, "store", kept_pages.PageStore(8 * 1024 * 1024))
    monkeypatch.setattr(kept_pages, "_moment", (None, None))


@pytest.fixture
def tasks_wait(settings):
    """Tasks are enqueued and not run, for tests that need neither the index nor the text of a file."""
    settings.TASKS = NO_TASKS


@pytest.fixture
def clock(monkeypatch):
    """Stops the server's clock at a moment."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def no_time_to_undo(monkeypatch):
    """Alerts go out at once, without the time in which staff can undo a publication."""
    for alerts in (document_alerts, search_alerts):
        monkeypatch.setattr(alerts, "TIME_TO_UNDO", timedelta(0))
