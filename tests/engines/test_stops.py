"""Web servers and workers that are asked to stop do so. A task is finished or given back; nothing is left behind."""

import pytest

from tests.engines import held
from tests.engines.slow_form import SlowForm
from tests.engines.waiting import until

WORKERS = "SELECT count(*) FROM background_workerprocess"
ENQUEUE = "from tests.engines.held import hold; hold.enqueue({folder!r})"
LETTERS = "SELECT count(*) FROM mail_outgoingemail"
SIGN_IN = "/accounts/sign-in/"
TASK = "from background.models import QueuedTask; task = QueuedTask.objects.get(); print(task.status, task.worker_ids)"


@pytest.fixture(scope="module")
def world(small_site):
    """A portal on SQLite."""
    return small_site()


@pytest.fixture
def fresh_world(small_site):
    """A portal on SQLite, without tasks of another test."""
    return small_site()


def test_a_web_server_ends_in_order(world):
    with world.web() as web:
        assert web.get("/").status_code == 200
        assert web.stop() == 0


def test_a_web_server_that_may_not_wait_cuts_a_form_off_and_keeps_nothing_of_it(fresh_world):
    with (
        fresh_world.web("--graceful-timeout", "0") as web,
        SlowForm(web.port, SIGN_IN, email="ana@example.org") as form,
    ):
        web.ask_to_stop()
        assert form.is_cut_off()
        assert web.wait() == 0
    assert fresh_world.first(LETTERS) == 0


def test_a_worker_ends_at_once_if_it_has_no_task(world):
    with world.start("db_worker") as worker:
        until(lambda: world.first(WORKERS) > 0)
        assert worker.stop() == 0
    assert world.first(WORKERS) == 0  # each took its row away


def test_a_worker_finishes_its_task_before_it_ends(fresh_world, tmp_path):
    fresh_world.do(ENQUEUE.format(folder=str(tmp_path)))
    with fresh_world.start("db_worker", "--lanes", "default") as worker:
        until(lambda: held.arrived(tmp_path))
        worker.ask_to_stop()
        (tmp_path / held.GO).touch()
        assert worker.wait() == 0
    assert fresh_world.do(TASK).startswith("SUCCESSFUL")


def test_a_worker_that_may_not_wait_gives_its_task_back(fresh_world, tmp_path):
    fresh_world.do(ENQUEUE.format(folder=str(tmp_path)))
    with fresh_world.start("db_worker", "--lanes", "default", "--grace", "0") as worker:
        until(lambda: held.arrived(tmp_path))
        assert worker.stop() == 0
    assert fresh_world.do(TASK) == "READY []\n"  # as if it was never tried
    assert fresh_world.first(WORKERS) == 0
