"""Find the names of people in prose, with the title, office or role that directly precedes each name."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from text.proper_names import LOWER, OTHER_CAPITALS, PLACES, UPPER
from text.words import STOP_WORDS, fold

from .known_names import KnownName
from .words import WORDS

PREFIX = rf"(?:(?:[Aa]l|[Ee]l|ul|as|an|[Dd]ell|[Dd]all|d|l)[-’'])?(?:[{UPPER}]['’]|Mc|Mac|Di|De|La|Le|Fitz)?"
PART = rf"{PREFIX}[{UPPER}](?:[{LOWER}]+|[{UPPER}]+)(?:[-’'](?!s\b)[{UPPER}{LOWER}][{LOWER}{UPPER}]*)*"
PARTICLES = (
    "van [’']t|de la|de las|de los|de|del|della|di|da|das|do|dos|du|van der|van den|van de|van|von der|von|zu|der|den"
    "|ter|el|al|bin|ibn|bint|ben|abu|ould|wa|la|le|y|e|i|af|av|Ó|Ní|O|St"
)
INITIAL, QUOTED = rf"[{UPPER}]\.(?:[{UPPER}]\.)*", rf"[“\"‘'(]{PART}[”\"’')](?= {PART})"
NEXT_PART = rf"(?:(?:{PARTICLES})[ \u00a0])?(?:[ʻ‘']?{PART}|{INITIAL}|{QUOTED})"
FIRST_PART = rf"(?:(?<=[a-z][.] )(?:{PARTICLES}) )?(?:[{UPPER}]\.[ \u00a0]?){{0,3}}{PART}"
NAME_RUN = re.compile(rf"(?<![\w’'@/-]){FIRST_PART}(?:[ \u00a0]{NEXT_PART})*")
FORMS_OF_ADDRESS = re.compile(r"\b(?:(?:Mr|Mrs|Ms|M|Sra?|Dra?|Prof|Amb|Hon|H\.\s?E|Lt|Col|Capt|Cdr|Gen|Rev|Fr)\.\s+)+$")
SHE, HE = WORDS["she"], WORDS["he"]
COURTESY, TITLES, OFFICES = SHE | HE | WORDS["courtesy"], WORDS["titles"], WORDS["offices"]
JOB_WORDS = OFFICES | WORDS["in jobs"]
ROLES = {
    "chair": "chair", "chairperson": "chair", "chairwoman": "chair", "chairman": "chair", "co-chair": "co-chair",
    "co-chairperson": "co-chair", "moderator": "moderator", "facilitator": "moderator", "panellist": "panellist",
    "panelist": "panellist", "speaker": "speaker",
} | {f"copr{e}sident{end}": "co-chair" for e in "eé" for end in ("", "e", "a")} | dict.fromkeys(
    ("moderateur", "modérateur", "moderatrice", "modératrice", "moderador", "moderadora"), "moderator"
)  # fmt: skip
MOST_WORDS = 10  # in a name; a longer run of capitals is a heading or a list
OPENERS = {fold(word) for word in STOP_WORDS["en"]} - {"m"} | WORDS["openers"]
NOT_IN_NAMES = OTHER_CAPITALS - {"christian", "april", "august", "june", "general", "minister"} | WORDS["not in names"]
# What follows these words is not a person: "the Hope", "at Hope House", "the network Safe Harbour", "(Hope".
THING_BEFORE = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]t|in|NGO|[a-z]+ union|enterprise|organi[sz]ation|network|foundation|association|project"
    r"|confederation|group|body)|[A-Z]\w+ (?:of|for|against|in|on))\s+$|\($"
)


@dataclass(frozen=True)
class NameMention:
    """A person's name: the offsets of the name, and in `lead` that of the title or office before it."""

    lead: int
    start: int
    end: int
    name: str
    title: str
    role: str
    gender: str  # "she" or "he" if a form of address shows it, or ""


def find_names(prose: str, known: Collection[KnownName] = ()) -> list[NameMention]:
    """Return the names of people: of two words or more, of one after a form of address, and later the ends of these.

    What shares all or more than one word with a series, a topic or an organization of the database is not a person.
    """
    people = {fold(one.name) for one in known if one.kind == "person"}
    things = [one for one in known if one.kind != "person"]
    shared = (
        (run, prose[max(one.start, run.start()) : min(one.end, run.end())])
        for run in NAME_RUN.finditer(prose) for one in things
    )  # fmt: skip
    taken = {run.start() for run, words in shared if " " in words or words == run[0]}
    runs = [run for run in NAME_RUN.finditer(prose) if run.start() not in taken]
    full = [fold(one.name).split() for run in runs if (one := _parse(prose, run, people))]
    parts = {" ".join(words[-count:]) for words in full for count in range(1, len(words))}
    parts |= {words[0] for words in full if len(words) > 1}  # the family name comes first in many countries
    return [one for run in runs if (one := _parse(prose, run, people | parts))]


def _parse(prose: str, run: re.Match[str], names: Collection[str]) -> NameMention | None:
    """Return the name in a run of capitalized words, or None; `names` are surely those of people."""
    before = FORMS_OF_ADDRESS.search(prose, max(0, run.start() - 30), run.start())
    found = list(re.finditer(r"\S+", prose[: run.end()][(begin := before.start() if before else run.start()) :]))
    words = [(begin + one.start(), one[0], fold(one[0]).strip(".“”\"'" if len(one[0]) > 2 else "")) for one in found]
    leading = COURTESY | TITLES | JOB_WORDS | ROLES.keys() | OPENERS
    while words and (words[0][2] in leading or (len(words) > 2 and words[0][1].isupper() and len(words[0][1]) > 2)):
        words = words[1:]
    folded = {part for _, _, word in words for part in (word, re.split("[’']", word)[-1])}
    if (
        not 0 < len(words) <= MOST_WORDS
        or NOT_IN_NAMES & folded
        or folded <= PLACES
        or words[-1][2] in OFFICES | COURTESY
    ):
        return None
    taken, start = found[: len(found) - len(words)], words[0][0]
    leads, name = [fold(one[0]).strip(".") for one in taken], prose[start : run.end()]
    sure = bool({*leads} & (COURTESY | TITLES | ROLES.keys())) or fold(name) in names
    is_thing = not sure and THING_BEFORE.search(prose, max(0, start - 40), start)
    if is_thing or (len(words) == 1 and not (sure and len(name) > 2)) or (run[0].isupper() and " " in run[0]):
        return None
    return NameMention(
        next((begin + one.start() for one, word in zip(taken, leads, strict=True) if word not in OPENERS), start),
        start, run.end(), name,
        " ".join(one[0] for one, word in zip(taken, leads, strict=True) if word in JOB_WORDS | TITLES),
        next((ROLES[word] for word in leads if word in ROLES), ""),
        "she" if SHE & {*leads} else "he" if HE & {*leads} else "",
    )  # fmt: skip
