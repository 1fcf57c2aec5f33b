"""The figures of `make faults`, from what each part has noted."""

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
        injected = [one for one in done if one["fault"] != "none"]
        yield Figure(f"faults injected, {engines} set, seed {state['seed']}", len(injected), "faults", goal, most=False)
        found = [sentence for one in done for sentence in one["complaints"]]
        for kind, name in KINDS.items():
            count = sum(sentence.startswith(f"{kind}:") for sentence in found)
            yield Figure(f"{engines} set: {name}", count, "times", 0)
        waits = sorted(one["settled"] for one in injected)
        yield Figure(f"{engines} set: longest time until all was done again", waits[-1], "seconds", 60)


def is_of(name, engines):
    """Return whether a part ran on a set of engines."""
    return name.startswith("d") == (engines == "distributed")


def counts(state):
    """Return how many faults of each kind were injected, in words."""
    found = {}
    for part in state["parts"].values():
        for one in part:
            key = f"{one['fault']} amid {one['activity']}"
            found[key] = found.get(key, 0) + (one["fault"] != "none")
    return ", ".join(f"{number} {key}" for key, number in sorted(found.items()) if number)
