"""Processes killed with SIGKILL amid a file: it is read by itself, or its sender is told what to do."""

import os
import signal

import pytest
from django.urls import reverse

from background import workflow
from background.lanes import FILES, Lane
from background.models import QueuedTask, WorkerProcess
from background.supervisor import Supervisor
from background.worker import LaneWorker
from contributions import workflow as filing
from contributions.models import Attachment
from documents import tasks
from documents import workflow as documents
from documents.models import Document, Fault, State
from tests import build, files

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(participant):
    """A draft with a file that waits to be read."""
    draft = filing.begin(build.call(), by=participant)
    filing.attach(draft.draft, files.upload("a.txt", b"words"), by=participant, language="en")
    return draft


def die(*args, **options):
    os.kill(os.getpid(), signal.SIGKILL)


def die_while(monkeypatch, name):
    """Let the process that reads a file die at a step."""
    monkeypatch.setattr(tasks, name, die)
    LaneWorker([FILES], batch=True).run()


@pytest.fixture
def kill_at(in_a_child, monkeypatch):
    """Return a function that starts a worker which dies at a step of reading a file."""

    def kill(name):
        _, status = os.waitpid(in_a_child(lambda: die_while(monkeypatch, name)), 0)
        assert os.WTERMSIG(status) == signal.SIGKILL

    return kill


def document():
    return Document.objects.get()


@pytest.mark.parametrize("step", ["make_clean_copy", "read_pages", "_replace_copy"])
def test_a_worker_killed_amid_a_file_leaves_it_to_another(step, draft, kill_at, wait_for_the_dead, work):
    kill_at(step)
    assert QueuedTask.objects.running().count() == 1
    work()
    assert document().state == State.RECEIVED  # nobody takes it from a process that may still live
    wait_for_the_dead()
    work()
    assert (document().state, document().copy is None) == (State.READ, False)
    assert list(document().pages.values_list("text", flat=True)) == ["words"]
    assert not QueuedTask.objects.exclude(status="SUCCESSFUL").exists()


def test_a_file_that_kills_three_workers_is_set_aside_and_its_sender_is_told(
    draft, kill_at, wait_for_the_dead, work, participant, browser_of
):
    for _ in range(3):
        kill_at("make_clean_copy")
        wait_for_the_dead()
    assert (document().state, document().fault) == (State.FAULTY, Fault.CRASHED)
    page = browser_of(participant).get(reverse("contributions:files", args=[draft.key])).content.decode()
    assert str(Fault.CRASHED.label) in page
    work()
    assert document().state == State.FAULTY  # it is not tried any more
    workflow.try_again(QueuedTask.objects.set_aside().get(task_path=tasks.read_document.module_path).pk)
    work()
    assert (document().state, document().fault) == (State.READ, "")


def test_a_file_that_was_read_before_keeps_its_text_when_reading_again_kills_three_workers(
    draft, kill_at, wait_for_the_dead, work
):
    work()
    documents.read_again([document()])
    for _ in range(3):
        kill_at("make_clean_copy")
        wait_for_the_dead()
    assert (document().state, document().fault, document().pages.count()) == (State.READ, "", 1)


def test_a_supervisor_replaces_a_worker_that_is_killed_and_stops_when_told(draft, in_a_child, monkeypatch, tmp_path):
    read, write = os.pipe()
    clean, record = tasks.make_clean_copy, tasks._record

    def die_once(*args, **options):
        mark = tmp_path / "died"
        if not mark.exists():
            mark.touch()
            die()
        return clean(*args, **options)

    def record_and_say(*args, **fields):
        recorded = record(*args, **fields)
        os.write(write, b".")
        return recorded

    def supervise():
        monkeypatch.setattr(tasks, "make_clean_copy", die_once)
        monkeypatch.setattr(tasks, "_record", record_and_say)
        Supervisor([Lane(FILES, 1, 0, 60)], interval=0.05, grace=60).run()

    supervisor = in_a_child(supervise)
    assert os.read(read, 1) == b"."
    os.kill(supervisor, signal.SIGTERM)
    _, status = os.waitpid(supervisor, 0)
    assert os.WEXITSTATUS(status) == 0
    assert document().state == State.READ
    task = QueuedTask.objects.get(task_path=tasks.read_document.module_path)
    assert (task.status, len(task.worker_ids)) == ("SUCCESSFUL", 2)
    assert not WorkerProcess.objects.exists()


def test_a_worker_without_its_supervisor_ends(in_a_child, settings):
    settings.WORKER_BEAT_SECONDS = 0.05
    read, write = os.pipe()

    def supervise_and_die():
        supervisor = Supervisor([Lane(FILES, 1, 0, 60)], interval=0.05, grace=60)
        supervisor.start(supervisor.lanes[0])
        die()

    supervisor = in_a_child(supervise_and_die)
    os.close(write)
    os.waitpid(supervisor, 0)
    assert os.read(read, 1) == b""  # the worker, which alone has the other end, has ended
    assert not WorkerProcess.objects.exists()


def test_files_of_one_account_wait_behind_the_first_of_all_others(participant, stranger):
    call = build.call(file_limit=9)
    drafts = {user: filing.begin(call, by=user) for user in (participant, stranger)}
    for number, user in enumerate([participant] * 5 + [stranger] * 2):
        name = f"{number}.txt"
        filing.attach(drafts[user].draft, files.upload(name, name.encode()), by=user, language="en")
    order = []
    for task in QueuedTask.objects.ready().filter(queue_name=FILES):
        attachment = Attachment.objects.get(document=task.args_kwargs["args"][0])
        order.append(attachment.revision.contribution.filer)
    assert order == [participant, stranger, participant, stranger, participant, participant, participant]
