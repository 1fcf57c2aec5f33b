import pytest

from tests import build, files

from . import batch_builders as batches


@pytest.fixture
def call(db):
    """An open call of a public dialogue."""
    return build.call(build.dialogue(title="Fifth dialogue", slug="fifth"))


@pytest.fixture
def batch_of_one(secretary, call):
    """Return a function that creates a batch of one row with these cells, and its file."""

    def make(**cells):
        cells = {**batches.GOOD, **cells}
        listed = [list(cells), list(cells.values())]
        return batches.batch(secretary, [files.upload("a.pdf", batches.PDF)], listed, call=call)

    return make
