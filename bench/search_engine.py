"""The engine alone beside FTS5 and tantivy: CPU of each question, the first time and again, each in fresh processes.

Ours is measured twice at once: the engine's own `find`, which gives the ids of ten hits, their number and the counts of
eight facets; and all that a page needs of a search, which loads the hits through the gate and cuts their passages. The
rivals give ten hits with their snippets, their number and the counts of the facets, without a gate.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from unittest.mock import patch

import django

django.setup()

from django.conf import settings  # noqa: E402
from haystack import connections  # noqa: E402

from bench.figures import Figure, high  # noqa: E402
from bench.search_fts5 import Fts5  # noqa: E402
from bench.search_ours import Ours  # noqa: E402
from bench.search_questions import COMMON_PHRASES, QUESTIONS, QUICK, Question  # noqa: E402
from bench.search_tantivy import Tantivy  # noqa: E402

RUNS = 1 if QUICK else 2  # processes for each engine; of each question the quicker one counts
ENGINES = {
    "ours": lambda folder: Ours(),
    "fts5-or": lambda folder: Fts5(folder, "OR"),
    "fts5-and": lambda folder: Fts5(folder, "AND"),
    "tantivy-or": lambda folder: Tantivy(folder, "OR"),
    "tantivy-and": lambda folder: Tantivy(folder, "AND"),
}
RIVALS = ["tantivy-or", "tantivy-and"]  # with which ours is compared: it is stricter than the one, laxer than the other
WARM_UP = Question("warm-up", "zzyzx")  # opens the index


def measure(report):
    """Yield the times of all engines, and how they compare."""
    times = {}
    for name in ENGINES:
        times |= quickest([run(name) for _ in range(RUNS)])
        report(f"{name} asked")
    for name, (once, again) in times.items():
        yield f"    {name}: {summary(once)} ms of CPU the first time, {summary(again)} again"
    for rival in RIVALS:
        ratio = high(times["ours"][0]) / high(times[rival][0])
        yield Figure(f"engine, first time, p95, ours by {rival} with snippets and facets", ratio, "times", 2)
    phrases = [took for took, one in zip(times["ours"][0], QUESTIONS, strict=True) if one.kind == COMMON_PHRASES]
    yield f"    ours, {len(phrases)} phrases of common words, engine alone: {summary(phrases)} ms of CPU the first time"
    cost = median(times["ours with gate and passages"][0]) - median(times["ours"][0])
    yield f"    gate, waiting jobs, labels and passages, which rivals skip: {cost:.1f} ms of CPU at the median"


def summary(times):
    return f"{median(times):.1f} / {high(times):.1f} / {max(times):.1f} (p50 / p95 / max)"


def run(name):
    """Return {name: [first times, times again]} of an engine, asked in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.search_engine", name], env=os.environ | {"DEBUG": "off"},
        stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def quickest(runs):
    """Return the same as one run, with the least time of each question."""
    return {
        name: [[min(times) for times in zip(*(run[name][at] for run in runs), strict=True)] for at in (0, 1)]
        for name in runs[0]
    }


def main(name):
    engine = ENGINES[name](Path(settings.DATA_DIR))
    if name == "ours":
        whole, alone = asked_with_engine(engine)
        print(json.dumps({"ours": alone, "ours with gate and passages": whole}))
    else:
        engine.ask(WARM_UP)
        print(json.dumps({name: [[timed(engine.ask, one)[0] for one in QUESTIONS] for _ in range(2)]}))


def asked_with_engine(ours):
    """Return the times of whole searches, and those of the engine within them."""
    backend = type(connections["default"].get_backend())
    find, spent = backend.find, []

    def timed_find(*given):
        took, result = timed(find, *given)
        spent.append(took)
        return result

    whole, alone = [], []
    with patch.object(backend, "find", timed_find):
        ours.ask(WARM_UP)
        for _ in range(2):
            whole.append([])
            alone.append([])
            for question in QUESTIONS:
                spent.clear()
                whole[-1].append(timed(ours.ask, question)[0])
                alone[-1].append(sum(spent))  # more than one if a correction was searched for
    return whole, alone


def timed(function, *given):
    """Return the milliseconds of CPU that a call took, and its result."""
    began = time.process_time()
    result = function(*given)
    return (time.process_time() - began) * 1000, result


if __name__ == "__main__":
    main(sys.argv[1])
