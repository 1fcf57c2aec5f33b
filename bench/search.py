"""Measure the search engine beside stock Haystack with Whoosh, SQLite's FTS5 and tantivy, on the same records.

Each does the same: ten hits, their total, the counts of eight facets, and a snippet of each hit with the words
highlighted. All take turns within one run, so that other load on the machine affects all of them alike.
"""

import itertools
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import mean, median
from unittest.mock import patch

import django

os.environ["DEBUG"] = "off"  # otherwise Django keeps a log of all database queries
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from haystack import connections  # noqa: E402

from bench import import_corpus, relevance, search_live  # noqa: E402
from bench.figures import Figure  # noqa: E402
from bench.records import like, publish_many  # noqa: E402
from bench.search_fts5 import Fts5  # noqa: E402
from bench.search_questions import QUESTIONS  # noqa: E402
from bench.search_stock import Stock  # noqa: E402
from bench.search_tantivy import Tantivy  # noqa: E402
from contributions.models import Contribution  # noqa: E402
from search.models import Effect, IndexJob  # noqa: E402
from search.params import SearchParams  # noqa: E402
from search.query import find  # noqa: E402
from search.tasks import public_records, rebuild, update_index  # noqa: E402

FEW, MOST = 1_000, 10_000  # statements; the growth of a query's time is measured between the two
ROUNDS = 6  # of all queries; the first warms up
PUBLISHED = 20  # records, one after another


class Ours:
    """The portal's own engine, used as the search page uses it."""

    name = "ours"

    def ask(self, line):
        """Run a whole search; return the number of matches."""
        return find(SearchParams(line)).total

    def build(self):
        """Index everything; return the seconds that it took."""
        IndexJob.objects.all().delete()  # a rebuild has all that the import queued
        began = time.perf_counter()
        rebuild()
        return time.perf_counter() - began

    def publish(self, record):
        """Make one record findable: write its job, as saving it does, and run the worker's task."""
        IndexJob.objects.create(label=record._meta.label_lower, object_id=record.pk, effect=Effect.NEW)
        update_index.call()

    def finds(self, line, record):
        return any(hit.record.pk == record.pk for hit in find(SearchParams(line)).hits)


def measure(corpus):
    """Yield the figures of this part."""
    if not corpus.exists():
        yield f"left out: search, because there is no file {corpus}"
        return
    call_command("migrate", verbosity=0)
    folder, ours = Path(settings.DATA_DIR), Ours()
    small = import_statements(corpus, folder, ours)
    stock, fts5, others = Stock(folder), Fts5(folder), Tantivy(folder)
    yield from compare_building(ours, stock, fts5, others)
    yield from compare_queries(ours, stock, fts5, others)
    yield growth(ours, small)
    yield memory()
    yield from relevance.measure(fts5)
    yield compare_publishing(ours, stock)
    yield from search_live.measure()


def report(message):
    print(message, file=sys.stderr, flush=True)


def import_statements(corpus, folder, ours):
    """Import the corpus, and return an engine whose index has only the first FEW statements."""
    records = itertools.islice(import_corpus.read(corpus), MOST)
    load(itertools.islice(records, FEW))
    settings.HAYSTACK_CONNECTIONS["small"] = settings.HAYSTACK_CONNECTIONS["default"] | {"PATH": str(folder / "small")}
    small = connections["small"].get_backend()
    with in_use(small):
        ours.build()
    load(records)
    report(f"{Contribution.objects.count()} statements imported")
    return small


def load(records):
    while batch := list(itertools.islice(records, import_corpus.BATCH)):
        import_corpus.load_batch(batch)


def in_use(backend):
    """Return a context in which the portal searches and writes this index."""
    return patch.object(connections["default"], "get_backend", lambda: backend)


def compare_building(ours, stock, fts5, others):
    """Measure a full build of each index; ours before and after stock's, which takes minutes."""
    number = sum(len(records) for _, records in public_records())
    before = ours.build()
    report(f"indexed by ours in {before:.0f} s; stock begins")
    took = stock.build(lambda done: report(f"{done} of {number} indexed by stock"))
    ours_took = mean([before, ours.build()])
    yield Figure(f"full rebuild of {number} records, stock by ours", took / ours_took, "times", 10, most=False)
    for name, seconds in [
        (ours.name, ours_took),
        (stock.name, took),
        *((rival.name, rival.build(public_records())) for rival in (fts5, others)),
    ]:
        yield f"    {name}: {seconds / number * 1000:.2f} ms a record, reading it included"


