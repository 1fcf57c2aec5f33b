"""Web servers and workers that are asked to stop do so, and leave nothing behind."""

import pytest

from tests.engines.waiting import until

WORKERS = "from background.models import WorkerProcess; print(WorkerProcess.objects.count())"


@pytest.fixture(scope="module")
def world(small_site):
    """A portal on SQLite."""
    return small_site()


def test_a_web_server_ends_in_order(world):
    with world.web() as web:
        assert web.get("/").status_code == 200
        assert web.stop() == 0


def test_a_worker_ends_at_once_if_it_has_no_task(world):
    with world.start("db_worker") as worker:
        until(lambda: int(world.do(WORKERS)) > 0)
        assert worker.stop() == 0
    assert int(world.do(WORKERS)) == 0  # each took its row away
