"""Readers beside a writer, over HTTP: 8 connections search without pause while contributions change.

The writer publishes, retitles and withdraws contributions one after another. A change must be seen on the search page
within PATIENCE seconds of its commit, once the worker has indexed it. What is withdrawn must be gone at once.
"""

import itertools
import os
import sys
import threading
import time
from contextlib import contextmanager
from statistics import median

from django.db import transaction

from bench.figures import Figure, high
from bench.records import like, publish_many
from bench.search_client import faultless, page, visit, warm_up
from bench.search_questions import QUESTIONS, QUICK
from bench.served import site
from contributions import workflow
from contributions.models import Contribution

PATIENCE = 5  # seconds after its commit by which a change must be visible
PAUSE = 0.2  # seconds between two changes, and between two looks for one
LEAST = 3 if QUICK else 4  # changes, even if they take longer
START = 60  # seconds that the worker may take to start


class Writer:
    """Changes one contribution after another, and notes how long search takes to show it."""

    def __init__(self, port):
        self.port, self.waits, self.late, self.shown_still = port, [], [], []
        self.models = iter(list(Contribution.objects.published().order_by("pk")))

    @property
    def changes(self):
        """The number of changes that were waited for."""
        return len(self.waits) + len(self.late)

    def begin(self):
        """Make a first change, for which the worker may take longer, because it starts."""
        self.publish(next(self.models), "changedfirst", patience=START)
        self.waits.clear()

    def run(self, until):
        """Make one change after another until it is time to stop."""
        for number, change in enumerate(itertools.cycle([self.publish, self.retitle, self.withdraw])):
            if until():
                return
            change(next(self.models), f"changed{number}x")
            time.sleep(PAUSE)

    def publish(self, model, word, patience=PATIENCE):
        """Publish a new contribution with the text of `model`."""
        [one] = publish_many([like(model, reference=word, title=f"Statement {word}", text=model.shown.text)])
        workflow.unpublish(one, by=None)
        workflow.publish(one, by=None)
        self.wait_for(one, word, patience)

    def retitle(self, one, word):
        """Change a title, as the correction of a filer does."""
        one.shown.title = f"Statement {word}"
        with transaction.atomic():
            one.shown.save(update_fields=["title"])
            one.save(update_fields=["updated_at"])
        self.wait_for(one, word)

    def withdraw(self, one, word):
        address = one.get_absolute_url()
        workflow.withdraw(one, by=None)
        if self.shows(address, one.reference):
            self.shown_still.append(one.reference)

    def wait_for(self, one, word, patience=PATIENCE):
        began = time.perf_counter()
        while not self.shows(one.get_absolute_url(), word):
            if time.perf_counter() - began > patience:
                self.late.append(word)
                return
            time.sleep(PAUSE)
        self.waits.append(time.perf_counter() - began)

    def shows(self, address, word):
        """Return whether the search page for a word has a link to the address."""
        _, text = page(self.port, f"/search/?q={word}")
        return f'href="{address}' in text


def measure():
    """Yield the faults that readers met, and the changes that they did not see in time; `SECONDS=` is the duration."""
    seconds = int(os.environ.get("SECONDS") or (5 if QUICK else 60))
    with site() as running:
        warm_up(running.port)
        writer = Writer(running.port)
        writer.begin()
        ends = time.monotonic() + seconds
        with reading(running.port) as visits:
            writer.run(lambda: time.monotonic() > ends and writer.changes >= LEAST)
    [visited] = visits
    for one in [*writer.late, *writer.shown_still][:10]:
        print(one, file=sys.stderr)
    yield faultless(visited)
    yield Figure(f"changes of {writer.changes} not visible after {PATIENCE} s", len(writer.late), "changes", 0)
    yield Figure("withdrawn contributions that search still showed", len(writer.shown_still), "contributions", 0)
    wait = f"{median(writer.waits):.1f} s at the median" if writer.waits else "more than that"
    yield (
        f"    meanwhile {visited.rate:.1f} requests/s, a page {median(visited.seconds) * 1000:.0f} ms at the median,"
        f" {high(visited.seconds) * 1000:.0f} at p95; a change visible after {wait}"
    )


@contextmanager
def reading(port):
    """Let readers search in the background, until the block ends; the list that it yields then holds their Visit."""
    visits, ended = [], threading.Event()
    addresses = itertools.cycle([one.address for one in QUESTIONS])
    readers = threading.Thread(target=lambda: visits.append(visit(port, addresses, ended.is_set)))
    readers.start()
    try:
        yield visits
    finally:
        ended.set()
        readers.join()
