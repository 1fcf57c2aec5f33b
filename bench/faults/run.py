"""Runs one part of the plan: sets the portal up, injects each fault amid its activity, and checks what is left."""

import hashlib
import http.client
import itertools
import os
import shutil
import threading
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import Error as AnyDatabaseError
from django.db import connections
from django.utils import timezone

from bench.faults import invariants
from bench.faults.activities import Activities
from bench.faults.injector import FAULTS
from bench.faults.ledger import Ledger, seeded
from bench.faults.people import Person
from bench.faults.site import PATIENCE, wait_until
from bench.served import session_of
from contributions.models import Call
from dialogues.models import Dialogue, Series

LOOKS = 16  # searches that reach every process of the web server
LOOK_EVERY = 0.2  # seconds; looking takes the time of the work that is waited for
CHORES_AFTER = 15  # seconds without an end, after which cron comes by
READ = ("/", "/contributions/", "/search/?q=account", "/dialogues/faults/")
MAY_DOUBT = {"lane", "worker", "supervisor", "all"}  # faults that may interrupt the sending of a letter
UNSERVED_BY = {"web_process", "web", "all", "database", "backend"}  # whose faults may cut a page off


def make_call():
    """Return an open call of a public dialogue."""
    now = timezone.now()
    series = Series.objects.create(name="Faults", code="FLT", slug="faults")
    dialogue = Dialogue.objects.create(
        series=series, title="Faults", slug="faults", starts_on=now.date(), published_at=now
    )
    return Call.objects.create(
        dialogue=dialogue, title="Faults", number=1, published_at=now,
        opens_at=now - timedelta(days=30), closes_at=now + timedelta(days=60),
    )  # fmt: skip


def new_searches():
    """Yield searches that nobody has made yet: the answer to one that was made may be kept, and needs no index."""
    return (f"/search/?q=account+{number}" for number in itertools.count())


class Reader(threading.Thread):
    """Somebody who reads public pages all the time. `failed` are the pages that were not served."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.person, self.failed, self.is_over = Person(port), [], threading.Event()

    def run(self):
        """Open one page after the other."""
        number = 0
        while not self.is_over.wait(0.2):
            path = READ[number % len(READ)]
            answer = self.person.get(path)
            number += 1
            if answer.status != http.client.OK:
                self.failed.append(f"served: {path} answers {answer.status} to a reader")

    def stop(self):
        """Return the pages that were not served."""
        self.is_over.set()
        self.join()
        return self.failed


class Run:
    """A part while it runs."""

    def __init__(self, part, seed, site, extra=None):
        self.part, self.seed, self.site, self.ledger = part, seed, site, Ledger()
        self.faults = FAULTS | (extra or {})
        self.usual = {}  # how long each activity takes
        self.looks = new_searches()
        self.in_doubt = 0  # letters that a kill may have interrupted
        users = get_user_model().objects
        staff = users.create_user("staff@example.org", is_staff=True)
        staff.groups.add(Group.objects.get(name="Secretariat"))
        self.bare = []
        filer = Person(site.port, session_of(users.create_user("filer@example.org")), bare=self.bare)
        reviewer = Person(site.port, session_of(staff), bare=self.bare)
        self.activities = Activities(site, self.ledger, make_call(), filer, reviewer, staff)
        self.reader = Person(site.port)

    def inject(self, number, name, activity, when):
        """Inject one fault amid an activity; return what was noted of it."""
        chance, errors, before = seeded(self.seed, self.part.name, number), [], len(self.bare)
        began = time.monotonic()
        words = seeded(self.seed, self.part.name, number, activity)
        self.site.kills_commands = name == "command"
        worker = threading.Thread(target=self.do, args=[activity, words, errors])
        reader = Reader(self.site.port)
        worker.start()
        reader.start()
        has_hit = False
        if name != "none":
            time.sleep(0 if name == "command" else when * self.usual.get(activity, 1.0))
            has_hit = self.faults[name](self.site, chance)
        worker.join()
        failed = reader.stop()
        took = time.monotonic() - began
        self.usual[activity] = 0.7 * self.usual.get(activity, took) + 0.3 * min(took, 5.0)
        complaints = errors + ([] if name in UNSERVED_BY else failed)
        complaints += [f"bare: {one}" for one in self.bare[before:]]
        if name.startswith("index"):  # each process notices damage when it next searches
            for _ in range(LOOKS):
                self.reader.get(next(self.looks))
        settled, still = self.settle()
        self.in_doubt += has_hit and name in MAY_DOUBT
        complaints += [f"hands: {sentence}" for sentence in still] + self.check()
        return {
            "fault": name, "activity": activity, "has_hit": has_hit, "settled": settled,
            "took": time.monotonic() - began, "complaints": complaints,
        }  # fmt: skip

    def do(self, activity, chance, errors):
        """Run an activity, and note the error that ends it."""
        try:
            self.activities.run(activity, chance)
        except Exception as error:
            errors.append(f"other: {activity} was not possible: {error!r}")

    def settle(self):
        """Wait until nothing waits; return the seconds that this took, and what still waits."""
        began, still = time.monotonic(), []

        def is_settled():
            """Look once: a process that was killed may be noticed, and its lane silent for a second, after this."""
            still[:] = self.waiting()
            return not still

        if not wait_until(is_settled, CHORES_AFTER, LOOK_EVERY):
            self.site.command("run_chores")
            wait_until(is_settled, PATIENCE, LOOK_EVERY)
        return time.monotonic() - began, still

    def waiting(self):
        """Return the work that waits, also while the database does not answer."""
        try:
            return invariants.waiting(self.reader.get)
        except AnyDatabaseError as error:
            connections.close_all()
            return [f"everything waits: {error}"]

    def check(self, *, everything=False):
        """Return what is wrong."""
        ids = [message["Message-ID"] for _to, message in self.site.letters]
        return invariants.complaints(
            self.ledger, self.reader.get, letter_ids=ids, letters_in_doubt=self.in_doubt, everything=everything
        )


def set_up():
    """Make the tables and the index of an empty portal; on SQLite, from a copy of the last one."""
    data, kept = Path(settings.DATA_DIR), Path("var") / f"faults-{digest_of_tables()}"
    is_copied = "sqlite3" in settings.DATABASES["default"]["ENGINE"]
    if is_copied and kept.exists():
        shutil.copytree(kept, data, dirs_exist_ok=True)
        return
    call_command("migrate", verbosity=0)
    call_command("rebuild_index", "--noinput", verbosity=0)
    connections.close_all()
    if is_copied:
        fresh = kept.with_name(f"{kept.name}-{os.getpid()}")
        shutil.copytree(data, fresh)
        fresh.replace(kept)


def digest_of_tables():
    """Return a digest of all migrations and of what roles may do."""
    files = [*Path().glob("*/migrations/0*.py"), Path("portal/roles.py"), Path("search/engine/schema.py")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()[:12]
