"""The people of a text: who is named where, and what the words around each name say."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from text.proper_names import PLACES, UPPER
from text.words import fold

from .person_names import JOB_WORDS, OFFICES, ROLES, TITLES, NameMention
from .proposed_records import PersonProposal
from .sentences import FILLED, sentence_at
from .words import SPEECH_VERB, STAGE_VERB

CONTEXT = 600  # characters before and after a name that are read; a sentence may never end
NAMED = "\ue001"  # replaces each character of a person's name
CAPITAL = rf"[“\"«]?(?:[ae]l-)?[{UPPER}0-9][\w’'&.-]*[”\"»]?"
LINKS = r"(?:of|and|the|for|in|on|against|without|de|la|del|des|du|l[ae]s?)"
JOBS, POSTS = JOB_WORDS | TITLES | ROLES.keys(), OFFICES | TITLES | ROLES.keys()
JOB = rf"(?i:(?:[\w-]+ ){{0,3}}(?:{'|'.join(POSTS)})\b)"
DESCRIBED = re.compile(
    r"(?P<office>(?:[\w’-]+ ){0,5}?[\w’-]+)??(?:(?:^|,? )(?P<link>of|from|at|with|representing) |, |^)(?:the |an? )?"
    r"(?:(?:[\w-]+ ){0,2}(?:NGO|organi[sz]ation|network|association|charity|foundation|union) )?(?:\w+-based )?"
    rf"(?!{JOB})(?P<body>{CAPITAL}(?:[ \u00a0](?:{LINKS}[ \u00a0]){{0,2}}{CAPITAL})*?)(?: \([A-Z][\w&. -]+\))?"
    rf"(?: (?:network|coalition|association))?(?: (?:based )?in (?:the )?{CAPITAL}(?: {CAPITAL})*"
    r"| to the (?:United Nations|International).*)?$"
)
# In French and Spanish, words of such a name begin with small letters: "directora del Observatorio de las armas".
UNIT = re.compile(r"^(?:Uni[dt]|Sec|Div|Dép|Dep)\w+ .*? (?:de la |del |du |de l[’'])(?=[A-Z])")
DESCRIBED_OTHERWISE = re.compile(
    r"(?P<office>[^,()]{2,80}?)??(?:^|\s)"
    r"(?:d(?:e la|e los|es|u|el|e) |à la |aux? |en (?:la|el) |pour |(?:de |à )?l[’'])"
    rf"(?P<body>[{UPPER}][\w’-]+(?: [^,()]{{2,80}})?)(?: \([A-Z]\w+\))?$"
)
MEETING = (
    r"(?:(?:the|this|its|an?|today.s)\s)?(?:[\w-]+\s){0,3}?(?i:dialogues?|diálogos?|panel|session|séance|sesión|meeting|debate|discussion)\b"
    rf"(?:\s(?:on|sur|sobre)\s[^,.;\n{FILLED}{NAMED}]{{2,70}}?)?"
)
IN_ROLE = re.compile(
    rf"(?:^|,?\sand\s|,\s)(?:the\s|its\s)?({'|'.join(ROLES)})(?:,|$|\s(?:of|at|for|d[ue]|del)\s{MEETING})", re.I
)
CLAUSE_END = re.compile(
    rf"(?:,\s(?:and\s|who\s)?|\s(?:who\s)?)(?:{SPEECH_VERB}|{STAGE_VERB})"
    r"|,\s+(?:a (?:fait|dit|\w+é)|a-t|ha|\w+ó|qui|quien|que|dont|l[ae]s?|el|los|whose|during|on|with|in|\w+ing"
    r"|who|which|while|when|where|after|as|and|but|before|has|had|is|was)\b"
    r"|\s(?:who|has|had|is|was|are|were)\s|\sand\s(?=[\ue000\ue001]|\w+ed\b)|;|\s[–—]\s|[\ue000\ue001]"
)
HELD_BEFORE = re.compile(rf"\b(?:(?:the|l[ae]|el)\s|l[’'])({JOB}[^,.;:\n{FILLED}{NAMED}]{{3,110}}),\s$", re.I)
PRESIDING = {"chair": "chair", "co-chair": "co-chair", "moderat": "moderator", "facilitat": "moderator"}
PRESIDING |= {"copresident": "co-chair", "coprésident": "co-chair", "modérat": "moderator", "moderad": "moderator"}
STEM = "(?:co-)?chair|copr[ée]sident|mod[eé]rat|moderad|facilitat"
ROW = r"(?:\sincluded|\swere|\sby|,|:)*\s"
CUE = re.compile(rf"\b(?P<word>{STEM}|panell?ist)\w*(?:\s(?:of|d[ue]|del))?(?:\s{MEETING})?{ROW}(?={NAMED})", re.I)
PRESIDES = re.compile(rf"[,)]*\s(?:(?:who|and|also)\s)*(?P<word>{STEM})(?:ed|e?s|ing)\s{MEETING}")
ROLE_WORD = re.compile(r"\bco-?chair|\bchair|mod[eé]rat|facilitat|\bco-?pr[eé]sid", re.I)
ROW_ENDS = re.compile(r"[.;\n\ue000]|\b(?:with|who|which|heard|brought|panel)\b|\sand\s[a-z]+ed\b")
SPEAKS = re.compile(rf"[,)]*\s*(?:who\s+)?(?:{SPEECH_VERB}|{STAGE_VERB})")
OBJECT_BEFORE = re.compile(
    r"(?:\b(?:by|of|to|with|for|from|after|par|pour|avec|por|para|con|de|à|thank\w*|quot\w+|cit\w+|late) (?:the )?"
    r"|\ue001, )$"
)


class Description(NamedTuple):
    """Title, role and affiliation of a person, as far as the text leaves no doubt."""

    title: str = ""
    role: str = ""
    affiliation: str = ""


@dataclass(eq=False)
class Person(PersonProposal):
    """A person in the text, with what the words around all mentions say."""

    gender: str = ""
    speaks: bool = False
    doubtful: bool = False  # whether the name may be that of another
    presides: bool = False  # whether the words around it are about a chair or a moderator

    def describe(self, more: Description) -> None:
        """Add what is not known yet."""
        for name, value in more._asdict().items():
            setattr(self, name, getattr(self, name) or value)

    @property
    def is_sure(self) -> bool:
        """Whether the name is a full one of one person, and no role near it was left unread."""
        return " " in self.name and not self.doubtful and bool(self.role or not self.presides)


class People:
    """All people of a text. `at` maps where a mention begins to its person; `marked` is the prose without names."""

    def __init__(self, prose: str, ends: list[int], names: list[NameMention], bodies: Collection[str]) -> None:
        self.marked, self.ends, self.names, self.bodies = prose, ends, names, bodies
        self.all: list[Person] = []
        self.at: dict[int, Person] = {}
        for one in names:
            self.marked = self.marked[: one.lead] + NAMED * (one.end - one.lead) + self.marked[one.end :]
            self._add(one)
        self.rows: dict[tuple[int, str], list[Person]] = {}  # those named after "chaired by" or the like
        for one in names:
            self._describe(one)
        for (_, word), row in self.rows.items():
            role = "co-chair" if word == "chair" and len(row) > 1 else PRESIDING.get(word, "panellist")
            for person in row:
                person.speaks, person.role = True, person.role or role

    def _add(self, mention: NameMention) -> None:
        fits = [one for one in self.all if _may_be_one(one.name, mention.name)]
        person = fits[0] if len(fits) == 1 else Person(mention.start, mention.end, mention.name)
        if not fits:
            self.all.append(person)
        if len(mention.name) > len(person.name):
            person.start, person.end, person.name = mention.start, mention.end, mention.name
        person.gender = person.gender or mention.gender
        person.doubtful |= len(fits) > 1
        person.describe(Description(mention.title, mention.role))
        self.at[mention.lead] = person

    def _describe(self, mention: NameMention) -> None:
        """Read the words around a name, and whether it is the subject of a verb of speech, or presides."""
        person, marked = self.at[mention.lead], self.marked
        left, stop = sentence_at(self.ends, mention.lead, mention.end, len(marked))
        left, stop = max(left, mention.lead - CONTEXT), min(stop, mention.end + CONTEXT)
        clause = _after_name(marked[mention.end : stop])
        person.describe(parse_description(clause, self.bodies))
        held = HELD_BEFORE.search(marked, max(left, mention.lead - 160), mention.lead)
        if held and marked[mention.end : stop][:1] in (",", ".", "("):
            person.describe(parse_description(held[1], self.bodies))
        after = marked.find(clause, mention.end, stop) + len(clause)
        cue = next(reversed([*CUE.finditer(marked, left, mention.lead + 1)]), None)
        ends = cue and (ROW_ENDS.search(marked, cue.end(), mention.lead) or not re.search(r"s\b|\bby|included", cue[0]))
        if presides := PRESIDES.match(marked, mention.end, stop) or PRESIDES.match(marked, after, stop):
            person.role = person.role or PRESIDING[presides["word"]]
        said = presides or SPEAKS.match(marked, after, stop)
        # "Moderated by Ana Berg, Tom Park said": the sentence goes on with its own subject.
        ends = ends or (said and "who" not in said[0] and marked[left : mention.lead].endswith(", "))
        if cue and (not ends or cue.end() == mention.lead):
            self.rows.setdefault((cue.start(), cue["word"].lower()), []).append(person)
        person.presides |= bool(ROLE_WORD.search(marked, left, stop))
        person.speaks |= bool(said and not OBJECT_BEFORE.search(marked, left, mention.lead))


def _may_be_one(*names: str) -> bool:
    """Return whether one name begins or ends the other: "Berg" and "Park" do in "Tom Berg" and "Park Ji-won"."""
    short, long = sorted((f" {fold(name)} " for name in names), key=len)
    return long.startswith(short) or long.endswith(short)


def _after_name(tail: str) -> str:
    """Return the words in commas or brackets, or after "of" and "from", that describe the name before them."""
    tail = tail.rstrip(" .!?:\n")
    if tail.startswith(" ("):
        return tail[2:].partition(")")[0]
    if not re.match(r",\s|\s(?:of|from|at|with|representing)\s|\s[–—]\s", tail):
        return ""
    end = CLAUSE_END.search(tail, 1)
    return (tail[: end.start()] if end else tail).strip(" ,–—" + FILLED + NAMED)


def parse_description(clause: str, known: Collection[str] = ()) -> Description:
    """Return what a clause says: "Director of Hope House", "Co-Chair of the Dialogue", "from the Open Door", "Peru".

    `known` are folded names of organizations. No other single word is an affiliation, unless it is a country.
    """
    clause = re.sub(r"^(?:(?:the|an?|one of the|its|as|PhD,|MD,)\s+)+", "", " ".join(clause.split()), flags=re.I)
    if held := IN_ROLE.search(clause):
        rest = re.sub(r"^(?:and|,)\s", "", f"{clause[: held.start()]} {clause[held.end() :]}".strip())
        return parse_description(rest, known)._replace(role=ROLES[fold(held[1])])
    found = DESCRIBED.match(clause) or DESCRIBED_OTHERWISE.match(clause)
    office = re.sub(r"\s(?:of|from|at|with|in|for|representing|d[eu]|del|à|au|en|pour)$", "", clause)
    said = {"link": "", **found.groupdict(default="")} if found else {"office": office, "body": "", "link": ""}
    office, body = said["office"], UNIT.sub("", said["body"].strip('“”"«»'))
    folded = fold(body)
    is_known = folded in PLACES or folded in known
    at_body = said["link"] not in ("", "of")
    is_plain = is_known or body.isupper() or (" " in body and (at_body or folded.rpartition(" of ")[2] not in PLACES))
    has_name = any(word[0].isupper() and fold(word) not in JOBS for word in office.split())
    in_body = has_name and not at_body  # "Police of Peru", but "Professor of Law at Lake University"
    if not is_plain or in_body or "ialogue" in body or "iálogo" in body or ({"ngo"} | POSTS) & {*folded.split()}:
        body = ""
    is_office = JOBS & {*fold(office).split()} and not re.search("[,(]" + "| of (?:the )?[A-Z]" * in_body, office)
    return Description(office if is_office else "", "", body)
