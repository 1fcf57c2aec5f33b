"""The desk shows problems and failed tasks to those who may decide about them."""

import re

import pytest
from django.utils import timezone

from background import workflow
from background.lanes import LANES
from background.models import QueuedTask, WorkerProcess
from documents.tasks import read_document
from tests import build
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db

PAGE = "/desk/health/"


@pytest.fixture(autouse=True)
def lanes(settings):
    """Tasks are rows, and a process of each lane lives."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    for lane in LANES:
        workflow.register(lane.name, [lane.name])


def set_aside(document):
    result = read_document.enqueue(document.pk)
    QueuedTask.objects.filter(pk=result.id).update(
        status="FAILED", finished_at=timezone.now(), worker_ids=["a", "b", "c"], traceback="File “/srv/secret”",
        exception_class_path="background.models.WorkerDiedError",
    )  # fmt: skip
    return QueuedTask.objects.get(pk=result.id)


@pytest.fixture
def failed(participant):
    """A task that was set aside, about a file of a submitted contribution."""
    record = build.contribution(by=participant, state="submitted", attach=[("a.txt", b"words")])
    QueuedTask.objects.all().delete()
    return record, set_aside(record.newest.attachments.get().document)


def test_a_task_that_was_set_aside_is_on_the_desk_with_its_contribution(desk, failed):
    record, _task = failed
    assert shows(desk, "/desk/", "Background work that failed", "A file was not cleaned and read")
    assert shows(desk, PAGE, "A file was not cleaned and read", record.reference, "background.models.WorkerDiedError")
    assert hides(desk, PAGE, "secret")


def test_a_draft_of_somebody_is_not_named(desk, participant):
    draft = build.contribution(by=participant, state="draft", attach=[("a.txt", b"words")])
    QueuedTask.objects.all().delete()
    set_aside(draft.draft.attachments.get().document)
    assert shows(desk, PAGE, "A file was not cleaned and read")
    assert hides(desk, PAGE, "a.txt", str(draft.key), participant.email)


@pytest.mark.parametrize(("button", "status"), [("again", "READY"), ("leave", None)])
def test_staff_decide_about_it_once(button, status, desk, failed):
    _record, task = failed
    answer = desk.post(PAGE, {button: str(task.pk)}, follow=True)
    assert ("It is being tried again." if button == "again" else "It is left as it is.") in answer.content.decode()
    assert QueuedTask.objects.filter(pk=task.pk).values_list("status", flat=True).first() == status
    assert hides(desk, PAGE, "Background work that failed")
    answer = desk.post(PAGE, {button: str(task.pk)}, follow=True)
    assert "Someone else has decided about it in the meantime." in answer.content.decode()


def test_a_wrong_button_is_refused(desk, failed):
    assert desk.post(PAGE, {"again": "1 or 1"}).status_code == 400
    assert QueuedTask.objects.set_aside().count() == 1


def test_parts_are_shown_with_their_numbers_and_those_that_are_not_well_on_the_first_page(desk):
    read_document.enqueue(0)
    page = desk.get(PAGE).content.decode()
    shown = r"Cleaning and reading of files</th>\s*<td[^>]*>In order</td>.*?Waiting: <bdi>1</bdi>"
    assert re.search(shown, page, re.DOTALL)
    assert hides(desk, "/desk/", "Problems with the portal")
    WorkerProcess.objects.filter(pk="mail").delete()
    assert shows(desk, "/desk/", "Problems with the portal", "Sending of letters", "No process running")
    assert shows(desk, PAGE, "No process running")


def test_others_learn_nothing_of_it(browser_of, reviewer, participant, client, failed):
    assert hides(browser_of(reviewer), "/desk/", "Background work that failed", "not well")
    assert browser_of(reviewer).get(PAGE).status_code == 403
    assert browser_of(reviewer).post(PAGE, {"again": str(failed[1].pk)}).status_code == 403
    assert browser_of(participant).get(PAGE).status_code == 404
    assert client.get(PAGE).status_code == 302
    assert QueuedTask.objects.set_aside().count() == 1
