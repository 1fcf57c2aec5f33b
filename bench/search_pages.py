"""The search page over HTTP: CPU of each page, the first time and again, and requests a second.

CPU is that of the web worker's process, all its threads together, as the kernel counts it
(/proc/<pid>/task/<tid>/schedstat), from before to after one request while there is no other. One worker answers then,
so that the first time is the first time. Requests a second are those of production's two workers of four threads; the
readers run on the same cores. There is no page cache, and what a worker keeps in memory is empty at the first time.
"""

import itertools
import random
from pathlib import Path
from statistics import median

from bench.figures import Figure, high
from bench.search_client import CONNECTIONS, faultless, page, visit, warm_up, word_pairs
from bench.search_questions import COMMON_PHRASES, QUESTIONS, QUICK
from bench.served import site

WORKERS = 1 if QUICK else 2  # for requests a second
AGAIN = 3  # rounds after the first
UNIQUE = 0 if QUICK else 350  # searches besides the questions, so that the first time lasts long enough to be measured


def measure(report):
    """Yield the figures of the page."""
    yield from cpu_of_pages()
    report("the CPU of pages is measured")
    yield from requests_a_second()
    report("requests a second are measured")


def cpu_of_pages():
    with site(workers=1, tasks=0) as running:
        warm_up(running.port)
        [worker] = running.workers()
        once, again = ([cpu_of(running.port, worker, one) for one in QUESTIONS] for _ in range(2))
    yield Figure("search page, CPU, first time, p50", median(once), "ms", 15)
    yield Figure("search page, CPU, first time, p95", high(once), "ms", 40)
    yield f"    the same again: p50 {median(again):.1f} ms, p95 {high(again):.1f} ms, most {max(again):.1f} ms"
    phrases = of_kind(once, COMMON_PHRASES)
    yield Figure(f"{len(phrases)} phrases of common words, page, CPU, first time, p95", high(phrases), "ms", 50)
    for kind in dict.fromkeys(one.kind for one in QUESTIONS):
        first, second = of_kind(once, kind), of_kind(again, kind)
        yield (
            f"    {kind} ({len(first)}): p50 {median(first):.1f} ms, most {max(first):.1f} ms;"
            f" again {median(second):.1f} and {max(second):.1f} ms"
        )


def of_kind(times, kind):
    return [took for took, one in zip(times, QUESTIONS, strict=True) if one.kind == kind]


def cpu_of(port, worker, question):
    """Return the milliseconds of CPU that a worker takes to answer one question."""
    before = cpu(worker)
    page(port, question.address)
    return (cpu(worker) - before) * 1000


def cpu(pid):
    """Return the seconds of CPU that all threads of a process have taken."""
    files = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(file.read_text().split()[0]) for file in files) / 1e9


def requests_a_second():
    addresses = [one.address for one in QUESTIONS] + list(itertools.islice(word_pairs(1), UNIQUE))
    random.Random(1).shuffle(addresses)  # noqa: S311 - the same order in every run
    with site(workers=WORKERS, tasks=0) as running:
        warm_up(running.port)
        workers = running.workers()
        before = sum(map(cpu, workers))
        once = visit(running.port, addresses)
        spent = sum(map(cpu, workers)) - before
        again = visit(running.port, addresses * AGAIN)
    among = f"{CONNECTIONS} connections, {WORKERS} workers of 4 threads"
    for name, visited in (("first time", once), ("again", again)):
        number = f"{len(visited.seconds)} requests"
        yield Figure(f"search page, {name}, {number}, {among}", visited.rate, "requests/s", 60, most=False)
        middle, slow = (at(visited.seconds) * 1000 for at in (median, high))
        yield f"    a page took {middle:.0f} ms at the median, {slow:.0f} at p95"
    yield f"    all workers together took {spent / once.whole:.2f} cores the first time"
    yield faultless(once, again)
