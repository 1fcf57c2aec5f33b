"""`/healthz` says how each part is, without numbers; an operator reads the numbers."""

import shutil
from collections import namedtuple
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from background import workflow
from background.lanes import LANES
from background.models import QueuedTask, WorkerProcess
from documents.tasks import read_document
from mail.models import OutgoingEmail
from mail.tasks import deliver_due
from search.engine_api import EngineAwayError, IndexUnavailableError
from search.models import IndexJob

pytestmark = pytest.mark.django_db

WELL = dict.fromkeys(["database", "index", "mail", "cache", "disk"], "ok")
LANE_NAMES = [f"{lane.name} lane" for lane in LANES]
TOKEN = "known to operators"  # noqa: S105
Usage = namedtuple("Usage", "free")


@pytest.fixture
def words(client):
    """Return a function that asks for the state: the status, and the words that are not “ok”."""

    def ask(**headers):
        answer = client.get("/healthz", **headers)
        assert "no-store" in answer.headers["Cache-Control"]
        return answer.status_code, {name: word for name, word in answer.json().items() if word != "ok"}

    return ask


@pytest.fixture
def lanes(settings):
    """Tasks are rows, and a process of each lane lives."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    for lane in LANES:
        workflow.register(lane.name, [lane.name])


def test_a_healthy_site_is_well_in_every_part(client, lanes):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, WELL | dict.fromkeys(LANE_NAMES, "ok"))
    assert not answer.cookies


@pytest.mark.parametrize(("seconds", "is_late"), [(0, False), (50, False), (70, True)])
def test_an_index_is_late_after_a_minute(seconds, is_late, words):
    IndexJob.objects.bulk_create([IndexJob(label="dialogues.dialogue", object_id=number) for number in (1, 2)])
    IndexJob.objects.filter(object_id=1).update(queued_at=timezone.now() - timedelta(seconds=seconds))
    assert words() == ((503, {"index": "late"}) if is_late else (200, {}))


@pytest.mark.parametrize("error", [IndexUnavailableError, EngineAwayError])
def test_an_index_that_cannot_be_read_is_not_well(error, words, monkeypatch):
    def fail(*args):
        raise error

    asked = []
    monkeypatch.setattr("search.engine.backend.Backend.find", fail)
    monkeypatch.setattr("desk.health.request_repair", lambda: asked.append(1))
    assert words() == (503, {"index": "unreadable"})
    assert len(asked) == (error is IndexUnavailableError)  # a monitor misses the index before a reader does


@pytest.mark.parametrize(("fault", "word"), [(None, "ok"), (ConnectionError("The service is away."), "down")])
def test_a_service_for_files_is_asked(fault, word, client, lanes, monkeypatch):
    service = Mock(exists=Mock(return_value=False, side_effect=fault))
    monkeypatch.setattr("desk.health.storages", {"documents": service})
    answer = client.get("/healthz")
    assert (answer.json()["files"], answer.status_code) == (word, 503 if fault else 200)


@pytest.mark.parametrize(
    ("in_bulk", "seconds", "is_late"), [(False, 50, False), (False, 70, True), (True, 800, False), (True, 1000, True)]
)
def test_a_letter_to_one_person_is_late_after_a_minute_and_one_to_many_later(in_bulk, seconds, is_late, words):
    due_at = timezone.now() - timedelta(seconds=seconds)
    OutgoingEmail.objects.create(message_id="<1@example.org>", content={}, due_at=due_at, in_bulk=in_bulk)
    assert words() == ((503, {"mail": "late"}) if is_late else (200, {}))


@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_a_failed_database_is_reported_without_details(client, monkeypatch, error):
    def down():
        raise error("could not connect to secret-host")

    monkeypatch.setattr(connection, "cursor", down)
    answer = client.get("/healthz")
    unknown = dict.fromkeys(["index", "mail", *LANE_NAMES], "unknown")
    assert (answer.status_code, answer.json()) == (503, WELL | unknown | {"database": "down"})


def test_a_cache_that_keeps_nothing_is_down(words, monkeypatch):
    monkeypatch.setattr(cache, "get", lambda key: None)
    assert words() == (503, {"cache": "down"})


def test_a_disk_with_little_room_is_full(words, settings, monkeypatch):
    settings.FREE_MEGABYTES = 10
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10 * 1024 * 1024))
    assert words() == (200, {})
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10 * 1024 * 1024 - 1))
    assert words() == (503, {"disk": "full"})


@pytest.mark.parametrize("days", [-2, 2])
def test_a_lane_without_a_living_process_is_silent(days, words, lanes):
    WorkerProcess.objects.filter(pk="mail").update(seen_at=timezone.now() + timedelta(days=days))
    assert words() == (503, {"mail lane": "silent"})
    workflow.beat("mail")
    assert words() == (200, {})


def test_a_lane_is_late_when_its_oldest_task_has_waited_for_too_long(words, lanes):
    tasks = [read_document.enqueue(0), deliver_due.enqueue()]
    QueuedTask.objects.filter(pk__in=[task.id for task in tasks]).update(
        enqueued_at=timezone.now() - timedelta(minutes=2)
    )
    assert words() == (503, {"mail lane": "late"})  # files may wait for longer


def test_only_the_token_shows_numbers(client, lanes, settings):
    read_document.enqueue(0)
    for token, header in (("", "Bearer "), (TOKEN, "Bearer other"), (TOKEN, TOKEN), (TOKEN, "")):
        settings.HEALTH_TOKEN = token
        assert client.get("/healthz", headers={"Authorization": header}).json()["files lane"] == "ok"
    answer = client.get("/healthz", headers={"Authorization": f"Bearer {TOKEN}"})
    numbers = {"waiting": 1, "age": 0, "running": 0, "set_aside": 0, "processes": 1}
    assert answer.json()["files lane"] == {"state": "ok", **numbers}
    assert answer.json()["disk"].keys() == {"state", "free_megabytes"}


def test_a_task_that_was_set_aside_is_counted_for_operators_and_changes_no_word(client, lanes, words, settings):
    QueuedTask.objects.filter(pk=read_document.enqueue(0).id).update(status="FAILED", finished_at=timezone.now())
    assert words() == (200, {})
    settings.HEALTH_TOKEN = TOKEN
    assert client.get("/healthz", headers={"Authorization": f"Bearer {TOKEN}"}).json()["files lane"]["set_aside"] == 1


def test_the_command_prints_the_numbers_and_fails_where_one_part_is_not_well(lanes, capsys):
    call_command("health")
    assert "files lane: ok (waiting 0, age 0, running 0, set_aside 0, processes 1)" in capsys.readouterr().out
    WorkerProcess.objects.all().delete()
    with pytest.raises(SystemExit, match="1"):
        call_command("health")
    assert "files lane: silent" in capsys.readouterr().out


def test_livez_answers_without_database_host_name_or_https(client, settings, monkeypatch):
    settings.SECURE_SSL_REDIRECT = True
    monkeypatch.setattr(connection, "ensure_connection", lambda: pytest.fail("it asked the database"))
    answer = client.get("/livez", headers={"Host": "10.0.0.1"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")
