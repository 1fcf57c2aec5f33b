"""Which faults are injected while what goes on: a list from a seed, the same in every run."""

from dataclasses import dataclass

from bench.faults.ledger import seeded

FILING, REVIEW, IMPORT, DRAWING, COMMANDS = (
    ("filing", "draft"),
    ("publication", "take_down"),
    ("batch",),
    ("drawing",),
    ("rebuild", "backup", "chores", "mirror"),
)
USE = (*FILING, *FILING, *REVIEW, *IMPORT)
ANY = (*USE, *COMMANDS, *DRAWING)

# Each fault, how often it is chosen, and the activities that it is injected into.
EMBEDDED = {
    "web_process": (10, USE), "web": (8, USE), "lane": (12, ANY), "worker": (8, ANY), "supervisor": (4, USE),
    "child": (9, (*FILING, *IMPORT, *DRAWING)), "command": (10, (*COMMANDS, "restore")), "all": (8, ANY),
    "disk_full": (9, ANY), "lock": (6, ANY), "long_lock": (3, USE), "index_deleted": (4, (*REVIEW, "filing")),
    "index_cut": (4, (*REVIEW, "filing")), "index_flipped": (5, (*REVIEW, "filing")), "mail_away": (5, FILING),
    "mail_drops": (4, FILING),
}  # fmt: skip
CLOCK = {"clock": (1, (*FILING, "batch"))}
DISTRIBUTED = {
    "web_process": (6, USE), "web": (4, USE), "lane": (8, ANY), "worker": (6, ANY), "child": (4, (*FILING, *DRAWING)),
    "command": (6, COMMANDS), "all": (4, USE), "database": (10, ANY), "backend": (12, ANY), "replica": (10, USE),
    "redis": (10, USE), "s3": (12, (*FILING, *REVIEW)), "table_lock": (5, USE), "mail_away": (3, FILING),
    "index_deleted": (3, REVIEW),
}  # fmt: skip

SEARCH = (*REVIEW, "filing")
CLOUD = {
    "solr_node": (4, SEARCH), "solr": (3, SEARCH), "zookeeper": (3, SEARCH), "index_alias": (2, SEARCH),
    "lane": (2, ("rebuild", *REVIEW)), "command": (2, ("rebuild",)), "all": (1, REVIEW),
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A part of the plan: its name, the set of engines that it runs on, and what it may choose from."""

    name: str
    engines: str
    choices: dict
    length: int

    def faults(self, seed):
        """Return its faults: triples of the fault, the activity, and when during that, from 0 to 1."""
        chance = seeded(seed, self.name)
        names, weights = list(self.choices), [often for often, _activities in self.choices.values()]
        found = [("none", "filing", 0.0), ("none", "publication", 0.0)]  # so that something is there to be lost
        while len(found) < self.length + 2:
            [name] = chance.choices(names, weights)
            found.append((name, chance.choice(self.choices[name][1]), chance.random()))
        return found


PARTS = [
    *[Part(f"e{number}", "embedded", EMBEDDED, 80) for number in range(1, 13)],
    Part("e13", "clock", CLOCK, 70),
    *[Part(f"d{number}", "distributed", DISTRIBUTED, 40) for number in range(1, 4)],
    Part("d4", "cloud", CLOUD, 30),
]
