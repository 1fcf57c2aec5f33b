"""The people of a text: who is named where, and what the words around each name say."""

import re
from typing import NamedTuple

from text.proper_names import PLACES, UPPER
from text.words import fold

from .person_names import JOB_WORDS, ROLES, TITLES, NameMention
from .proposed_records import PersonProposal
from .sentences import FILLED, sentence_at
from .speech_verbs import SPEECH_VERB, STAGE_VERB

NAMED = "\ue001"  # replaces each character of a person's name
CAPITAL = rf"[“\"«]?[{UPPER}0-9][\w’'&.-]*[”\"»]?"
LINKS = r"(?:of|and|the|for|in|on|against|without|de|la|del|des|du|l[ae]s?)"
ORGANIZATION = re.compile(
    r"(?:the )?(?:(?:the |an? )?(?:[\w-]+ ){0,2}(?:NGO|organi[sz]ation|network|association|charity|foundation|union) )?"
    rf"(?P<body>{CAPITAL}(?:[ \u00a0](?:{LINKS}[ \u00a0]){{0,2}}{CAPITAL})*?)(?: \([A-Z][\w&. -]+\))?"
    rf"(?: (?:based )?in (?:the )?{CAPITAL}| to the (?:United Nations|International).*)?$"
)
BODIES = re.compile(
    r"universit|universid|college|school|academy|institut|ministry|network|alliance|council|committee|association|society"
    r"|foundation|forum|coalition|federation|union|centre|center|court|observator|organi[sz]ation|agency|commission|trust"
)
FROM = re.compile(r"(?:of|from|at|with|representing)\s")
LINK = re.compile(r"\s(?:at|with|from|representing)\s|\s(?:of|for|to|in)\s|,\s")
OF_MEETING = re.compile(
    r"$|,|\s(?:of|at|for|from)\s(?:the\s|this\s|today.s\s)?(?:[\w-]+\s){0,2}?(?:Constructive )?"
    r"(?:[Dd]ialogues?|[Pp]anel|[Ss]ession|[Mm]eeting|[Dd]ebate)\b[^,]*"
)
CLAUSE_END = re.compile(
    rf"(?:,\s(?:and\s|who\s)?|\s(?:who\s)?)(?:{SPEECH_VERB}|{STAGE_VERB})"
    r"|,\s+(?:who|which|while|when|where|after|as|and|but|before|has|had|is|was|whose|during|on|with|she|he|they"
    r"|in (?:an?|his|her|their|the)|\w+ing)\b|\s(?:who|has|had|is|was|are|were)\s|\sand\s(?=[\ue000\ue001]|\w+ed\b)"
    r"|;|\s[–—]\s|[\ue000\ue001]"
)
CUE = re.compile(
    r"\b(?:(?P<moderator>(?:moderated|facilitated) by|moderators?:)|(?P<cochair>co-chaired by|co-chairs?:|co-chairs\b)"
    r"|(?P<chair>chaired by|chair:)|(?P<panellist>panell?ists?(?: included\b| were\b|:)))", re.I
)  # fmt: skip
ROW_ENDS = re.compile(r"[.;\n\ue000]|\b(?:with|who|which|heard|brought|panel|panell?ists?)\b|\sand\s[a-z]+ed\b")
SPEAKS = re.compile(rf"[,)]*\s*(?:who\s+)?(?:{SPEECH_VERB}|{STAGE_VERB})")
OBJECT_BEFORE = re.compile(r"\b(?:by|of|to|with|for|from|after|thank\w*|quot\w+|cit\w+|late)\s+(?:the\s)?$")


class Description(NamedTuple):
    """What a text says of a person. `clear` means that all of it was understood."""

    title: str = ""
    role: str = ""
    affiliation: str = ""
    clear: bool = True


class Person:
    """A person in the text: every mention, and the description."""

    def __init__(self, mention: NameMention) -> None:
        self.name, self.gender, self.mentions = mention.name, mention.gender, list[NameMention]()
        self.about = Description()
        self.speaks = self.doubtful = False

    def describe(self, more: Description) -> None:
        """Add what is not known yet."""
        self.about = Description(*(old or new for old, new in zip(self.about[:3], more, strict=False)),
                                 clear=self.about.clear and more.clear)  # fmt: skip

    def proposal(self, meeting: int | None, organizations: set[str]) -> PersonProposal:
        """Return the proposal, which is sure if the name is a full one and nothing about it is in doubt.

        No affiliation is in doubt that the database knows, or that is a country or called a university or the like.
        """
        first, about = next(one for one in self.mentions if one.name == self.name), self.about
        body = fold(about.affiliation)
        is_body = body in PLACES | organizations | {""} or about.affiliation.isupper() or bool(BODIES.search(body))
        sure = self.speaks and " " in self.name and about.clear and is_body and not self.doubtful
        return PersonProposal(first.start, first.end, self.name, *about[:3], meeting, sure)


