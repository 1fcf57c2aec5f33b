from types import SimpleNamespace

import pytest
from haystack import connections


@pytest.fixture
def backend():
    """The engine, with its own empty index."""
    return connections["default"].get_backend()


@pytest.fixture
def worker_rests(monkeypatch):
    """Nobody drains the queue unless a test does."""
    monkeypatch.setattr("search.queue.drain", SimpleNamespace(enqueue=lambda: None))
