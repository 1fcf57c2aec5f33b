import pytest


@pytest.fixture(autouse=True)
def no_tasks(tasks_wait):
    """Tasks are enqueued and not run: no page here needs the index."""