class People:
    """All people of a text. `at` maps the start of each mention to its person; `marked` is the prose without names."""

    def __init__(self, prose: str, ends: list[int], names: list[NameMention]) -> None:
        self.marked, self.ends, self.names = prose, ends, names
        self.all: list[Person] = []
        self.at: dict[int, Person] = {}
        for one in names:
            self.marked = self.marked[: one.lead] + NAMED * (one.end - one.lead) + self.marked[one.end :]
            self._add(one)
        self.rows: dict[tuple[int, str], list[Person]] = {}  # those named after "chaired by" or the like
        for one in names:
            self._describe(one)
        for (_, cue), row in self.rows.items():
            role = "co-chair" if cue == "cochair" or (cue == "chair" and len(row) > 1) else cue
            for person in row:
                person.speaks = True
                person.describe(Description(role=role))

    def _add(self, mention: NameMention) -> None:
        words = f" {fold(mention.name)}"
        fits = [
            one for one in self.all if f" {fold(one.name)}".endswith(words) or words.endswith(f" {fold(one.name)}")
        ]
        if not fits:
            self.all.append(Person(mention))
        person = fits[-1] if fits else self.all[-1]
        person.mentions.append(mention)
        person.name, person.gender = max(person.name, mention.name, key=len), person.gender or mention.gender
        person.doubtful |= len(fits) > 1
        person.describe(Description(mention.title, mention.role))
        self.at[mention.start] = person

    def _describe(self, mention: NameMention) -> None:
        """Read the words around a name, and whether it is the subject of a verb of speech, or presides."""
        person, marked = self.at[mention.start], self.marked
        left, stop = sentence_at(self.ends, mention.lead, mention.end, len(marked))
        clause = _after_name(marked[mention.end : stop])
        person.describe(parse_description(clause))
        cue = next(reversed([*CUE.finditer(marked, left, mention.lead)]), None)
        if cue and not ROW_ENDS.search(marked, cue.end(), mention.lead):
            self.rows.setdefault((cue.start(), str(cue.lastgroup)), []).append(person)
        said = SPEAKS.match(marked, marked.find(clause, mention.end, stop) + len(clause), stop)
        if said and not OBJECT_BEFORE.search(marked, left, mention.lead):
            person.speaks = True


def _after_name(tail: str) -> str:
    """Return the words in commas or brackets, or after "of" and "from", that describe the name before them."""
    tail = tail.rstrip(" .!?:\n")
    if tail.startswith(" ("):
        return tail[2:].partition(")")[0]
    if not re.match(r",\s|\s(?:of|from|at|with|representing)\s|\s[–—]\s", tail):
        return ""
    end = CLAUSE_END.search(tail, 1)
    return (tail[: end.start()] if end else tail).strip(" ,–—" + FILLED + NAMED)


def parse_description(clause: str) -> Description:
    """Return what a clause says: "Director of Hope", "Co-Chair of the Dialogue", "from the Open Door", "Peru"."""
    clause = re.sub(r"^(?:the|an?|one of the|its|as)\s+", "", " ".join(clause.split()), flags=re.I)
    if not clause:
        return Description()
    if link := FROM.match(clause):
        return _organization(clause[link.end() :])
    word = clause.split()[0].strip(",")
    rest, role = clause[len(word) :], ROLES.get(fold(word), "")
    if role and (meeting := OF_MEETING.match(rest)):
        return parse_description(re.sub(r"^[\s,]*(?:and\s)?", "", rest[meeting.end() :]))._replace(role=role)
    for link in sorted(LINK.finditer(clause), key=lambda one: one[0].strip() not in ("at", "with", "from")):
        head = clause[: link.start()]
        if "," not in head and _is_office(head) and (found := _organization(clause[link.end() :])).clear:
            return found._replace(title=head, clear=not BODIES.search(fold(head)))
    if _is_office(clause) and not re.search(r"[,(]| (?:at|of|with|from) (?:the )?[A-Z]", clause):
        return Description(clause)
    return _organization(clause)


def _is_office(words: str) -> bool:
    return words[:1].islower() or any(_is_job(word) for word in words.split())


def _is_job(word: str) -> bool:
    return fold(word).strip(".,") in JOB_WORDS | TITLES | ROLES.keys()


def _organization(words: str) -> Description:
    found = ORGANIZATION.match(words.strip(" ,."))
    if not found or "ialogue" in words or all(_is_job(word) for word in found["body"].split()):
        return Description(clear=False)
    return Description(affiliation=found["body"].strip('“”"«»'))
