"""The last minute before a deadline: 32 clients submit 800 contributions with a file each, within 60 seconds.

The site runs as in production (gunicorn and the worker, SQLite with its default settings). The clients run in separate
processes: `python -m bench.contributions NUMBER PORT`. Every tenth contribution is submitted by two simultaneous
clicks.
"""

import http.client
import io
import itertools
import json
import re
import secrets
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
from hashlib import sha256
from pathlib import Path

import django
import pikepdf

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.figures import Figure  # noqa: E402
from bench.search_client import PATIENCE, page  # noqa: E402
from bench.served import served, session_of  # noqa: E402
from contributions.models import Attachment, Call, Contribution  # noqa: E402
from dialogues.models import Dialogue, Series  # noqa: E402
from mail.models import OutgoingEmail  # noqa: E402

CLIENTS, EACH, SECONDS = 32, 25, 60
READ, READING = ("/", "/dialogues/", "/contributions/", "/search/?q=a"), 15  # pages, and seconds without submissions
PROCESSES = 4  # each runs some of the clients as threads
FILE_SIZE = 200_000  # bytes
BOUNDARY = secrets.token_hex(16)
PART = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
TOKEN = "t" * 32  # the CSRF token, as cookie and as field; a browser gets both with the page


def measure(files):
    """Yield how many contributions were lost or duplicated, and how long the clients waited."""
    call_command("migrate", verbosity=0)
    call = make_call()
    folder = Path(settings.DATA_DIR) / "clients"
    folder.mkdir()
    (folder / "sessions.json").write_text(
        json.dumps({"call": call.number, "sessions": [sign_in(n) for n in range(CLIENTS)]})
    )
    with served() as port:
        before = Readers(port)
        time.sleep(READING)
        alone = before.stop()
        beside = Readers(port)
        took = run_clients(port, folder)
        slow = percentile(beside.stop(), 99) * 1000
    yield from judge(folder, took)
    usual = percentile(alone, 99) * 1000
    yield Figure(f"readers beside the submissions, p99 ({usual:.0f} ms without)", slow, "ms", max(500, 5 * usual))


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
    command = [sys.executable, "-m", "bench.contributions"]
    clients = [subprocess.Popen([*command, str(number), str(port)]) for number in range(PROCESSES)]
    for client in clients:
        client.wait()
    return max(float(path.read_text()) for path in folder.glob("took-*"))


def judge(folder, took):
    """Yield the figures, from the clients' logs and the database."""
    lines = [json.loads(line) for path in folder.glob("client-*.jsonl") for line in path.read_text().splitlines()]
    total = CLIENTS * EACH
    held = {
        attachment.document.sha256: attachment.revision.contribution
        for attachment in Attachment.objects.select_related("document", "revision__contribution")
    }
    lost = [
        line for line in lines
        if line["sha256"] not in held or held[line["sha256"]].reference != line["reference"]
        or not Path(Attachment.objects.get(document__sha256=line["sha256"]).document.file.path).exists()
    ]  # fmt: skip
    sent = Contribution.objects.exclude(reference=None)
    letters = OutgoingEmail.objects.count()
    steps = [seconds for line in lines for seconds in line["steps"]]
    yield Figure(f"contributions lost, of {total}", total - len(lines) + len(lost), "contributions", 0)
    yield Figure("contributions made twice", Contribution.objects.count() - total, "contributions", 0)
    references = sent.values("reference").distinct().count()
    yield Figure("references missing or given twice", total - references, "references", 0)
    yield Figure("receipts too many or too few", abs(letters - total), "letters", 0)
    yield Figure(f"time until all {total}, begun in {SECONDS} seconds, were submitted", took, "seconds", SECONDS + 5)
    yield Figure(f"one step at p99 (median {statistics.median(steps):.2f})", percentile(steps, 99), "seconds", 5)
    whole = [sum(line["steps"]) for line in lines]
    yield Figure("a whole contribution, six steps, at p99", percentile(whole, 99), "seconds", 5)
    call_command("check_log")


class Readers:
    """Someone who asks for a public page twenty times a second, until told to stop."""

    def __init__(self, port):
        self.port, self.seconds, self.is_over = port, [], threading.Event()
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self):
        for address in itertools.cycle(READ):
            if self.is_over.wait(0.05):
                return
            began = time.perf_counter()
            status, _text = page(self.port, address)
            self.seconds.append(time.perf_counter() - began if status == http.client.OK else PATIENCE)

    def stop(self):
        """Return the seconds that each page took; PATIENCE for one that failed."""
        self.is_over.set()
        self.thread.join()
        return self.seconds


