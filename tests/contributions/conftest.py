import pytest


@pytest.fixture
def filer(participant, browser_of):
    """The participant's browser."""
    return browser_of(participant)
