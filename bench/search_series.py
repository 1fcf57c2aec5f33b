"""A series saved unchanged, then renamed, with all statements below it: which results are missing meanwhile.

Nothing is indexed while they are counted. Then the worker's task runs, and they are counted again after each batch.
"""

import time
from statistics import median

from bench.figures import Figure
from dialogues.models import Series
from search.models import IndexJob
from search.params import SearchParams
from search.query import find
from search.tasks import public_records, update_index

CODE = "UNGD"
PROBES = ["peace", "human rights", '"Security Council"', "nation*", "Africa women", "remittances"]


def measure(report):
    """Yield the results that are missing after each change."""
    number = sum(len(records) for _, records in public_records())
    series = Series.objects.get(code=CODE)
    for change in ("saved", "renamed"):
        before, quick = counted()
        if change == "renamed":
            series.name = f"{series.name}, renamed"
        series.save()
        jobs = IndexJob.objects.count()
        after, slow = counted()
        missing = [missing_of(before, after)]
        began = time.process_time()
        while IndexJob.objects.exists():
            update_index.call()
            missing.append(missing_of(before, counted()[0]))
            report(f"{IndexJob.objects.count()} of {jobs} jobs wait")
        name = f"results missing after a series of {number:,} records is {change}"
        yield Figure(name, max(missing), "results", 0)
        yield (
            f"    {jobs:,} jobs, done in {time.process_time() - began:.1f} s of CPU;"
            f" a search took {quick:.1f} ms of CPU before and {slow:.1f} while they waited"
        )


def counted():
    """Return {question: results}, and the median milliseconds of CPU of a search."""
    totals, times = {}, []
    for text in PROBES:
        began = time.process_time()
        totals[text] = find(SearchParams(text)).total
        times.append((time.process_time() - began) * 1000)
    return totals, median(times)


def missing_of(before, after):
    return sum(max(0, before[text] - after[text]) for text in before)
