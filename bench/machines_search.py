"""Search in a Solr cloud, two shards with two copies each, beside the embedded engine: time, relevance, a killed node.

Both are asked all questions of `bench.search_questions` as the search page asks them, in processes of their own. After
five rounds to warm up, each question is asked three times in turn, and the median of the three counts. The first round
is printed beside it. Times are wall time, because Solr works in other processes.
`TIMES=` repeats statements as in `bench.search`.
"""

import json
import os
import subprocess
import sys
import time
from statistics import mean, median
from threading import Event, Thread

import django

os.environ["DEBUG"] = "off"  # otherwise Django keeps a log of all database queries
django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils.translation import override  # noqa: E402

from bench import corpus, import_corpus, relevance  # noqa: E402
from bench.figures import Figure, high  # noqa: E402
from bench.search_ours import LANGUAGES, Ours  # noqa: E402
from bench.search_questions import QUESTIONS  # noqa: E402
from contributions.models import Contribution  # noqa: E402
from search.params import SearchParams  # noqa: E402
from search.query import find  # noqa: E402
from tests.engines.servers import MissingServerError  # noqa: E402
from tests.engines.solr import Solr  # noqa: E402

NODES, SHARDS, HEAP = 2, 2, 768
WARM_UP = 5  # rounds that do not count: Java compiles code that runs often, and a server runs for weeks
ROUNDS = 3
MOST_MORE = 30  # milliseconds at the median
MOST_TIMES = 2  # at the 95th percentile
MOST_LESS = 0.02  # of nDCG@10
MOMENT = 0.2  # seconds between two steps of the kill


def measure(files):
    """Yield the figures of both engines."""
    statements = [path for path in files if path.exists() and not corpus.is_declaration(path)]
    if not statements:
        yield "left out: search in a cloud, because there is no file of statements"
        return
    call_command("migrate", verbosity=0)
    import_corpus.load(corpus.read(statements[0]))
    try:
        cloud = Solr(NODES, SHARDS, HEAP, starts_quickly=False)
    except MissingServerError as error:
        yield f"left out: search in a cloud, because {error}"
        return
    with cloud:
        found = {name: run("relevance", engine) for name, engine in (("embedded", {}), ("cloud", cloud.environment))}
        less = found["embedded"]["nDCG@10"] - found["cloud"]["nDCG@10"]
        yield Figure("nDCG@10 of the cloud less than embedded", less, "of 1", MOST_LESS)
        yield f"    embedded {found['embedded']['nDCG@10']:.4f}, cloud {found['cloud']['nDCG@10']:.4f}"
        for path in statements[1:]:
            import_corpus.load(corpus.read(path))
        repeat(statements)
        size = f"{Contribution.objects.published().count():,} statements"
        times = {name: run("times", engine) for name, engine in (("embedded", {}), ("cloud", cloud.environment))}
        for name, one in times.items():
            yield f"    {name}, {size}: built in {one['built']:.0f} s, a search {spread(one['times'])} ms"
            yield f"    {name}, each question for the first time: {spread(one['first'])} ms"
        own, theirs = times["embedded"]["times"], times["cloud"]["times"]
        yield Figure("whole search in the cloud, more at the median", median(theirs) - median(own), "ms", MOST_MORE)
        yield Figure("whole search in the cloud, p95 by embedded", high(theirs) / high(own), "times", MOST_TIMES)
        yield from killed(cloud)


def killed(cloud):
    """Yield how many searches failed while each node in turn was killed and came back."""
    asking = subprocess.Popen(
        [sys.executable, "-m", "bench.machines_search", "until-told"], env=os.environ | cloud.environment,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    asking.stdout.readline()  # it has begun
    for port in cloud.ports:
        cloud.kill(port)
        time.sleep(10 * MOMENT)
        cloud.start()
        while not cloud.is_whole():
            time.sleep(MOMENT)
    asked, failed, worst = json.loads(asking.communicate("stop\n")[0])
    yield Figure(f"failed of {asked} searches while each node was killed once", failed, "searches", 0)
    yield f"    the slowest took {worst:.0f} ms"


def repeat(statements):
    """Import as many repetitions as are wanted."""
    more = corpus.wanted() - Contribution.objects.published().filter(reference__startswith="UNGD-").count()
    if more > 0:
        import_corpus.load(corpus.repeated(statements, more))


def spread(times):
    return f"{median(times):.1f} / {high(times):.1f} / {max(times):.1f} (p50 / p95 / max)"


def run(what, engine):
    """Return what a process printed that measured something with an engine."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.machines_search", what], env=os.environ | engine,
        stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def ask(question):
    """Run a whole search; return (milliseconds, whether it was answered)."""
    params = SearchParams(question.text, question.filters, question.sort or "relevance", question.page)
    began = time.perf_counter()
    with override(LANGUAGES.get(question.prefix, question.prefix)):
        is_answered = find(params, may_correct=True).is_answered
    return (time.perf_counter() - began) * 1000, is_answered


def built():
    """Rebuild the index; return the seconds that it took."""
    began = time.perf_counter()
    Ours().build()
    return time.perf_counter() - began


def measure_relevance():
    built()
    queries = json.loads(relevance.JUDGED.read_text())["queries"]
    return {"nDCG@10": mean(first for first, _recall in relevance.scores(queries, Ours()))}


def measure_times():
    took = built()
    rounds = [[ask(question)[0] for question in QUESTIONS] for _ in range(WARM_UP + ROUNDS)]
    counted = [median(times) for times in zip(*rounds[WARM_UP:], strict=True)]
    return {"built": took, "first": rounds[0], "times": counted}


def ask_until_told():
    told = Event()
    Thread(target=lambda: (sys.stdin.readline(), told.set()), daemon=True).start()
    print("begun", flush=True)
    asked, failed, worst = 0, 0, 0
    while not told.is_set():
        took, is_answered = ask(QUESTIONS[asked % len(QUESTIONS)])
        asked, failed, worst = asked + 1, failed + (not is_answered), max(worst, took)
    return asked, failed, worst


if __name__ == "__main__":
    jobs = {"relevance": measure_relevance, "times": measure_times, "until-told": ask_until_told}
    print(json.dumps(jobs[sys.argv[1]]()))
