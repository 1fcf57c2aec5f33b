"""The last minute before a deadline: 32 clients submit 800 contributions with a file each, within 60 seconds.

The site runs as in production (gunicorn and the worker, SQLite with its default settings). The clients run in separate
processes (`bench.contributions_client`). Every tenth contribution is submitted by two simultaneous clicks. Four readers
open public pages meanwhile, until the worker has read the last file. CONTRIBUTIONS= changes how many are submitted, at
the same pace; CLIENTS= and PACE= change the clients, and the seconds between two contributions of one: with PACE=0 each
begins when its last one is sent. WORKERS= are the workers for tasks, THREADS= the threads of each web worker; with
READING=off nobody waits for the files.
"""

import http.client
import itertools
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.figures import Figure  # noqa: E402
from bench.search_client import PATIENCE, page, warm_up  # noqa: E402
from bench.served import served, session_of  # noqa: E402
from contributions.models import Attachment, Call, Contribution  # noqa: E402
from dialogues.models import Dialogue, Series  # noqa: E402
from documents.models import Document, State  # noqa: E402
from mail.models import OutgoingEmail  # noqa: E402

CLIENTS = int(os.environ.get("CLIENTS", "32"))
PACE = float(os.environ.get("PACE", "2.4"))
WORKERS = int(os.environ.get("WORKERS", "1"))
IS_WAITING = os.environ.get("READING") != "off"
EACH = max(1, int(os.environ.get("CONTRIBUTIONS", "800")) // CLIENTS)
TOTAL, SECONDS = CLIENTS * EACH, PACE * EACH
READERS = 4
READ, READING = ("/", "/dialogues/", "/contributions/", "/search/?q=a"), 15  # pages, and seconds without submissions
PAUSE = 0.2  # seconds between two pages of one reader
PROCESSES = 4  # each runs some of the clients as threads
MOST_READING = 1800  # seconds that the worker gets for the files
GOAL_READABLE = 300  # seconds from the last submission until the last file is readable


def measure(files):
    """Yield how many contributions were lost or duplicated, and how long clients, readers and files waited."""
    call_command("migrate", verbosity=0)
    folder = Path(settings.DATA_DIR) / "clients"
    folder.mkdir()
    sessions = [sign_in(number) for number in range(CLIENTS)]
    given = {"call": make_call().number, "sessions": sessions, "each": EACH, "seconds": SECONDS, "processes": PROCESSES}
    (folder / "given.json").write_text(json.dumps(given))
    with served(tasks=WORKERS) as port:
        warm_up(port)
        before = Readers(port)
        time.sleep(READING)
        usual = before.stop()
        beside = Readers(port)
        took = run_clients(port, folder)
        beside_clients = beside.stop()
        afterwards = Readers(port)
        waited = wait_for_files() if IS_WAITING else 0
        beside_worker = afterwards.stop()
    yield from judge(folder, took)
    if IS_WAITING:
        yield from judge_files(folder, waited)
    without = percentile(usual, 99) * 1000
    name = f"{READERS} readers beside the submissions, p99"
    details = f"median {statistics.median(beside_clients) * 1000:.0f}, {without:.0f} ms at p99 without submissions"
    yield Figure(f"{name} ({details})", percentile(beside_clients, 99) * 1000, "ms", 1000)
    if IS_WAITING:
        yield Figure("the same while the files are read, p99", percentile(beside_worker, 99) * 1000, "ms", 1000)


def make_call():
    """Return an open call."""
    now = timezone.now()
    series = Series.objects.create(name="Load", code="LOAD", slug="load")
    dialogue = Dialogue.objects.create(series=series, title="Load", slug="load", starts_on=now.date(), published_at=now)
    return Call.objects.create(
        dialogue=dialogue, title="Load", number=1, published_at=now,
        opens_at=now, closes_at=now + timezone.timedelta(hours=1),
    )  # fmt: skip


def sign_in(number):
    """Return the session of a new user."""
    return session_of(get_user_model().objects.create_user(f"client{number}@example.org"))


def run_clients(port, folder):
    """Run all clients at once, and return the seconds that the slowest took."""
    command = [sys.executable, "-m", "bench.contributions_client"]
    clients = [subprocess.Popen([*command, str(number), str(port)]) for number in range(PROCESSES)]
    if any(client.wait() for client in clients):
        sys.exit("A client failed.")
    return max(float(path.read_text()) for path in folder.glob("took-*"))


def wait_for_files():
    """Return the seconds until the worker has looked at every file, or MOST_READING."""
    since = time.perf_counter()
    while (waited := time.perf_counter() - since) < MOST_READING:
        if not Document.objects.filter(state=State.RECEIVED).exists():
            return waited
        time.sleep(0.5)
    return MOST_READING


def lines_of(folder):
    """Return what the clients noted about each contribution."""
    return [json.loads(line) for path in folder.glob("client-*.jsonl") for line in path.read_text().splitlines()]


def judge(folder, took):
    """Yield the figures of the submissions, from the clients' notes and the database."""
    lines = lines_of(folder)
    held = {
        attachment.document.sha256: attachment
        for attachment in Attachment.objects.select_related("document", "revision__contribution")
    }
    lost = [
        line for line in lines
        if line["reference"] is None or line["sha256"] not in held
        or held[line["sha256"]].revision.contribution.reference != line["reference"]
        or not Path(held[line["sha256"]].document.file.path).exists()
    ]  # fmt: skip
    sent = Contribution.objects.exclude(reference=None)
    steps = [seconds for line in lines for seconds in line["steps"]]
    yield Figure(f"contributions lost, of {TOTAL}", TOTAL - len(lines) + len(lost), "contributions", 0)
    doubled = abs(Contribution.objects.count() - TOTAL) + abs(Attachment.objects.count() - TOTAL)
    yield Figure("contributions or files made twice", doubled, "records", 0)
    references = sent.values("reference").distinct().count()
    yield Figure("references missing or given twice", TOTAL - references, "references", 0)
    yield Figure("receipts too many or too few", abs(OutgoingEmail.objects.count() - TOTAL), "letters", 0)
    if PACE:
        yield Figure(f"time until all {TOTAL}, begun in {SECONDS:.0f} seconds, were sent", took, "seconds", SECONDS + 5)
    yield f"    {CLIENTS} clients sent {TOTAL * 60 / took:,.0f} a minute, load average {os.getloadavg()[0]:.0f}"
    yield Figure(f"one step and its page, p99 (median {statistics.median(steps):.2f})", percentile(steps, 99), "s", 5)
    call_command("check_log")


def judge_files(folder, waited):
    """Yield the figures of the files: whether each can be read, with the words that its client wrote, and when."""
    texts = {document.sha256: document for document in Document.objects.prefetch_related("pages")}
    unread = [line for line in lines_of(folder) if not is_readable(texts.get(line["sha256"]), line["words"])]
    yield Figure(f"files that can't be read, of {TOTAL}", len(unread), "files", 0)
    yield Figure("time from the last submission until the last file is readable", waited, "seconds", GOAL_READABLE)


def is_readable(document, words):
    """Return whether a file has a clean copy, and these words on each of its pages."""
    if document is None or document.copy is None:
        return False
    pages = [one.text for one in document.pages.all()]
    return bool(pages) and all(words in text for text in pages)


class Readers:
    """People who each open a public page, pause, and open the next one, until told to stop."""

    def __init__(self, port):
        self.port, self.seconds, self.is_over = port, [], threading.Event()
        self.threads = [threading.Thread(target=self.read, args=[start]) for start in range(READERS)]
        for thread in self.threads:
            thread.start()

    def read(self, start):
        """Open pages, from one of them on."""
        for address in itertools.islice(itertools.cycle(READ), start, None):
            if self.is_over.wait(PAUSE):
                return
            began = time.perf_counter()
            try:
                status, _text = page(self.port, address)
            except OSError:
                status = None
            self.seconds.append(time.perf_counter() - began if status == http.client.OK else PATIENCE)

    def stop(self):
        """Return the seconds that each page took; PATIENCE for one that failed."""
        self.is_over.set()
        for thread in self.threads:
            thread.join()
        return self.seconds


def percentile(values, percent):
    """Return a percentile of some values."""
    return statistics.quantiles(values, n=100)[percent - 1]