def compare_queries(ours, stock, fts5, others):
    """Measure whole searches of each, in turns."""
    rivals = [ours, stock, fts5, others]
    rounds = take_turns(rivals, QUESTIONS, ROUNDS)
    warm = {rival: list(itertools.chain(*(one[rival] for one in rounds[1:]))) for rival in rivals}
    for rival in rivals:
        first = rounds[0][rival]
        yield (
            f"    {rival.name}: {median(warm[rival]):.1f} ms at the median, {high(warm[rival]):.1f} at p95"
            f" (first round: {median(first):.1f} and {high(first):.1f})"
        )
    middle, slow = ({rival: at(warm[rival]) for rival in rivals} for at in (median, high))
    yield Figure("query at the median, stock by ours", middle[stock] / middle[ours], "times", 10, most=False)
    yield Figure("query at p95, stock by ours", slow[stock] / slow[ours], "times", 5, most=False)
    yield Figure("query at the median, ours by SQLite FTS5", middle[ours] / middle[fts5], "times", 3)


def take_turns(rivals, questions, rounds):
    """Return, for each round, the milliseconds that each rival took for each query: [{rival: [ms]}]."""
    times = []
    for number in range(rounds):
        times.append({rival: [] for rival in rivals})
        for at, line in enumerate(questions):
            turn = (number + at) % len(rivals)  # so that no rival always follows stock
            for rival in [*rivals[turn:], *rivals[:turn]]:
                began = time.perf_counter()
                total = rival.ask(line)
                times[-1][rival].append((time.perf_counter() - began) * 1000)
                if not total and not number:
                    report(f"{rival.name} finds nothing for {line}")
        report(f"round {number + 1} of {rounds} asked")
    return times


def high(times):
    """Return the 95th percentile."""
    return sorted(times)[int(len(times) * 0.95)]


def growth(ours, small):
    """Measure how much longer a query takes on all statements than on the first FEW, in turns."""
    few, all_of_them = [], []
    for number in range(ROUNDS):
        with in_use(small):
            fresh_few = take_turns([ours], QUESTIONS, 1)[0][ours]
        fresh_all = take_turns([ours], QUESTIONS, 1)[0][ours]
        few, all_of_them = (few + fresh_few, all_of_them + fresh_all) if number else (few, all_of_them)
    name = f"median query from {FEW:,} to {Contribution.objects.count():,} statements"
    return Figure(name, median(all_of_them) / median(few), "times", 8)


def memory():
    """Measure the memory of a web process that has answered many searches."""
    run = subprocess.run(
        [sys.executable, "-m", "bench.search_memory"], stdout=subprocess.PIPE, check=True, text=True,
        env=os.environ | {"DEBUG": "on"},
    )  # fmt: skip
    searches, held = run.stdout.split()
    return Figure(f"memory of a web process after {searches} searches", float(held), "MB", 400)


def compare_publishing(ours, stock):
    """Measure how long it takes to make a new record findable, PUBLISHED times; the check itself is not measured."""
    times = {ours: [], stock: []}
    for number in range(PUBLISHED):
        record, word = one_more(number)
        for rival in [ours, stock] if number % 2 else [stock, ours]:
            began = time.perf_counter()
            rival.publish(record)
            times[rival].append((time.perf_counter() - began) * 1000)
            if not rival.finds(word, record):
                sys.exit(f"{rival.name} does not find what was just published.")
    took = {rival: median(values) for rival, values in times.items()}
    name = f"one document published ({took[stock]:.0f} and {took[ours]:.0f} ms), stock by ours"
    return Figure(name, took[stock] / took[ours], "times", 5, most=False)


def one_more(number):
    """Return a new published contribution that has no index job, and a word that only it has."""
    word, model = f"published{number}x", Contribution.objects.published().select_related("shown").order_by("pk")[number]
    pair = like(model, reference=f"ONE-{number}", title=f"Statement {word}", text=f"{word}\n\n{model.shown.text}")
    [one] = publish_many([pair])
    return one, word
