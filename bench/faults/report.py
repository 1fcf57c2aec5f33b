"""The figures of `make faults`, from what each part has noted."""

from collections import Counter

from bench.figures import Figure

GOALS = {"embedded": 900, "distributed": 100}
KINDS = {
    "lost": "acknowledged and lost, doubled or damaged",
    "shown": "shown without being public, or public and not shown",
    "half": "half published, or at odds with the log",
    "served": "pages that could have been served and were not",
    "hands": "needed a hand, or did not end by itself",
    "bare": "errors that did not say that what was typed is kept",
    "other": "other faults of the portal",
}


def figures(state):
    """Yield the figures of all parts that have run."""
    for engines, goal in GOALS.items():
        done = [one for name, part in state["parts"].items() for one in part if is_of(name, engines)]
        if not done:
            continue
        hits = [one for one in done if has_hit(one)]
        name = f"faults that hit something, {engines} set, seed {state['seed']}"
        yield Figure(name, len(hits), "faults", goal, most=False)
        found = [sentence for one in done for sentence in one["complaints"]]
        for kind, name in KINDS.items():
            count = sum(sentence.startswith(f"{kind}:") for sentence in found)
            yield Figure(f"{engines} set: {name}", count, "times", 0)
        longest = max(one["settled"] for one in done)
        yield Figure(f"{engines} set: longest time until all was done again", longest, "seconds", 60)


def is_of(name, engines):
    """Return whether a part ran on a set of engines."""
    return name.startswith("d") == (engines == "distributed")


def has_hit(noted):
    """Return whether a fault hit something. What an earlier version noted does not say so, and does not count."""
    return noted.get("has_hit", False)


def counts(state):
    """Return in words how many faults of each kind hit something, and how many hit nothing."""
    injected = [one for part in state["parts"].values() for one in part if one["fault"] != "none"]
    hits, misses = (
        Counter(f"{one['fault']} amid {one['activity']}" for one in injected if has_hit(one) == is_hit)
        for is_hit in (True, False)
    )
    return f"{in_words(hits)}\nThese hit nothing and are not counted: {in_words(misses) or 'none'}."


def in_words(numbers):
    """Return numbers with their names."""
    return ", ".join(f"{number} {name}" for name, number in sorted(numbers.items()))