def percentile(values, percent):
    """Return a percentile of some values."""
    return statistics.quantiles(values, n=100)[percent - 1]


def a_file():
    """Return a unique PDF of three pages, with FILE_SIZE bytes that cannot be compressed."""
    file, pdf = io.BytesIO(), pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for _ in range(3):
        page = pdf.add_blank_page()
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = pdf.make_stream(f"BT /F 12 Tf 72 700 Td ({secrets.token_hex(20)} wages) Tj ET".encode())
    pdf.Root.PieceInfo = pdf.make_stream(secrets.token_bytes(FILE_SIZE))
    pdf.save(file)
    return file.getvalue()


class Client:
    """A client that submits EACH contributions, evenly spread over the minute."""

    def __init__(self, number, port, call, session, log):
        self.number, self.port, self.call, self.log = number, port, call, log
        self.cookie = f"sessionid={session}; csrftoken={TOKEN}"
        self.files = [a_file() for _ in range(EACH)]  # made before the minute begins

    def run(self, start):
        """Submit all contributions. `start` is a time of `time.perf_counter()`."""
        for count in range(EACH):
            due = start + (count + self.number / CLIENTS) * SECONDS / EACH
            time.sleep(max(0, due - time.perf_counter()))
            print(json.dumps(self.file(self.files[count], twice=count % 10 == 0)), file=self.log, flush=True)

    def file(self, content, twice):
        """Submit one contribution, and return its reference, its file's digest and the seconds of each step."""
        key = uuid.uuid4()
        mine, steps = f"/contributions/mine/{key}", []
        words = {
            "organization_name": f"Client {self.number}",
            "title": "Load",
            "language": "en",
            "text": "Words. " * 200,
        }
        for path, fields in (
            ("/contributions/new/", {"call": self.call, "key": key}),
            (f"{mine}/who/", {**words, "go": "answers"}),
            (f"{mine}/answers/", {**words, "go": "files"}),
        ):
            steps.append(self.timed(self.post, path, fields))
        steps.append(self.timed(self.upload, f"{mine}/files/", content))
        steps.append(self.timed(self.post, f"{mine}/appear/", {"appear_as": "organization", "go": "send"}))
        clicks = [threading.Thread(target=self.send, args=[mine]) for _ in range(twice)]
        for click in clicks:
            click.start()
        steps.append(self.timed(self.send, mine))
        for click in clicks:
            click.join()
        page = self.ask("GET", f"{mine}/receipt/")
        reference = re.search(r"LOAD-\d{4}-[A-Z]{6}", page)
        return {"sha256": sha256(content).hexdigest(), "reference": reference and reference[0], "steps": steps}

    def timed(self, action, *args):
        """Return the seconds that an action takes."""
        start = time.perf_counter()
        action(*args)
        return time.perf_counter() - start

    def send(self, mine):
        """Submit the draft."""
        self.post(f"{mine}/check/", {"consent": "on", "send": "1"})

    def post(self, path, fields):
        """Post a form."""
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": TOKEN}).encode()
        return self.ask("POST", path, body, "application/x-www-form-urlencoded")

    def upload(self, path, content):
        """Post the form with a file."""
        fields = {"csrfmiddlewaretoken": TOKEN, "upload_language": "en", "go": ""}
        parts = [f'{PART}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
        head = f'{PART}"upload"; filename="load.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        body = ("".join(parts) + head).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self.ask("POST", path, body, f"multipart/form-data; boundary={BOUNDARY}")

    def ask(self, method, path, body=None, kind=""):
        """Return the text of the response. Raises RuntimeError unless it is a page or a redirect."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie, "Host": "localhost", **({"Content-Type": kind} if kind else {})}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        if answer.status not in (200, 302):
            raise RuntimeError(f"{method} {path}: {answer.status}")
        return text


def main(number, port):
    """Run the clients of one process."""
    folder = Path(settings.DATA_DIR) / "clients"
    given = json.loads((folder / "sessions.json").read_text())
    with open(folder / f"client-{number}.jsonl", "w") as log:
        clients = [Client(n, port, given["call"], given["sessions"][n], log) for n in range(number, CLIENTS, PROCESSES)]
        (folder / f"ready-{number}").touch()
        while len(list(folder.glob("ready-*"))) < PROCESSES:
            time.sleep(0.01)
        start = time.perf_counter()
        threads = [threading.Thread(target=client.run, args=[start]) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    (folder / f"took-{number}").write_text(str(time.perf_counter() - start))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
