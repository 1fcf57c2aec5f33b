import pytest


@pytest.fixture(autouse=True)
def tasks_wait(settings):
    """Work that is asked for is not done: no page here needs the index."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def desk(secretary, browser_of):
    """The browser of someone of the secretariat."""
    return browser_of(secretary)
