"""Kept pages beside a bare Django view that returns the same bytes, cold pages, and pages after a change.

Cold pages are measured on the sample, and again when the statements of the corpus are imported beside it.

Each site runs in production's two workers of four threads. Readers are on the same cores, over connections that stay
open. Sites take turns in one run. `BASE=<commit>` also measures the pages of the sample as another commit serves them.
"""

import io
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median

import django

os.environ["DEBUG"] = "off"  # otherwise Django asks SQLite for the text of each query, and keeps it
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import corpus, import_corpus  # noqa: E402
from bench.figures import Figure  # noqa: E402
from bench.search_pages import cpu  # noqa: E402
from bench.served import collect_static, site  # noqa: E402
from bench.site import make_large_dialogue  # noqa: E402
from contributions.models import Contribution  # noqa: E402
from dialogues.models import Summary, Topic  # noqa: E402
from dialogues.workflow import write_paragraphs  # noqa: E402
from publishing.models import PublicChange  # noqa: E402
from publishing.workflow import publish  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS = 8
TURNS, SECONDS = 3, 1.5  # of each site on each page
COLD_GOALS = {"home": 6, "contribution": 6, "topic": 6, "summary": 20, "large dialogue": 20, "search": 15}  # ms
# Pages of the sample whose addresses are the same in every commit.
SAMPLE = {
    "home": "/",
    "topic": "/topics/debt-bondage/",
    "sample dialogue": "/dialogues/sample-dialogue/",
    "sample summary": "/dialogues/sample-dialogue/summary/en/v1/",
}
CHANGES = int(os.environ.get("CHANGES", 1_000))
READERS = 4
FLOOD = 4_000  # made-up addresses


def measure(files):
    """Yield the figures of this part; `files` are those of the corpus."""
    call_command("migrate", verbosity=0)
    call_command("load_sample", stdout=io.StringIO())
    pages = make_pages()
    settle()
    collect_static(os.environ["DATA_DIR"])
    yield from cold(pages)
    yield from kept(pages)
    yield from after_changes()
    yield from with_corpus(files, pages)


def settle():
    """Bring the index up to date, and forget the changes, as the chores do a quarter of an hour after an import."""
    call_command("rebuild_index", verbosity=0)
    call_command("db_worker", batch=True, verbosity=0)
    PublicChange.objects.update(at=timezone.now() - timedelta(days=1))
    PublicChange.objects.forget_old()


def with_corpus(files, pages):
    """Yield the CPU of cold pages when the statements of the corpus are there too: a session, a statement, a search."""
    paths = [path for path in files if path.exists() and not corpus.is_declaration(path)]
    if not paths:
        yield "left out: cold pages with the corpus, because none of its files is there"
        return
    number = sum(import_corpus.load(corpus.read(path)) for path in paths)
    settle()
    statement = Contribution.objects.published().filter(reference__startswith="UNGD-").latest("call__dialogue__edition")
    own = {
        "large dialogue": statement.call.dialogue.get_absolute_url(),
        "contribution": statement.get_absolute_url(),
        "search": "/search/?q=peace",
    }
    yield from cold(pages | own, f", with {number:,} statements")


def make_pages():
    """Return {name: address} of the six pages, with a large dialogue and a summary of 40 paragraphs."""
    dialogue = make_large_dialogue()
    summary = Summary.objects.create(dialogue=dialogue, language="en")
    words = "States and civil society were heard on what happens to people who are recruited with false promises. "
    write_paragraphs(summary, "\n\n".join(f"{number}. {words * 3}" for number in range(1, 41)))
    publish(summary, by=None)
    contribution = Contribution.objects.published().filter(shown__language="en").exclude(shown__text="").first()
    return {
        "home": "/",
        "large dialogue": dialogue.get_absolute_url(),
        "summary": summary.get_absolute_url(),
        "contribution": contribution.get_absolute_url(),
        "topic": "/topics/debt-bondage/",
        "search": "/search/?q=people",
    }


def cold(pages, among=""):
    """Yield the CPU that making each page takes, by the test client. `among` says what else is there."""
    settings.KEPT_PAGES_MEGABYTES = 0
    browser = Client(HTTP_HOST="localhost")
    for name, address in pages.items():
        took = []
        for _ in range(25):
            began = time.thread_time()
            browser.get(address, secure=True)
            took.append((time.thread_time() - began) * 1000)
        yield Figure(f"{name}, cold{among}, CPU", median(took[5:]), "ms", COLD_GOALS[name])


def kept(pages):
    """Yield the requests a second of kept pages, of the bare view and of 304s, in turns; then what the pages take."""
    with tempfile.TemporaryDirectory(prefix="portal-bare-") as folder, ExitStack() as stack:
        ours = stack.enter_context(site(tasks=0))
        for name, address in pages.items():
            body, _tag = ask(ours.port, address)
            Path(folder, name.replace(" ", "-")).write_bytes(body)
        bare = stack.enter_context(site(tasks=0, application="bench.bare", BARE_PAGES=folder))
        for name, address in pages.items():
            tag = ask(ours.port, address)[1]
            wanted = {
                "kept": (ours, address, ""),
                "bare": (bare, "/" + name.replace(" ", "-"), ""),
                "304": (ours, address, f"If-None-Match: {tag}\r\n"),
            }
            rates = in_turns(wanted)
            yield Figure(f"{name}, kept, beside a bare view ({rates['kept']:,.0f} and {rates['bare']:,.0f} a second)",
                         rates["kept"] / rates["bare"], "times", 0.7, most=False)  # fmt: skip
            yield Figure(f"{name}, 304, beside the kept page", rates["304"] / rates["kept"], "times", 1, most=False)
        if os.environ.get("BASE"):
            yield from beside(ours, stack.enter_context(other_commit()))
        yield from memory(ours)


