"""Each public change lets the worker renew the copy, and health says how far it is behind."""

from datetime import timedelta

import pytest
from django.core.checks import Error
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import get_date_max

from background.models import QueuedTask
from background.worker import LaneWorker
from desk.health import Part
from mirror.checks import check_mirror
from mirror.sections import mirror_part
from mirror.tasks import renew_mirror
from publishing.models import PublicChange
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(copy, settings):
    """The settings name the copy, and tasks are rows."""
    settings.MIRROR_DIR = str(copy.root)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    return copy


def at_once():
    return [task.run_after == get_date_max() for task in QueuedTask.objects.filter(status="READY")]


def waiting():
    return QueuedTask.objects.ready().filter(task_path=renew_mirror.module_path).count()


def test_a_public_change_enqueues_a_renewal(kept):
    build.topic("Debt", public=False)
    assert waiting() == 0
    PublicChange.objects.create()
    assert waiting() == 1


def test_without_a_folder_nothing_is_enqueued_or_written(kept, settings):
    settings.MIRROR_DIR = ""
    PublicChange.objects.create()
    call_command("renew_mirror")
    assert waiting() == 0
    renew_mirror.call()
    assert not kept.root.exists()


def test_the_task_goes_on_at_once_until_the_copy_is_complete_and_then_looks_again_later(kept, monkeypatch):
    monkeypatch.setattr("mirror.tasks.SECONDS_AT_ONCE", 0)
    renew_mirror.call()
    renew_mirror.call()
    assert at_once() == [True]  # never more than one
    monkeypatch.setattr("mirror.workflow.Renewal.run", lambda renewal, seconds: True)
    renew_mirror.call()
    assert at_once() == [False]


def test_one_renewal_does_the_work_of_all_that_wait(kept, monkeypatch):
    begun = []

    def run(renewal, seconds):
        begun.append(waiting())
        PublicChange.objects.create()  # while it runs
        return True

    monkeypatch.setattr("mirror.workflow.Renewal.run", run)
    for _ in range(3):
        renew_mirror.enqueue()
    renew_mirror.call()
    assert begun == [0]
    assert waiting() == 1  # the change that came later has a renewal of its own


def test_waiting_tasks_are_left_to_the_process_that_works_on_the_copy(kept):
    for _ in range(3):
        renew_mirror.enqueue()
    with kept.opened() as folder, folder.alone():
        renew_mirror.call()
    assert waiting() == 3


def test_the_task_waits_while_another_process_works_on_the_copy(kept):
    with kept.opened() as folder, folder.alone():
        renew_mirror.call()
    [task] = QueuedTask.objects.all()
    assert task.run_after > timezone.now()


def test_a_chore_renews_the_copy_as_time_changes_pages_too(kept):
    call_command("renew_mirror")
    assert waiting() == 1


def test_health_has_no_part_without_a_folder(db):
    assert mirror_part() is None


def test_a_copy_that_was_not_begun_cannot_be_read(kept):
    assert mirror_part() == Part("mirror", "unreadable")


def test_health_says_how_far_the_copy_is_behind(kept):
    kept.pages("/quotes/")
    PublicChange.objects.create()
    part = mirror_part()
    assert part.word == "ok"
    assert part.numbers["waiting"] > 0
    PublicChange.objects.update(at=timezone.now() - timedelta(seconds=70))
    assert mirror_part().word == "late"
    kept.catch_up()  # the take-down has reached it, although not all is copied
    assert mirror_part().word == "ok"
    assert mirror_part().numbers["age"] >= 70


@pytest.mark.parametrize(
    ("folder", "errors"),
    [("", []), ("/srv/mirror", []), ("mirror", ["mirror.E001"]), ("DATA_DIR/mirror", ["mirror.E002"])],
)
def test_a_folder_that_cannot_serve_is_refused(folder, errors, settings):
    settings.MIRROR_DIR = folder.replace("DATA_DIR", str(settings.DATA_DIR))
    assert [error.id for error in check_mirror(None)] == errors


def test_the_address_of_the_site_must_be_allowed(settings):
    settings.MIRROR_DIR, settings.BASE_URL = "/srv/mirror", "https://portal.example"
    [error] = check_mirror(None)
    assert isinstance(error, Error)
    assert "portal.example is not in ALLOWED_HOSTS" in error.msg
    settings.ALLOWED_HOSTS = [".example"]
    assert check_mirror(None) == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_worker_copies_the_site(kept, monkeypatch):
    monkeypatch.setattr("mirror.workflow.PREFIXES", {"en": ""})
    PublicChange.objects.create()
    LaneWorker(["mirror"], batch=True).run()
    assert kept.has("index.html")
    assert kept.has("SHA256SUMS")
