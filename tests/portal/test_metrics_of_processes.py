"""A web server with two processes: their counts are added up, outlive them, and the log is JSON from line one."""

import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.engines.site import Site
from tests.engines.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

TOKEN = "known to operators"  # noqa: S105


@pytest.fixture(scope="module")
def site(tmp_path_factory, run_folder, from_models, django_db_setup):
    """A portal on SQLite with metrics, JSON logs and two web processes."""
    switched_on = {"METRICS": "on", "LOG_FORMAT": "json", "HEALTH_TOKEN": TOKEN, "WEB_CONCURRENCY": "2"}
    return Site.copied(run_folder, from_models, tmp_path_factory.mktemp("site"), **switched_on)


def count(web):
    """Return how many times the robots file was asked for, as an operator reads it."""
    answer = web.get("/metrics", Authorization=f"Bearer {TOKEN}", Host="10.0.0.11")
    assert answer.status_code == 200
    samples = [each for family in text_string_to_metric_families(answer.text) for each in family.samples]
    found = [each.value for each in samples if each.name == "portal_requests_total" and each.labels["view"] == "robots"]
    return sum(found)


@pytest.fixture
def lines(site):
    """Return a function that gives the lines of the log since the test began, each as an object."""
    begun = site.log.stat().st_size if site.log.exists() else 0
    return lambda: [json.loads(line) for line in site.log.read_bytes()[begun:].splitlines()]


def counting(site):
    """Return the ids of the processes that wrote counts; before that, their files are zeros."""
    files = (site.folder / "data/metrics").glob("counter_*.db")
    return {int(file.stem.rpartition("_")[2]) for file in files if any(file.read_bytes()[:4])}


def test_counts_are_those_of_all_processes_and_every_line_of_the_log_is_json(site, lines):
    asked = 0
    with site.web() as web, ThreadPoolExecutor(4) as readers:

        def both_count():
            nonlocal asked
            answers = list(readers.map(lambda _: web.get("/robots.txt").status_code, range(20)))
            asked += answers.count(200)
            return len(counting(site)) == 2

        until(both_count)
        assert count(web) == asked >= 20
        killed = min(counting(site))
        os.kill(killed, signal.SIGKILL)  # one of the two processes of this test's own server
        until(lambda: web.get("/livez").ok)
        assert count(web) == asked
        web.stop()
    before = counting(site)
    assert killed in before
    with site.web() as web:
        assert count(web) == 0  # the files of processes that ended were deleted
        web.stop()
    assert not (before & counting(site))
    written = lines()
    assert written[0]["message"].startswith("Starting gunicorn")
    assert {line["logger"] for line in written} == {"gunicorn.error", "portal.request", "py.warnings"}
    assert len([line for line in written if line.get("view") == "robots"]) == asked
    assert not [line for line in written if line.get("view") == "none"]  # an operator at /metrics


def test_a_worker_writes_json_too(site, lines):
    site.do("from documents.tasks import read_document; read_document.enqueue(1)")
    worker = site.start("db_worker", "--batch")
    assert worker.wait() == 0
    written = lines()
    assert any("documents.tasks.read_document" in line["message"] for line in written)
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in written)
