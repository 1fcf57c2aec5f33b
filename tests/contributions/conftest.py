import pytest

from contributions import workflow
from contributions.models import Check


@pytest.fixture
def filer(participant, browser_of):
    """The participant's browser."""
    return browser_of(participant)


@pytest.fixture
def desk(reviewer, browser_of):
    """A reviewer's browser."""
    return browser_of(reviewer)


@pytest.fixture
def office(secretary, browser_of):
    """A secretary's browser."""
    return browser_of(secretary)


@pytest.fixture
def settled(reviewer):
    """Lets the reviewer settle the whole checklist of a contribution, and returns the contribution."""

    def settle(record):
        workflow.set_checklist(record, by=reviewer, points=list(Check.Point))
        return record

    return settle
