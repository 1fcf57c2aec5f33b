"""Find the names of people in prose, with the title, office or role that directly precedes each name."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from text.proper_names import LOWER, OTHER_CAPITALS, PLACES, UPPER
from text.words import STOP_WORDS, fold

from .known_names import KnownName

PART = (
    rf"(?:(?:Al|El|al|el|ul|as|an)[-’'])?(?:[{UPPER}]['’]|Mc|Mac|Di|De|La|Le|Fitz)?[{UPPER}](?:[{LOWER}]+|[{UPPER}]+)"
    rf"(?:[-’'](?!s\b)[{UPPER}{LOWER}][{LOWER}{UPPER}]*)*"
)
PARTICLES = (
    "van [’']t|de la|de las|de los|de|del|della|di|da|das|do|dos|du|van der|van den|van de|van|von der|von|zu|der|den"
    "|ter|el|al|bin|ibn|bint|ben|abu|ould|wa|la|le|y|e|i|af|av|Ó|Ní|O|St"
)
NICKNAME = rf"[“\"‘'(]{PART}[”\"’')](?=[ \u00a0]{PART})"
NEXT_PART = rf"(?:(?:{PARTICLES})[ \u00a0])?(?:[ʻ‘']?{PART}|[{UPPER}]\.(?:[{UPPER}]\.)*|{NICKNAME})"
NAME_RUN = re.compile(rf"(?<![\w’'@/-])(?:[{UPPER}]\.[ \u00a0]?){{0,3}}{PART}(?:[ \u00a0]{NEXT_PART})*")
FORMS_OF_ADDRESS = re.compile(r"\b(?:(?:Mr|Mrs|Ms|Dr|Prof|Amb|Hon|H\.\s?E|Lt|Col|Capt|Cdr|Gen|Rev|Fr)\.\s+)+$")
SHE = frozenset("ms mrs miss madam madame sra senora dame sister lady chairwoman".split())  # noqa: SIM905
HE = frozenset("mr sir sr senor father lord chairman".split())  # noqa: SIM905
COURTESY = frozenset(
    "mr mrs ms miss mx madam madame sir dame hon h.e excellency honourable senor senora sr sra".split()
)  # noqa: SIM905
TITLES = frozenset(
    """professor prof dr doctor ambassador amb judge justice sister father rabbi imam reverend minister senator deputy
    colonel captain general commissioner lord lady baroness lieutenant major bishop rev fr lt col capt cdr gen""".split()  # noqa: SIM905
)
ROLES = {
    "chair": "chair", "chairperson": "chair", "chairwoman": "chair", "chairman": "chair", "co-chair": "co-chair",
    "co-chairs": "co-chair", "co-chairperson": "co-chair", "moderator": "moderator", "facilitator": "moderator",
    "panellist": "panellist", "panelist": "panellist", "speaker": "speaker",
}  # fmt: skip
OFFICES = frozenset(
    """director secretary-general secretary president vice-president chief officer adviser advisor counsel counsellor
    coordinator co-ordinator prosecutor researcher lawyer attorney expert delegate representative rapporteur envoy
    founder co-founder spokesperson advocate activist leader member lecturer analyst specialist inspector economist
    criminologist journalist manager under-secretary-general vice-chair dean head fellow partner worker consultant
    sociologist magistrate survivor trustee""".split()  # noqa: SIM905
)
JOB_WORDS = OFFICES | frozenset(
    """executive deputy assistant associate senior junior legal policy research permanent special managing regional
    national lead programme project goodwill press""".split()  # noqa: SIM905
)
OPENERS = frozenset(
    """later earlier yesterday today also finally meanwhile however moreover similarly likewise according as in on at
    for from with when while after before but and another one two several many its his her our this that these the a
    an first second third thanking echoing quoting""".split()  # noqa: SIM905
) | {fold(word) for word in STOP_WORDS["en"]}
NOT_IN_NAMES = (OTHER_CAPITALS - {"christian", "april", "august", "june", "general", "minister"}) | frozenset(
    """university dialogue dialogues constructive persons migrants trafficking smuggling network coalition alliance
    society initiative project ministry unit section division branch college faculty trust federation group rights
    centre center foundation institute association ngo civil session panel report summary crime criminal firearms
    online states mechanism review points technical cooperation observatory academy campaign movement survey
    governmental experts participants photo notes next background""".split()  # noqa: SIM905
)
# What follows these words is no person: "the Hope", "at Hope House", "the network Safe Harbour", "(Hope".
THING_BEFORE = re.compile(
    r"(?:\b[Tt]he|\b[Aa]t|\bin|\b(?:NGO|[a-z]+ union|enterprise|organi[sz]ation|network|foundation|association|project|firm"
    r"|confederation|group|body)|[A-Z]\w+ (?:of|for|against|in|on))\s+$|\($"
)


@dataclass(frozen=True)
class NameMention:
    """A person's name: the offsets of the name, and in `lead` that of the title or office before it."""

    lead: int
    start: int
    end: int
    name: str
    title: str = ""
    role: str = ""
    gender: str = ""  # "she" or "he" if a form of address shows it

    @property
    def is_full(self) -> bool:
        """Whether the name has more than one word."""
        return " " in self.name


