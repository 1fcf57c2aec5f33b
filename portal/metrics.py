"""Figures for Prometheus at `/metrics`: the state of each part, and how many requests took how long, by view.

Only settings with METRICS load this module, because `prometheus_client` reads PROMETHEUS_MULTIPROC_DIR when it is
imported. Each web process writes its counts there, and the process that is asked adds them up.
"""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from desk.health import MEGABYTE, examine
from publishing.kept_pages import ASKED_ONCE

from .health import is_operator
from .request_log import method_of, view_name

logger = logging.getLogger(__name__)

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
ROOM = 2 * 1024 * 1024  # bytes for the counts of all views, twice what they take
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
# Numbers of `desk.health`: the name of the metric, what it says, and the factor to the unit that Prometheus expects.
NUMBERS = {
    "waiting": ("portal_waiting", "Tasks, letters, changes or pages that wait.", 1),
    "age": ("portal_oldest_waiting_seconds", "How long the oldest of them waits.", 1),
    "running": ("portal_running", "Tasks that run.", 1),
    "set_aside": ("portal_set_aside", "Tasks that were set aside.", 1),
    "processes": ("portal_processes", "Processes that run tasks.", 1),
    "failed": ("portal_failed", "Files that could not be copied.", 1),
    "kept_out": ("portal_kept_out", "Addresses that an operator keeps out of the copy.", 1),
    "free_megabytes": ("portal_free_bytes", "Free room on the disk.", MEGABYTE),
}

own_counts = CollectorRegistry()
requests = Counter(
    "portal_requests", "Requests by view, method and status.", ["view", "method", "status"], registry=own_counts
)
durations = Histogram(
    "portal_request_duration_seconds", "Seconds until the answer begins.", ["view"],
    registry=own_counts, buckets=SECONDS,
)  # fmt: skip


class MetricsMiddleware:
    """Counts each request, and answers an operator at `/metrics`. Everyone else gets 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        reserve()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/metrics" and is_operator(request):
            return HttpResponse(figures(), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})
        if ASKED_ONCE in request.META:
            return self.get_response(request)
        since = perf_counter()
        response = self.get_response(request)
        view = view_name(request)
        requests.labels(view, method_of(request), str(response.status_code)).inc()
        durations.labels(view).observe(perf_counter() - since)
        return response


class StateCollector(Collector):
    """The parts of `desk.health`, examined for each answer."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield a metric for whether each part is well, and one for each kind of number."""
        parts = examine()
        well = GaugeMetricFamily("portal_part_well", "Whether nothing is wrong with a part.", labels=["part"])
        for part in parts:
            well.add_metric([part.name], float(part.is_well))
        yield well
        for number, (name, meaning, factor) in NUMBERS.items():
            family = GaugeMetricFamily(name, meaning, labels=["part"])
            for part in parts:
                if number in part.numbers:
                    family.add_metric([part.name], part.numbers[number] * factor)
            yield family


def reserve() -> None:
    """Fill the files of this process with zeros, because a process that writes to them on a full disk would be killed.

    If there is no room for them, the process counts in its own memory.
    """
    if not (folder := os.environ.get(FOLDER)):
        return
    files = [Path(folder) / f"{kind}_{os.getpid()}.db" for kind in ("counter", "histogram")]
    try:
        for path in files:
            with path.open("ab") as file:
                file.write(bytes(max(0, ROOM - file.tell())))
    except OSError as error:
        for path in files:
            path.unlink(missing_ok=True)  # other processes could not read a file that is empty
        logger.warning("There is no room for counts of requests, so each web process gives its own: %s", error)
        del os.environ[FOLDER]
        values.ValueClass = values.MutexValue


def figures() -> bytes:
    """Return all figures in the text format of Prometheus, with the requests of all web processes of this machine."""
    counts = own_counts
    if os.environ.get(FOLDER):
        counts = CollectorRegistry()
        MultiProcessCollector(counts)
    state = CollectorRegistry()
    state.register(StateCollector())
    return generate_latest(state) + generate_latest(counts)
