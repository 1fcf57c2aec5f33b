"""Web servers and workers that are asked to stop do so. A task is finished or given back; nothing is left behind."""

import json
from urllib.parse import urlsplit

import pytest
import requests

from tests.engines import held
from tests.engines.slow_request import PATIENCE, SlowRequest, slow_form
from tests.engines.waiting import until

WORKERS = "SELECT count(*) FROM background_workerprocess"
ENQUEUE = "from tests.engines.held import hold; hold.enqueue({folder!r})"
DRAFT = """
import json
from tests import build
from tests.documents.uploads import signed_in
sender = build.user("ana@example.org")
draft = build.draft(build.call(file_limit=1), by=sender)
print(json.dumps({"address": f"/contributions/mine/{draft.key}/uploads/", "headers": signed_in(sender)}))
"""
FILES = "from documents.models import Document; print(*Document.objects.values_list('original_name', flat=True))"
TUS = {"Tus-Resumable": "1.0.0"}
LETTERS = "SELECT count(*) FROM mail_outgoingemail"
SIGN_IN = "/accounts/sign-in/"
TASK = "from background.models import QueuedTask; task = QueuedTask.objects.get(); print(task.status, task.worker_ids)"


@pytest.fixture(scope="module")
def world(small_site):
    """A portal on SQLite."""
    return small_site()


@pytest.fixture
def fresh_world(small_site):
    """A portal on SQLite, without tasks of another test. Without TLS, the cookies of its forms need another name."""
    return small_site(SECURE_COOKIES="off", SECOND_FACTOR_REQUIRED="off")


def begin_to_stop(web):
    """Ask a web server to stop, and return once it accepts no more requests."""
    web.ask_to_stop()
    until(lambda: not web.answers())


def test_a_web_server_ends_in_order(world):
    with world.web() as web:
        assert web.get("/").status_code == 200
        assert web.stop() == 0


def test_a_form_that_arrives_slowly_is_answered_while_the_web_server_stops(fresh_world):
    with fresh_world.web() as web, slow_form(web.port, SIGN_IN, email="ana@example.org") as form:
        begin_to_stop(web)
        assert form.finish() == 302
        assert web.wait() == 0
    assert fresh_world.first(LETTERS) == 1


def test_a_file_that_arrives_slowly_is_kept_while_the_web_server_stops(fresh_world):
    draft = json.loads(fresh_world.do(DRAFT))
    content = b"What we saw in the harbour.\n" * 9
    with fresh_world.web() as web:
        announced = {"Upload-Length": str(len(content)), "Upload-Metadata": "filename YS50eHQ=,upload_language ZW4="}
        address, headers = f"http://127.0.0.1:{web.port}{draft['address']}", draft["headers"] | TUS
        begun = requests.post(address, headers=headers | announced, timeout=PATIENCE)
        assert begun.status_code == 201
        piece = headers | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
        path = urlsplit(begun.headers["Location"]).path
        with SlowRequest(web.port, "PATCH", path, content, **piece) as upload:
            begin_to_stop(web)
            assert upload.finish() == 204
            assert web.wait() == 0
    assert fresh_world.do(FILES) == "a.txt\n"


def test_a_web_server_that_may_not_wait_cuts_a_form_off_and_keeps_nothing_of_it(fresh_world):
    with (
        fresh_world.web("--graceful-timeout", "0") as web,
        slow_form(web.port, SIGN_IN, email="ana@example.org") as form,
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
