import json
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from haystack import connections

from documents.errors import UnreadableError
from documents.models import Fault
from documents.sandbox import client, worker
from tests import build


@pytest.fixture(autouse=True)
def own_index(tmp_path):
    """Each test has a real index of its own, empty at first."""
    # By the settings that engines are made from, for the threads of a live server make their own.
    connections.connections_info["default"]["PATH"] = str(tmp_path / "index")
    connections.reload("default").get_backend().setup()


@pytest.fixture(autouse=True)
def files_are_read_in_process(request, monkeypatch):
    """Read and clean files in the test's own process: starting the worker takes half a second.

    The tests of documents start it, since they also test the sandbox.
    """
    if request.node.path.parent.name == "documents":
        return

    def ask_worker(question, kind, data, seconds):
        reply, content = worker.answer(question, str(kind), data)
        if "fault" in reply:
            raise UnreadableError(Fault(reply["fault"]))
        return json.loads(json.dumps(reply)), content

    monkeypatch.setattr(client, "ask_worker", ask_worker)


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


def make_roles():
    import_module("portal.migrations.0001_roles").make_roles(apps, None)
    import_module("portal.migrations.0002_reviewers_see_no_stored_files").take_back(apps, None)
    import_module("portal.migrations.0003_secretariat_sees_letters").give(apps, None)
    import_module("portal.migrations.0005_secretariat_invites").invite(apps, None)
    import_module("portal.migrations.0006_secretariat_shares").share(apps, None)
    import_module("portal.migrations.0007_secretariat_restores").restore(apps, None)
    import_module("portal.migrations.0008_secretariat_news").share_news(apps, None)
    import_module("portal.migrations.0009_secretariat_brings_in").bring_in(apps, None)


@pytest.fixture
def roles(db):
    """The roles, also after a test whose real transactions emptied the database."""
    if not Group.objects.exists():
        make_roles()


@pytest.fixture(scope="module")
def roles_stay(django_db_setup, django_db_blocker):
    """For a test with real transactions: it empties the database, and with it the roles, which others need."""
    yield
    with django_db_blocker.unblock():
        make_roles()
