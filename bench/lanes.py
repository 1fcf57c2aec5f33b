"""Lanes of background work: what people wait for, while files wait to be read. LANES_FILES= changes how many files.

The site runs as in production. Publications must be found, a lost index be rebuilt and letters leave as fast as without
the files. After a kill of every process, what they were doing must begin again by itself.
"""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.mail import send_mail  # noqa: E402
from django.core.management import call_command  # noqa: E402

from background.lanes import FILES  # noqa: E402
from background.models import QueuedTask  # noqa: E402
from bench.contributions_client import a_file  # noqa: E402
from bench.figures import Figure  # noqa: E402
from bench.search_client import page, warm_up  # noqa: E402
from bench.served import site  # noqa: E402
from dialogues.models import Appearance, Dialogue, Quote, Series, Speaker  # noqa: E402
from documents import workflow as documents  # noqa: E402
from mail.models import OutgoingEmail  # noqa: E402
from publishing import workflow as publishing  # noqa: E402

NUMBER = int(os.environ.get("LANES_FILES", "800"))
PUBLICATIONS = 5
WITHOUT_SERVER = {"EMAIL_DELIVERY_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
PATIENCE = 300  # seconds
REPAIRS = ["search.tasks.repair_index", "search.tasks.rebuild_index"]


def measure(files):
    """Yield the figures of this part."""
    call_command("migrate", verbosity=0)
    appearance = make_appearance()
    call_command("db_worker", batch=True)
    for number in range(NUMBER):
        upload = ContentFile(a_file(), name=f"{number}.pdf")
        documents.store(upload)
    with site(tasks=0, **WITHOUT_SERVER) as running:
        worker = start_worker()
        try:
            wait(lambda: files_in(status="RUNNING").exists())
            warm_up(running.port)
            yield from publications(running.port, appearance)
            yield letter()
            yield lost_index(running.port)
            kill_all(worker)
            worker = start_worker()
            yield after_kill()
            yield Figure(
                "files that still waited after all this", files_in(status="READY").count(), "files", 1, most=False
            )
        finally:
            worker.terminate()
            worker.wait()


def make_appearance():
    """Return an appearance at a published dialogue."""
    series = Series.objects.create(name="Lanes", code="LANES", slug="lanes")
    dialogue = Dialogue.objects.create(series=series, title="Lanes", slug="lanes", starts_on=date(2026, 1, 1))
    publishing.publish(dialogue, by=None)
    speaker = Speaker.objects.create(name="A speaker", slug="a-speaker")
    return Appearance.objects.create(dialogue=dialogue, speaker=speaker, role="panellist")


def start_worker():
    """Start the processes of all lanes, in a group of their own."""
    environment = os.environ | {"DEBUG": "off"} | WITHOUT_SERVER
    return subprocess.Popen([sys.executable, "manage.py", "db_worker"], env=environment, start_new_session=True)


def publications(port, appearance):
    """Yield the seconds that the slowest of some publications took to be found."""
    took = []
    for number in range(PUBLICATIONS):
        word = f"lantern{'abcdefghij'[number]}"
        record = Quote.objects.create(appearance=appearance, text=f"They kept a {word} at the door.")
        publishing.publish(record, by=None)
        took.append(wait(lambda word=word: f"<mark>{word}</mark>" in page(port, f"/search/?q={word}")[1]))
    yield Figure(f"slowest of {PUBLICATIONS} publications to be found, {NUMBER} files waiting", max(took), "seconds", 5)


def letter():
    """Return the seconds until a letter has left."""
    send_mail("Your code", "123456", None, ["someone@example.org"])
    took = wait(lambda: OutgoingEmail.objects.filter(state="sent").exists())
    return Figure("letter until it leaves", took, "seconds", 5)


def lost_index(port):
    """Return the seconds from the loss of the index, seen by a reader, until it is being rebuilt."""
    before = set(QueuedTask.objects.values_list("pk", flat=True))
    folder = Path(settings.DATA_DIR) / "index"
    folder.rename(folder.with_name("lost"))
    page(port, "/search/?q=lantern")
    repairs = QueuedTask.objects.filter(task_path__in=REPAIRS).exclude(pk__in=before)
    took = wait(lambda: repairs.exclude(status="READY").exists())
    again = took + wait(lambda: "<mark>lanterna</mark>" in page(port, "/search/?q=lanterna")[1])
    return Figure(f"index until it is being rebuilt (search answered after {again:.1f})", took, "seconds", 10)


def kill_all(worker):
    """Kill every process of all lanes with SIGKILL."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def after_kill():
    """Return the seconds until all that was being done at the kill has been begun again or is done."""
    stopped = list(files_in(status="RUNNING"))
    tries = {task.pk: len(task.worker_ids) for task in stopped}
    if not tries:
        sys.exit("No file was being read at the kill.")

    def all_begun():
        now = QueuedTask.objects.filter(pk__in=tries)
        return all(len(task.worker_ids) > tries[task.pk] for task in now)

    return Figure(
        f"{len(tries)} files that a kill interrupted until all are begun again", wait(all_begun), "seconds", 60
    )


def files_in(**state):
    """Return the tasks that read files and are in a state."""
    return QueuedTask.objects.filter(queue_name=FILES, **state)


def wait(is_done):
    """Return the seconds until something is done; PATIENCE if it never is."""
    since = time.perf_counter()
    while (took := time.perf_counter() - since) < PATIENCE:
        if is_done():
            return took
        time.sleep(0.05)
    return PATIENCE
