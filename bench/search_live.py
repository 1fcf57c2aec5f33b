"""Readers beside a writer, over HTTP: 8 connections search without pause while contributions change.

The writer publishes, retitles and withdraws contributions one after another. A change must be seen on the search page
within PATIENCE seconds of its commit, once the worker has indexed it. What is withdrawn must be gone at once.
"""

import itertools
import os
import sys
import threading
import time
from statistics import median

from django.db import transaction

from bench.figures import Figure, high
from bench.records import like, publish_many
from bench.search_client import faultless, page, visit, warm_up
from bench.search_questions import QUESTIONS
from bench.served import site
from contributions import workflow
from contributions.models import Contribution

PATIENCE = 5  # seconds after its commit by which a change must be visible
PAUSE = 0.2  # seconds between two changes, and between two looks for one
LEAST = 3  # changes; with fewer nothing was measured


class Writer:
    """Changes one contribution after another, and notes how long search takes to show it."""

    def __init__(self, port):
        self.port, self.waits, self.late, self.shown_still = port, [], [], []
        self.models = iter(list(Contribution.objects.published().order_by("pk")))

    def run(self, until):
        for number, change in enumerate(itertools.cycle([self.publish, self.retitle, self.withdraw])):
            if until():
                return
            change(next(self.models), f"changed{number}x")
            time.sleep(PAUSE)

    def publish(self, model, word):
        """Publish a new contribution with the text of `model`."""
        [one] = publish_many([like(model, reference=word, title=f"Statement {word}", text=model.shown.text)])
        workflow.unpublish(one, by=None)
        workflow.publish(one, by=None)
        self.wait_for(one, word)

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

    def wait_for(self, one, word):
        began = time.perf_counter()
        while not self.shows(one.get_absolute_url(), word):
            if time.perf_counter() - began > PATIENCE:
                self.late.append(word)
                return
            time.sleep(PAUSE)
        self.waits.append(time.perf_counter() - began)

    def shows(self, address, word):
        """Tell whether the search page for a word has a link to the address."""
        _, text = page(self.port, f"/search/?q={word}")
        return f'href="{address}' in text


def measure():
    """Yield the faults that readers met, and the changes that they did not see in time; `SECONDS=` is the duration."""
    seconds = int(os.environ.get("SECONDS") or 60)
    with site() as running:
        warm_up(running.port)
        ends = time.monotonic() + seconds
        read = reading(running.port, lambda: time.monotonic() > ends)
        writer = Writer(running.port)
        writer.run(lambda: time.monotonic() > ends)
        visited = read()
    changes = len(writer.waits) + len(writer.late)
    if changes < LEAST:
        sys.exit(f"Only {changes} changes were checked, which is too few.")
    for one in [*writer.late, *writer.shown_still][:10]:
        print(one, file=sys.stderr)
    yield faultless(visited)
    yield Figure(f"changes of {changes} not visible after {PATIENCE} s", len(writer.late), "changes", 0)
    yield Figure("withdrawn contributions that search still showed", len(writer.shown_still), "contributions", 0)
    yield (
        f"    meanwhile {visited.rate:.1f} requests/s, a page {median(visited.seconds) * 1000:.0f} ms at the median,"
        f" {high(visited.seconds) * 1000:.0f} at p95; a change visible after {median(writer.waits):.1f} s at the median"
    )


def reading(port, until):
    """Let readers search in the background; return a function that waits for them and returns their Visit."""
    visits = []
    addresses = itertools.cycle([one.address for one in QUESTIONS])
    readers = threading.Thread(target=lambda: visits.append(visit(port, addresses, until)))
    readers.start()

    def wait():
        readers.join()
        return visits[0]

    return wait
