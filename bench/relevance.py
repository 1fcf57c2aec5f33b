"""Measure the ranking of results against the judgments in judged_queries.json.

nDCG@10 (Järvelin and Kekäläinen, 2002) with a gain of 2^grade - 1 and a discount of log2; recall@50.
"""

import json
from math import log2
from pathlib import Path
from statistics import mean

from bench.figures import Figure
from contributions.models import Contribution
from search.params import SearchParams
from search.query import find

JUDGED = Path(__file__).parent / "judged_queries.json"
KIND = "contribution"
FEW = 2  # a query with at most as many answers is about a known item
# lower bounds of nDCG@10 and recall@50: the reached values minus 0.005.
FLOOR = {"all": (0.741, 0.750), "known item": (0.784, 0.876), "topic": (0.722, 0.694)}


def measure(other):
    """Yield the figures of our engine, each followed by that of `other` for comparison."""
    queries = json.loads(JUDGED.read_text())["queries"]
    judged = {answer for query in queries for answer in query["answers"]}
    names = dict(Contribution.objects.values_list("pk", "reference"))
    if not judged.issubset(names.values()):
        yield "left out: relevance, because this corpus is not the one that was judged"
        return
    ours = scores(queries, our_ranking)
    others = scores(queries, lambda line: [names[pk_of(key)] for key in other.ranking(line, 50, KIND)])
    for group, floor in FLOOR.items():
        among = [at for at, query in enumerate(queries) if belongs(query, group)]
        for measured, name in enumerate(("nDCG@10", "recall@50")):
            value = mean(ours[at][measured] for at in among)
            yield Figure(f"{name} of {len(among)} judged queries ({group})", value, "of 1", floor[measured], most=False)
            yield f"    {other.name}: {mean(others[at][measured] for at in among):.4f}"


def belongs(query, group):
    return group == "all" or (len(query["answers"]) <= FEW) == (group == "known item")


def scores(queries, ranking):
    """Return (nDCG@10, recall@50) of each query; `ranking(text)` returns references, the best first."""
    return [score(ranking(query["q"]), query["answers"]) for query in queries]


def score(ranked, answers):
    """Return (nDCG@10, recall@50) of one ranking against {reference: grade}."""
    ideal = gain(sorted(answers.values(), reverse=True))
    found = sum(reference in answers for reference in ranked[:50])
    return gain([answers.get(reference, 0) for reference in ranked]) / ideal, found / len(answers)


def gain(grades):
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades[:10]))


def our_ranking(line):
    found = find(SearchParams(line, filters={"kind": KIND}), per_page=50)
    return [hit.record.reference for hit in found.hits]


def pk_of(key):
    return int(key.rsplit(".", 1)[1])
