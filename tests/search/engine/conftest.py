import numpy as np
import pytest

from search.engine.reader import SegmentReader


@pytest.fixture
def segments():
    """The segments of an engine's index, read from the disk."""

    def read(backend):
        index = backend.store.index()
        return [SegmentReader(index.storage.folder, one) for one in index._segments()]

    return read


@pytest.fixture
def as_lists():
    """Arrays as lists, to be compared."""
    return lambda arrays: [np.asarray(one).tolist() for one in arrays]
