import pytest

from tests import build


@pytest.fixture
def desk(reviewer, browser_of):
    """A reviewer's browser."""
    return browser_of(reviewer)


@pytest.fixture
def office(secretary, browser_of):
    """A secretary's browser."""
    return browser_of(secretary)


@pytest.fixture
def record(participant):
    """A contribution that waits for a decision."""
    return build.contribution(by=participant, state="submitted")
