"""Backup and restore of 10,000 contributions, each with a file, while readers open pages.

BACKUP_OF= changes how many.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from bench.contributions import Readers, make_call, percentile  # noqa: E402
from bench.figures import Figure  # noqa: E402
from bench.records import publish_many  # noqa: E402
from bench.search_client import warm_up  # noqa: E402
from bench.served import served  # noqa: E402
from contributions.models import Attachment, Contribution, Revision  # noqa: E402
from documents.models import CleanCopy, Document, State  # noqa: E402
from documents.storage import random_name  # noqa: E402

NUMBER = int(os.environ.get("BACKUP_OF", "10000"))
WORDS, SIZE = "They were heard at the door of the port. " * 100, 20_000  # of a text, and bytes of a file


def measure(files):
    """Yield how long a backup and its restoring took, what was missing, and how readers fared meanwhile."""
    call_command("migrate", verbosity=0)
    make_records()
    before = counts()
    with tempfile.TemporaryDirectory(prefix="portal-backup-") as folder, served() as port:
        warm_up(port)
        readers = Readers(port)
        took, _printed = run("backup", "--to", folder)
        beside = readers.stop()
        [path] = Path(folder).glob("*.tar*")
        size = path.stat().st_size / 1e6
        yield Figure(f"backup of {NUMBER:,} contributions with a file each, {size:,.0f} MB", took, "seconds", 600)
        yield Figure("4 readers beside the backup, p99", percentile(beside, 99) * 1000, "ms", 1000)
        target = {"DATA_DIR": f"{folder}/restored", "DATABASE_URL": f"sqlite:///{folder}/restored/portal.sqlite3"}
        readers = Readers(port)
        took, printed = run("restore", str(path), "--without-moves", **target)
        beside = readers.stop()
        yield Figure("restoring it to an empty place, index included", took, "seconds", 1800)
        yield Figure("4 readers beside the restoring, p99", percentile(beside, 99) * 1000, "ms", 1000)
        _took, found = run("shell", "--no-imports", "-c", COUNT, **target)
        missing = sum(abs(a - b) for a, b in zip(before, map(int, found.split()), strict=True))
        yield Figure("records and files that differ after it", missing, "records and files", 0)
    print(printed.splitlines()[0])


COUNT = """
from bench.machines_backup import counts
print(*counts())
"""


def counts():
    """Return how many contributions, files and bytes of stored files there are."""
    stored = [path for path in (Path(settings.DATA_DIR) / "documents").rglob("*") if path.is_file()]
    return Contribution.objects.count(), len(stored), sum(path.stat().st_size for path in stored)


def run(*command, **variables):
    """Run a command of manage.py, and return the seconds that it took and what it printed."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "manage.py", *command], env=os.environ | variables, check=True, capture_output=True, text=True
    )
    return time.perf_counter() - began, done.stdout


def make_records():
    """Make the contributions with a file each, as if each had been filed and published."""
    call = make_call()
    published = publish_many(
        (
            Contribution(call=call, reference=f"LOAD-2026-{number:06}"),
            Revision(title=f"Account {number}", organization_name="Open Door", text=f"{number}. {WORDS}"),
        )
        for number in range(NUMBER)
    )
    documents = Document.objects.bulk_create(
        Document(file=stored(), kind="txt", size=SIZE, sha256=DIGEST, state=State.READ, page_count=1) for _ in published
    )
    CleanCopy.objects.bulk_create(CleanCopy(document=one, file=stored(), size=SIZE, sha256=DIGEST) for one in documents)
    Attachment.objects.bulk_create(
        Attachment(revision=record.shown, number=1, document=document, language="en")
        for record, document in zip(published, documents, strict=True)
    )


CONTENT = os.urandom(SIZE)
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def stored():
    """Write a file where documents are stored, and return its name."""
    name = random_name(Document(), "")
    path = Path(settings.DATA_DIR) / "documents" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(CONTENT)
    return name
