"""Basic figures: queries of pages, weight of pages, time of a second start, speed of an import."""

import io
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import corpus, import_corpus  # noqa: E402
from bench.figures import Figure  # noqa: E402
from bench.records import publish_many  # noqa: E402
from contributions.models import Call, Contribution, Revision  # noqa: E402
from dialogues.models import Appearance, Dialogue, Panel, Quote, Series, Speaker  # noqa: E402

LISTS = ["/dialogues/", "/speakers/", "/quotes/", "/contributions/", "/topics/", "/"]
PAGES = [
    *LISTS, "/search/", "/search/?q=debt", "/accounts/sign-in/", "/nothing-here/", "/dialogues/sample-dialogue/",
    "/dialogues/sample-dialogue/quotes/", "/dialogues/sample-dialogue/panels/2/",
    "/dialogues/sample-dialogue/summary/en/v1/", "/dialogues/sample-dialogue/summary/fr/v1/",
    "/speakers/eleni-karavassili/", "/quotes/1/", "/topics/debt-bondage/",
]  # fmt: skip


def measure(files):
    """Yield the figures of this part."""
    call_command("migrate", verbosity=0)
    call_command("load_sample", stdout=io.StringIO())
    call_command("db_worker", batch=True, verbosity=0)
    yield from weigh(Client(HTTP_HOST="localhost"))
    yield from count_queries(Client(HTTP_HOST="localhost"))
    yield from import_speed(files[0])
    yield second_start()


def weigh(browser):
    """Yield the weight of the heaviest page of the sample, alone and with all that a first view loads, uncompressed."""
    html, whole = {}, {}
    contributions = [record.get_absolute_url() for record in Contribution.objects.published()]
    for page in [*PAGES, *contributions]:
        content = browser.get(page).content
        loads = set(re.findall(r'(?:src|href)="(/static/[^"]+|/[^"]*/portrait/[^"]+)"', content.decode()))
        html[page] = len(content) / 1024
        whole[page] = html[page] + sum(size(browser.get(address)) for address in loads) / 1024
    for name, weights, goal in (("HTML of the heaviest page", html, 60), ("the same with all it loads", whole, 150)):
        page = max(weights, key=weights.get)
        yield Figure(f"{name} ({page})", weights[page], "KB", goal)


def size(response):
    return len(b"".join(response.streaming_content) if response.streaming else response.content)


def count_queries(browser):
    """Yield the queries of a large dialogue's page, and how many queries larger content adds to each list."""
    few = {page: queries(browser, page) for page in LISTS}
    large = make_large_dialogue()
    yield Figure("queries of a dialogue with 10 panels, 60 appearances, 200 quotes, 300 contributions",
                 queries(browser, large.get_absolute_url()), "queries", 15)  # fmt: skip
    grown = max(queries(browser, page) - few[page] for page in LISTS)
    yield Figure("queries that the same content adds to any list", grown, "queries", 0)
    yield Figure("queries of the list that takes most", max(few.values()), "queries", 15)


def queries(browser, page):
    with CaptureQueriesContext(connection) as captured:
        browser.get(page)
    return len(captured)


def make_large_dialogue():
    """Create a published dialogue of the size that the goal names."""
    now = timezone.now()
    dialogue = Dialogue.objects.create(
        series=Series.objects.first(), title="Large", slug="large", starts_on=date(2026, 1, 1), published_at=now
    )
    panels = [Panel.objects.create(dialogue=dialogue, number=n, title=f"Panel {n}") for n in range(1, 11)]
    people = [Speaker.objects.create(name=f"Person {n}", slug=f"person-{n}") for n in range(60)]
    seats = [
        Appearance.objects.create(dialogue=dialogue, panel=panels[n % 10], speaker=person, role="panellist")
        for n, person in enumerate(people)
    ]
    Quote.objects.bulk_create(
        Quote(appearance=seats[n % 60], text=f"Words number {n}", number=1000 + n, published_at=now) for n in range(200)
    )
    call = Call.objects.create(dialogue=dialogue, title="Call", opens_at=now, closes_at=now + timezone.timedelta(1))
    publish_many(
        (Contribution(call=call, reference=f"LRG-2026-{n:04}"), Revision(title=f"Paper {n}", organization_name="Body"))
        for n in range(300)
    )
    return dialogue


def import_speed(path):
    """Yield the records a second of a first import, and the records that a second import adds."""
    if not path.exists():
        print(f"left out: import of the corpus, for there is no file {path}")
        return
    start = time.perf_counter()
    new = import_corpus.load(corpus.read(path))
    rate = new / (time.perf_counter() - start)
    yield Figure(f"import of {new} statements, without indexing", rate, "records a second", 200, most=False)
    yield Figure("statements that importing them again adds", import_corpus.load(corpus.read(path)), "records", 0)


def second_start():
    """Return the seconds from `make run` to the first page, after an earlier start; median of three."""
    with tempfile.TemporaryDirectory(prefix="portal-start-") as folder:
        environment = os.environ | {"DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3"}
        start_once(environment)
        took = sorted(start_once(environment) for _ in range(3))
    return Figure("second `make run` until the home page answers", took[1], "seconds", 5)


def start_once(environment):
    """Return the seconds that one start takes, and stop the site again, as by Ctrl-C."""
    port = free_port()
    start = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"], env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        return time.perf_counter() - start
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(30)


def wait_for(address, process, patience=120):
    """Return once `address` answers; give up after `patience` seconds or when the process has ended."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).read()  # noqa: S310 - this machine's own address
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit(f"`make run` did not answer at {address}.")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
