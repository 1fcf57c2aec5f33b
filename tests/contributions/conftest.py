import pytest
from django.test import Client


@pytest.fixture
def browser_of():
    """A browser in which that user is signed in."""

    def make(user):
        browser = Client()
        browser.force_login(user)
        return browser

    return make


@pytest.fixture
def filer(participant, browser_of):
    """The participant's browser."""
    return browser_of(participant)
