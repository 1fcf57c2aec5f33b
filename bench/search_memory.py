"""The memory of web workers with four warm threads each, after many searches by readers at once.

The proportional set size (PSS) counts a page of memory that processes share, such as the index, in equal parts; the
unique set size (USS) is what would be free again if the process ended (/proc/<pid>/smaps_rollup).
"""

import itertools
import random
from pathlib import Path

from bench import search_answers
from bench.figures import Figure
from bench.search_client import faultless, visit, warm_up, word_pairs
from bench.search_questions import QUESTIONS, QUICK
from bench.served import site

WORKERS = 1 if QUICK else 2
SEARCHES = 10 if QUICK else 1_000  # for each worker
UNIQUE_SIZE = ("Private_Clean", "Private_Dirty")


def measure():
    """Yield the memory of the larger worker."""
    with site(workers=WORKERS, tasks=0) as running:
        warm_up(running.port)
        visited = visit(running.port, addresses(SEARCHES * WORKERS))
        sizes = [sizes_of(pid) for pid in running.workers()]
    largest = max(sizes, key=lambda one: one["Pss"])
    yield Figure(f"memory of a worker, 4 threads, {SEARCHES:,} searches each, PSS", largest["Pss"], "MB", 400)
    for number, one in enumerate(sizes, 1):
        unique = sum(one[name] for name in UNIQUE_SIZE)
        yield f"    worker {number}: PSS {one['Pss']:.0f} MB, USS {unique:.0f} MB, resident {one['Rss']:.0f} MB"
    yield faultless(visited)


def addresses(number):
    """Return so many searches: our questions, those with answers, and pairs of words from the statements."""
    ours = [one.address for one in QUESTIONS] + search_answers.addresses()
    every = list(itertools.islice(itertools.chain(ours, word_pairs(2)), number))
    random.Random(2).shuffle(every)  # noqa: S311 - the same order in every run
    return every


def sizes_of(pid):
    """Return the sizes of a process by name, in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {name: int(rest.split()[0]) / 1024 for name, _, rest in (line.partition(":") for line in lines)}
