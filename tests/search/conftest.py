from types import SimpleNamespace

import pytest
from haystack import connections


@pytest.fixture
def backend():
    """The engine, with an empty index of its own."""
    return connections["default"].get_backend()


@pytest.fixture
def idle_worker(monkeypatch):
    """Leave index jobs in the queue until the test runs them."""
    monkeypatch.setattr("search.signals.update_index", SimpleNamespace(enqueue=lambda: None))
