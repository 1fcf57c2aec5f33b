"""The CPU of the web worker for one filing, as a browser without scripts does it: five steps, a file, the receipt."""

import io
import time
from statistics import median

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402

from bench.contributions import make_call  # noqa: E402
from bench.contributions_client import Client  # noqa: E402
from bench.figures import Figure  # noqa: E402
from bench.search_client import warm_up  # noqa: E402
from bench.search_pages import cpu  # noqa: E402
from bench.served import session_of, site  # noqa: E402

WARM, TIMES = 5, 25  # filings before measuring, and measured
GOAL = 150  # milliseconds


def measure(files):
    """Yield the CPU of a filing, and of each of its steps with the page that it leads to. `files` is not used."""
    call_command("migrate", verbosity=0, stdout=io.StringIO())
    filer = get_user_model().objects.create_user("filer@example.org")
    given = {"call": make_call().number, "sessions": [session_of(filer)], "each": WARM + TIMES, "seconds": 0}
    with site(workers=1, tasks=0) as running:
        warm_up(running.port)
        [worker] = running.workers()
        client = Measured(running.port, given, worker)
        spent = [client.spent(content) for content in client.files][WARM:]
    yield Figure("one filing, CPU of the server, median", median(map(sum, spent)), "ms", GOAL)
    for name, took in zip(client.names, zip(*spent, strict=True), strict=True):
        yield f"    {name}: {median(took):.1f} ms"


class Measured(Client):
    """A client that measures the CPU of the worker instead of the time."""

    def __init__(self, port, given, worker):
        super().__init__(0, port, given, None)
        self.worker, self.names = worker, []

    def spent(self, content):
        """File one contribution, and return the milliseconds of each request."""
        self.names, self.took = [], []
        self.file(content, twice=False)
        return self.took

    def request(self, method, path, body=None, headers=None):
        before = cpu(self.worker)
        answer = super().request(method, path, body, headers)
        time.sleep(0.005)  # the worker closes its connections after the answer
        self.took.append((cpu(self.worker) - before) * 1000)
        self.names.append(f"{method} {path.rstrip('/').rpartition('/')[2] if path.count('/') > 4 else path[:18]}")
        return answer
