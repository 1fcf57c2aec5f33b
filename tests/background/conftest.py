import os

import pytest
from django.db import connection, connections
from django_tasks_db.utils import exclusive_transaction

from background import workflow
from background.heartbeat import MISSED, Heartbeat
from background.models import QueuedTask
from background.worker import LaneWorker


@pytest.fixture(autouse=True)
def queued(settings):
    """Tasks are rows, which a worker takes."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture
def work():
    """Return a function that runs all due tasks in this process."""
    return lambda *lanes: LaneWorker(lanes or ["*"], batch=True).run()


@pytest.fixture
def claimed():
    """Return a function that claims the next task for a process, which has just registered."""

    def claim(worker_id):
        workflow.register(worker_id, ["default"])
        with exclusive_transaction():
            task = QueuedTask.objects.ready().get_locked()
            task.claim(worker_id)
        return task

    return claim


@pytest.fixture
def wait_for_the_dead():
    """Return a function that lets a living process beat until it has noticed who does not."""

    def observe():
        observer = Heartbeat("observer", ["mail"])
        workflow.register("observer", ["mail"])
        for _ in range(MISSED + 1):
            observer.beat()
        workflow.release("observer", is_counted=False)

    return observe


@pytest.fixture
def in_a_child():
    """Return a function that starts another function in a child process, and returns the id of the process."""

    def start(work):
        connection.close()
        child = os.fork()
        if child == 0:
            try:
                connections.close_all()  # the parent keeps its own connection
                work()
            finally:
                os._exit(0)
        return child

    return start
