import numpy as np
import pytest

from search.engine.reader import SegmentReader


@pytest.fixture(autouse=True)
def only_embedded(embedded):
    """All tests of this folder are about the embedded engine."""


@pytest.fixture
def segments():
    """Return a function that reads the segments of an engine's index from disk."""

    def read(backend):
        index = backend.store.index()
        return [SegmentReader(index.storage.folder, one) for one in index._segments()]

    return read


@pytest.fixture
def as_lists():
    """Return a function that turns arrays into lists, for comparison."""
    return lambda arrays: [np.asarray(one).tolist() for one in arrays]
