"""Measure the ranking of results against the judgments in judged_queries.json.

nDCG@10 (Järvelin and Kekäläinen, 2002) with a gain of 2^grade - 1 and a discount of log2; recall@50.
"""

import json
from math import log2
from pathlib import Path
from statistics import mean

from bench.figures import Figure
from bench.search_ours import references
from contributions.models import Contribution

JUDGED = Path(__file__).parent / "judged_queries.json"
KIND = "contribution"
FEW = 2  # a query with at most as many answers is about a known item
# lower bounds of nDCG@10 and recall@50: the reached values minus 0.005; nDCG@10 of all queries was 0.747.
FLOOR = {"all": (0.747, 0.750), "known item": (0.784, 0.876), "topic": (0.722, 0.694)}


def measure(ours, *rivals):
    """Yield the figures of our engine, each followed by those of the rivals for comparison."""
    queries = json.loads(JUDGED.read_text())["queries"]
    judged = {answer for query in queries for answer in query["answers"]}
    if Contribution.objects.filter(reference__in=judged).count() < len(judged):
        yield "left out: relevance, because this corpus is not the one that was judged"
        return
    measured = {engine: scores(queries, engine) for engine in (ours, *rivals)}
    for group, floor in FLOOR.items():
        among = [at for at, query in enumerate(queries) if belongs(query, group)]
        for which, name in enumerate(("nDCG@10", "recall@50")):
            values = {engine: mean(found[at][which] for at in among) for engine, found in measured.items()}
            title = f"{name} of {len(among)} judged queries ({group})"
            yield Figure(title, values[ours], "of 1", floor[which], most=False)
            yield "    " + ", ".join(f"{rival.name} {values[rival]:.3f}" for rival in rivals)


def belongs(query, group):
    return group == "all" or (len(query["answers"]) <= FEW) == (group == "known item")


def scores(queries, engine):
    """Return (nDCG@10, recall@50) of each query."""
    return [score(references(engine.ranking(query["q"], 50, KIND)), query["answers"]) for query in queries]


def score(ranked, answers):
    """Return (nDCG@10, recall@50) of one ranking against {reference: grade}."""
    ideal = gain(sorted(answers.values(), reverse=True))
    found = sum(reference in answers for reference in ranked[:50])
    return gain([answers.get(reference, 0) for reference in ranked]) / ideal, found / len(answers)


def gain(grades):
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades[:10]))
