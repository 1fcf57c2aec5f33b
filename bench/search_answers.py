"""Questions with known answers: which engine puts a right statement first, or among the first ten.

search_answers.json says how the questions were written. Only contributions are asked for. A repeated statement counts
as the one that it repeats. The mean reciprocal rank is that of the first right answer, 0 if it is not among the ten.
"""

import json
from pathlib import Path
from statistics import mean

from bench.corpus import original
from bench.figures import Figure
from bench.search_ours import references
from bench.search_questions import Question
from contributions.models import Contribution

FILE = Path(__file__).with_suffix(".json")
KIND = "contribution"
SHOWN = 10  # answers of which a reader looks at the first page
ASKED = 40  # contributions, which hold at least SHOWN statements, however often each is repeated
GOALS = {"first": 0.80, "in ten": 0.92}


def measure(ours, *rivals):
    """Yield the shares of our engine with their goals, then the figures of all engines by kind of question."""
    every = read()
    there = set(Contribution.objects.published().values_list("reference", flat=True))
    questions = [one for one in every if there.issuperset(one["answers"])]
    if len(questions) < len(every):
        yield f"left out: {len(every) - len(questions)} questions, because their answers are not all in this corpus"
    if not questions:
        return
    ranks = {engine: [rank(engine, one) for one in questions] for engine in (ours, *rivals)}
    title = f"of {len(questions)} questions"
    yield Figure(f"right answer first, {title}", first(ranks[ours]), "of 1", GOALS["first"], most=False)
    yield Figure(f"right answer in ten, {title}", in_ten(ranks[ours]), "of 1", GOALS["in ten"], most=False)
    for engine, found in ranks.items():
        yield f"    {engine.name}: first {first(found):.3f}, in ten {in_ten(found):.3f}, {kinds(questions, found)}"
    for group, drawn in (("drawn at random", True), ("thought of", False)):
        among = [place for one, place in zip(questions, ranks[ours], strict=True) if one["drawn"] is drawn]
        if among:
            yield f"    ours, {group}: first {first(among):.3f}, in ten {in_ten(among):.3f}"
    for one, place in zip(questions, ranks[ours], strict=True):
        if place != 1:
            yield f"    ours {f'at {place}' if place else 'not in ten'}: {one['kind']}: {one['q']}"


def read():
    return json.loads(FILE.read_text("utf8"))["questions"]


def addresses():
    """Return the questions as addresses of the search page."""
    return [Question(one["kind"], one["q"]).address for one in read()]


def rank(engine, question):
    """Return the place of the first right answer, or None if it is not among the ten."""
    ranked = [original(reference) for reference in references(engine.ranking(question["q"], ASKED, KIND))]
    distinct = list(dict.fromkeys(ranked))[:SHOWN]
    return next((place for place, one in enumerate(distinct, 1) if one in question["answers"]), None)


def first(ranks):
    return mean(place == 1 for place in ranks)


def in_ten(ranks):
    return mean(place is not None for place in ranks)


def reciprocal(ranks):
    return mean(1 / place if place else 0 for place in ranks)


def kinds(questions, ranks):
    """Return the mean reciprocal ranks, of all questions and of each kind, as a text."""
    by_kind = {}
    for question, place in zip(questions, ranks, strict=True):
        by_kind.setdefault(question["kind"], []).append(place)
    parts = [f"{kind} {reciprocal(among):.3f}" for kind, among in by_kind.items()]
    return f"mean reciprocal rank {reciprocal(ranks):.3f} ({', '.join(parts)})"
