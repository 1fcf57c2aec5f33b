import json

import pytest
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


@pytest.fixture
def roles(db):
    """The roles of staff, which a migration created."""


@pytest.fixture
def desk(secretary, browser_of):
    """A browser in which a member of the secretariat is signed in."""
    return browser_of(secretary)


@pytest.fixture
def tasks_wait(settings):
    """Tasks are enqueued and not run, for tests that need neither the index nor the text of a file."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
