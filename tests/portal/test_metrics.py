"""`/metrics` gives figures to an operator, and leads nowhere for everyone else. No label names a person or record."""

import os
import re
import resource
import signal
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from prometheus_client import values
from prometheus_client.parser import text_string_to_metric_families

from background import workflow
from background.lanes import LANES
from desk import health
from mirror.state import MirrorState
from portal import metrics
from publishing.kept_pages import ASKED_ONCE
from publishing.workflow import share
from search.models import IndexJob
from tests import build
from tests.gate import is_absent

pytestmark = pytest.mark.django_db

TOKEN = "known to operators"  # noqa: S105
OPERATOR = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def metrics_on(settings):
    """Middleware as settings with METRICS have it, and a token."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:1], "portal.metrics.MetricsMiddleware", *settings.MIDDLEWARE[1:]]
    settings.HEALTH_TOKEN = TOKEN


@pytest.fixture
def lanes(settings):
    """Tasks are rows, and a process of each lane lives."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    for lane in LANES:
        workflow.register(lane.name, [lane.name])


def figures(**options):
    """Return the samples that an operator reads: {(name, labels): value}."""
    answer = Client().get("/metrics", headers=OPERATOR, **options)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    assert answer.headers["Cache-Control"] == "no-store"
    families = text_string_to_metric_families(answer.content.decode())
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value for family in families for sample in family.samples
    }


def requests(view, status="200"):
    """Return how many GETs of a view were counted."""
    return figures().get(("portal_requests_total", *sorted([view, "GET", status])), 0)


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}])
def test_the_address_leads_nowhere_without_the_token(metrics_on, headers):
    assert is_absent(Client(headers=headers), "/metrics/")
    answer, nothing = (Client().get(path, headers=headers) for path in ("/metrics", "/nothing"))
    assert (answer.status_code, answer.content) == (nothing.status_code, nothing.content)
    assert answer.headers == nothing.headers
    assert answer.status_code == 404


def test_the_address_leads_nowhere_if_no_token_is_set(metrics_on, settings):
    settings.HEALTH_TOKEN = ""
    assert Client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_staff_have_no_token(metrics_on, desk):
    assert desk.get("/metrics").status_code == 404


def test_the_address_leads_nowhere_without_the_setting(settings):
    settings.HEALTH_TOKEN = TOKEN
    assert Client().get("/metrics", headers=OPERATOR).status_code == 404


def test_metrics_answer_under_the_address_of_the_machine(metrics_on, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert figures(SERVER_NAME="10.0.0.11")


def test_metrics_have_the_state_and_the_numbers_of_each_part(metrics_on, lanes):
    IndexJob.objects.create(label="dialogues.dialogue", object_id=1)
    IndexJob.objects.update(queued_at=timezone.now() - timedelta(seconds=300))
    found = figures()
    assert found["portal_part_well", "index"] == 0
    assert found["portal_part_well", "database"] == 1
    assert found["portal_waiting", "index"] == 1
    assert 300 <= found["portal_oldest_waiting_seconds", "index"] < 400
    assert found["portal_free_bytes", "disk"] > 1024**2
    assert found["portal_set_aside", "files lane"] == 0


def test_each_number_that_health_knows_is_a_metric(metrics_on, lanes, settings, monkeypatch):
    settings.MIRROR_DIR = "/srv/copy"
    state = MirrorState(is_looked_through=True, age=0, waiting=0, failed=2, kept_out=1)
    monkeypatch.setattr("mirror.sections.mirror_state", lambda folder: state)
    numbers = {number for part in health.examine() for number in part.numbers}
    assert numbers == metrics.NUMBERS.keys()
    assert figures()["portal_failed", "mirror"] == 2


def test_without_a_database_it_says_so(metrics_on, monkeypatch):
    def fail():
        raise DatabaseError

    monkeypatch.setattr(health, "_index", fail)
    found = figures()
    assert found["portal_part_well", "database"] == found["portal_part_well", "index"] == 0
    assert found["portal_part_well", "disk"] == 1


def test_requests_are_counted_by_view_and_status_also_those_answered_from_memory(metrics_on, kept_pages_on):
    build.dialogue(slug="seen")
    before, lost = requests("dialogues:detail"), requests("dialogues:detail", "404")
    for _ in range(3):
        assert Client().get("/dialogues/seen/").status_code == 200
    assert Client().get("/dialogues/unseen/").status_code == 404
    assert (requests("dialogues:detail") - before, requests("dialogues:detail", "404") - lost) == (3, 1)
    assert figures()["portal_request_duration_seconds_count", "dialogues:detail"] >= 4


def test_the_operator_the_monitor_and_the_copy_of_the_site_are_not_counted(metrics_on):
    figures()
    before = {key: value for key, value in figures().items() if key[0] == "portal_requests_total"}
    Client().get("/livez")
    Client().get("/about/", **{ASKED_ONCE: True})
    assert {key: value for key, value in figures().items() if key[0] == "portal_requests_total"} == before


def test_labels_tell_no_address_query_key_or_person(metrics_on, desk):
    hidden = build.dialogue(public=False, slug="hidden-harbour")
    preview = share(hidden, by=None, days=1)
    Client().post(preview.get_absolute_url(), {"verb": "open-here"})
    for path in ("/dialogues/hidden-harbour/", "/search/?q=blue+cabinet", "/nothing/hidden-harbour/", "/static/x.css"):
        Client().get(path)
    Client().generic("ADALOVELACE", "/about/")
    assert desk.get(f"/admin/dialogues/dialogue/{hidden.pk}/change/").status_code == 200
    answer = Client().get("/metrics", headers=OPERATOR).content.decode()
    told = ["hidden-harbour", "cabinet", preview.secret, "ADALOVELACE", "x.css", "@"]
    assert [word for word in told if word in answer] == []
    views = set(re.findall(r'view="([^"]*)"', answer))
    assert {"none", "static", "search:search", "admin:dialogues_dialogue_change"} <= views
    assert not [view for view in views if "/" in view]


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """A folder for the counts of web processes."""
    monkeypatch.setenv(metrics.FOLDER, str(tmp_path / "counts"))
    monkeypatch.setattr(values, "ValueClass", None)
    (tmp_path / "counts").mkdir()
    return tmp_path / "counts"


def test_the_files_of_a_process_get_their_room_at_once_and_keep_what_they_have(folder):
    (folder / f"counter_{os.getpid()}.db").write_bytes(b"counts of a process with the same id")
    metrics.reserve()
    counts, times = sorted(folder.iterdir())
    assert counts.stat().st_size == times.stat().st_size == metrics.ROOM
    assert times.stat().st_blocks * 512 >= metrics.ROOM
    assert counts.read_bytes().startswith(b"counts of a process with the same id\0")


def test_a_process_without_room_counts_by_itself_and_leaves_no_file(folder, caplog):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (metrics.ROOM // 2, hard))  # as if the disk were full
    try:
        metrics.reserve()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert list(folder.iterdir()) == []
    assert metrics.FOLDER not in os.environ
    assert values.ValueClass is values.MutexValue
    assert "no room for counts" in caplog.text
