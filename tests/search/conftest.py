import pytest
from haystack import connections

from search.engine.backend import Backend
from tests.late_index import lateness
from tests.search.searching import leave_jobs_waiting


@pytest.fixture
def backend():
    """The engine, with an empty index of its own."""
    return connections["default"].get_backend()


@pytest.fixture
def idle_worker(monkeypatch):
    """Leave index jobs in the queue until the test runs them."""
    leave_jobs_waiting(monkeypatch)


@pytest.fixture
def embedded(backend):
    """Skip a test of the inside of the embedded engine where the tests run on another one."""
    if not isinstance(backend, Backend):
        pytest.skip("it is about the files of the embedded engine")


@pytest.fixture
def late_index(own_index):
    """Update the index when it is read, for tests that read it only by searching: not again for each record."""
    with lateness.allowed():
        yield