def beside(ours, base):
    """Yield the requests a second of pages of the sample beside those of another commit."""
    gains = []
    for name, address in SAMPLE.items():
        rates = in_turns({"kept": (ours, address, ""), "base": (base, address, "")})
        gains.append(rates["kept"] / rates["base"])
        among = f"{rates['kept']:,.0f} and {rates['base']:,.0f} a second"
        yield Figure(f"{name}, kept, beside {os.environ['BASE']} ({among})", gains[-1], "times", 20, most=False)
    yield Figure(f"the median of these {len(gains)} pages", median(gains), "times", 60, most=False)


def memory(ours):
    """Yield the memory that many made-up addresses add to a worker, and whether pages that are read stay kept."""
    before = sum(map(private, ours.workers()))
    for number in range(FLOOD):
        ask(ours.port, f"/dialogues/?made-up={number}")
        if number % 100 == 0:
            ask(ours.port, "/")
    grown = (sum(map(private, ours.workers())) - before) / len(ours.workers()) / 2**20
    yield Figure(f"memory that {FLOOD:,} made-up addresses add to a worker", grown, "MB", 64)
    spent = min(cpu_of(ours, "/") for _ in range(10))
    yield Figure("home after them, CPU of the workers", spent, "ms", 2)


def in_turns(wanted):
    """Return {name: requests a second, the median of the turns} for {name: (site, address, headers)}."""
    rates = {name: [] for name in wanted}
    for _ in range(TURNS):
        for name, (one, address, headers) in wanted.items():
            rates[name].append(rate(one.port, address, headers))
    return {name: median(some) for name, some in rates.items()}


def rate(port, address, headers):
    """Return how many requests a second are answered over CONNECTIONS connections."""
    counts, end = [0] * CONNECTIONS, time.perf_counter() + SECONDS

    def read(place):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            while time.perf_counter() < end:
                exchange(connection, address, headers)
                counts[place] += 1

    began = time.perf_counter()
    readers = [threading.Thread(target=read, args=[place]) for place in range(CONNECTIONS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return sum(counts) / (time.perf_counter() - began)


def exchange(connection, address, headers=""):
    """Send a request and return (headers, body) as bytes; the connection stays open."""
    connection.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += received(connection)
    head, _, body = answer.partition(b"\r\n\r\n")
    if head.split()[1] not in (b"200", b"304"):
        raise ConnectionError(f"{address}: {head.splitlines()[0].decode()}")
    length = 0
    if head.split()[1] == b"200":
        [found] = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
        length = int(found.partition(b":")[2])
    while len(body) < length:
        body += received(connection)
    return head, body


def received(connection):
    part = connection.recv(65_536)
    if not part:
        raise ConnectionError("The server closed the connection.")
    return part


def ask(port, address):
    """Return (body, ETag) of a page over a connection of its own."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        head, body = exchange(connection, address, "Connection: close\r\n")
    tags = [
        line.split(b":", 1)[1].strip().decode() for line in head.split(b"\r\n") if line.lower().startswith(b"etag:")
    ]
    return body, tags[0] if tags else ""


def cpu_of(ours, address):
    """Return the milliseconds of CPU that the workers take for one page."""
    before = sum(map(cpu, ours.workers()))
    ask(ours.port, address)
    return (sum(map(cpu, ours.workers())) - before) * 1000


def private(pid):
    """Return the bytes of memory that a process has for itself."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) * 1024


@contextmanager
def other_commit():
    """Serve the sample as another commit of the project does, as a Site."""
    with tempfile.TemporaryDirectory(prefix="portal-base-") as folder:
        code, data = Path(folder, "code"), Path(folder, "data")
        data.mkdir()
        variables = {"DATA_DIR": str(data), "DATABASE_URL": f"sqlite:///{data}/portal.sqlite3", "DEBUG": "off"}
        run("git", "worktree", "add", "--detach", code, os.environ["BASE"], folder=ROOT)
        try:
            for command in (["migrate"], ["load_sample"], ["db_worker", "--batch"], ["collectstatic", "--no-input"]):
                run(sys.executable, "manage.py", *command, folder=code, **variables)
            with site(tasks=0, folder=code, **variables) as base:
                yield base
        finally:
            run("git", "worktree", "remove", "--force", code, folder=ROOT)


def run(*command, folder, **variables):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(command, cwd=folder, env=os.environ | variables, check=True, **quiet)


def after_changes():
    """Yield how many of CHANGES requests, each right after a change, saw the page from before, while others read."""
    topic, address, over, wrong = Topic.objects.published().first(), "/topics/", threading.Event(), 0
    with site(tasks=0) as ours:

        def read():
            while not over.is_set():
                ask(ours.port, address)

        readers = [threading.Thread(target=read) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        for number in range(CHANGES):
            topic.name = f"Topic number {number}."
            topic.save()
            wrong += topic.name.encode() not in ask(ours.port, address)[0]
        over.set()
        for reader in readers:
            reader.join()
    yield Figure(f"old pages right after {CHANGES:,} changes, beside {READERS} readers", wrong, "pages", 0)