def find_names(prose: str, known: Collection[KnownName] = ()) -> list[NameMention]:
    """Return the names of people: of two words or more, of one after a form of address, and later the ends of these.

    What the database knows as a series, a topic or an organization is no person.
    """
    people = {fold(one.name) for one in known if one.kind == "person"}
    things = [one for one in known if one.kind != "person"]
    runs = [run for run in NAME_RUN.finditer(prose) if not any(_is_same(one, run) for one in things)]
    full = [fold(one.name).split() for run in runs if (one := _parse(prose, run, people)) and one.is_full]
    ends = {" ".join(words[-count:]) for words in full for count in range(1, len(words))}
    return [one for run in runs if (one := _parse(prose, run, people | ends))]


def _is_same(known: KnownName, run: re.Match[str]) -> bool:
    """Return whether a known name and a run share more than one word, or all of the run."""
    shared = run.string[max(known.start, run.start()) : min(known.end, run.end())]
    return len(shared.split()) > 1 or shared == run[0]


def _parse(prose: str, run: re.Match[str], names: Collection[str]) -> NameMention | None:
    """Return the name in a run of capitalized words, or None; `names` are surely those of people."""
    before = FORMS_OF_ADDRESS.search(prose, max(0, run.start() - 30), run.start())
    begin = before.start() if before else run.start()
    words = [
        (begin + one.start(), one[0], fold(one[0]).strip(".“”\"'"))
        for one in re.finditer(r"\S+", prose[begin : run.end()])
    ]
    count = next(
        (number for number, word in enumerate(words) if not _leads(*word[1:], len(words) - number)), len(words)
    )
    taken, words = words[:count], words[count:]
    folded, leads = [word for _, _, word in words], {word for _, _, word in taken}
    if not words or NOT_IN_NAMES & {*folded} or {*folded} <= PLACES or folded[-1] in OFFICES | COURTESY:
        return None
    start, name = words[0][0], prose[words[0][0] : run.end()]
    called = bool(leads & (COURTESY | TITLES | ROLES.keys()))
    sure = called or fold(name) in names
    if (len(words) == 1 and not (sure and len(name) > 2)) or (run[0].isupper() and len(run[0].split()) > 1):
        return None
    if not sure and THING_BEFORE.search(prose, max(0, start - 40), start):
        return None
    return NameMention(
        next((at for at, _, word in taken if word not in OPENERS), start), start, run.end(), name,
        " ".join(word for _, word, bare in taken if bare in JOB_WORDS | TITLES),
        next((ROLES[word] for _, _, word in taken if word in ROLES), ""),
        "she" if leads & SHE else "he" if leads & HE else "",
    )  # fmt: skip


def _leads(word: str, folded: str, left: int) -> bool:
    """Return whether a word at the start of a run belongs to a title or a sentence rather than to the name."""
    is_acronym = left > 2 and word.isupper() and len(word) > 2
    return folded in COURTESY | TITLES | JOB_WORDS | ROLES.keys() | OPENERS or is_acronym or folded == "speaking"
