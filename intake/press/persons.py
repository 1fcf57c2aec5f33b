"""Who speaks in a prose: names that belong to one person, with what each mention says of them."""

import re
from dataclasses import dataclass, field

from text.folding import fold

from .bodies import body, without_acronyms
from .clauses import ROLE, Given, is_office, understood
from .cues import COLLEAGUES, PRESIDING, SERVED, hear_cues, hear_two
from .hanging import clause_behind
from .names import ROLES, Named
from .verbs import ACTING, VERB
from .voices import NOT_SUBJECT

DID = re.compile(r"(?:\s|,|who)*(?:also |then )?(?P<co>co-)?(?P<what>chaired|moderated|facilitated)\b", re.I)
BEFORE = re.compile(
    r"(?:(?<=\s)|^)(?:(?:[Tt]he|[Ii]ts|[Aa]n?)\s)?(?P<what>[^,.;:–—\n\ue000]{4,140}),\s*$"
    r"|(?P<chair>(?:Co-)?Chair(?:person|woman|man)?s? of [^,.;:\n\ue000]{4,110})\s+$"
)
ROLE_LAST = re.compile(r"\b(?:co-chair|chair|moderator)(?:person|woman|man)?(?: of (?:the |this )?[^,]*)?$", re.I)
ROLE_RIGHT_BEFORE = re.compile(r"\b(?P<role>co-chair|moderator|facilitator|panell?ist)\s+$", re.I)
ACCORDING = re.compile(r"\b[Aa]ccording to (?:the )?$")
ON_FLOOR = re.compile(r"\bfrom the floor,?\s+$", re.I)
ON_BEHALF = re.compile(
    r"(?:on behalf of|[Rr]epresenting|[Ss]peaking for|[Ss]peaking from|[Ii]ntervening for)"
    r"\s+(?P<body>(?:the )?[A-ZÀ-Þ][^.;:\n\ue000]{2,100}),\s+$"
)
BODY_OF = re.compile(r"(?P<body>[A-ZÀ-ÖØ-Þ][\w-]*(?:\s(?:of|for|and|the|in|[A-ZÀ-ÖØ-Þ][\w-]*))*)[’']s?\s+$")


@dataclass
class Known:
    """One person in the text, and the mentions that are theirs."""

    name: str
    mentions: list[Named] = field(default_factory=list)
    given: Given = field(default_factory=Given)
    gender: str = ""
    speaks: bool = False
    meeting: int | None = None

    def learn(self, given):
        """Take over what is not known yet."""
        mine = self.given
        self.given = Given(mine.title or given.title, mine.role or given.role, mine.affiliation or given.affiliation)


def gather(prose, ends, names):
    """The Known people behind the names, in order, and {place of a name: whose it is}."""
    people, whose = [], {}
    for named in names:
        known = find(people, named.name, named.gender)
        if known is None:
            known = Known(named.name)
            people.append(known)
        if len(named.name) > len(known.name) and named.is_full:
            known.name = named.name
        known.mentions.append(named)
        known.gender = known.gender or named.gender
        whose[named.start] = known
        learn(prose, ends, names, named, known)
    hear_cues(prose, ends, names, whose)
    hear_two(prose, ends, names, whose)
    return people, whose


def find(people, name, gender=""):
    """The person whom a name means: the whole one, or its last words, of whoever was named last."""
    words = fold(name).split()
    for known in reversed(people):
        theirs = fold(known.name).split()
        agrees = not (gender and known.gender) or gender == known.gender
        if theirs == words or (agrees and (theirs[-len(words) :] == words or words[-len(theirs) :] == theirs)):
            return known
        if agrees and len(words) < len(theirs) and len(words) == 1 and words[0] in theirs:
            return known
    return None


def learn(prose, ends, names, named, known):
    """What the words around one mention say."""
    known.learn(Given(role=named.role))
    clause = clause_behind(prose, ends, names, named.end)
    if clause.endswith(")"):
        known.learn(understood(clause))
        clause += clause_behind(prose, ends, names, named.end + len(clause))
    if did := DID.match(prose, named.end + len(clause)) or DID.match(prose, named.end):
        role = "moderator" if did["what"].lower() != "chaired" else "co-chair" if did["co"] else "chair"
        known.learn(Given(role=role))
    if served := SERVED.match(prose, named.end + len(clause)):
        known.learn(Given(role=ROLES[fold(served["role"])]))
    known.learn(understood(clause.rpartition(")")[2] or clause))
    known.learn(_before(prose, named))
    title = named.title
    if title and (office := re.match(r"([A-Z]{3,})\s+(.+)", title)):
        known.learn(Given(office[2], "", office[1]))
    elif title:
        known.learn(Given(title))
    subject = not NOT_SUBJECT.search(prose, max(0, named.lead - 30), named.lead)
    known.speaks |= subject and bool(ACTING.match(prose, _past(prose, named.end + len(clause))))
    known.speaks |= bool(known.given.role or ACCORDING.search(prose, max(0, named.lead - 20), named.lead))
    rest = prose[named.end : min([end for end in ends if end > named.end], default=len(prose))]
    if own := re.search(r"\bin (her|his) ", rest):
        known.gender = known.gender or {"her": "she", "his": "he"}[own[1]]


def _past(prose, place):
    """The place behind the comma, bracket or "who" that closes a clause."""
    return re.compile(r"[\s,)–—]*(?:who\s+)?(?:then\s+)?").match(prose, place).end()


def _before(prose, named):
    """What stands before a name: "the Director of X, NAME", of its body."""
    head = without_acronyms(prose[max(0, named.lead - 160) : named.lead])
    if owner := BODY_OF.search(head):
        return Given(affiliation=body(owner["body"]))
    if role := ROLE_RIGHT_BEFORE.search(head):
        return Given(role=ROLES[fold(role["role"])])
    if presiding := PRESIDING.search(head):
        chairs = "co-chair" if presiding["co"] else "chair"
        return Given(role=chairs if fold(presiding["what"]) == "chairing" else "moderator")
    if ON_FLOOR.search(head):
        return Given(role="floor")
    if several := COLLEAGUES.search(head):
        return Given(affiliation=body(several["body"]))
    if behalf := ON_BEHALF.search(head):
        return Given(affiliation=body(behalf["body"]))
    match = BEFORE.search(head)
    if not match:
        return Given()
    phrase = match["what"] or match["chair"]
    if role := ROLE_LAST.search(phrase):
        return understood(role[0])
    phrase = re.split(r"\b(?:VERB)\s+".replace("VERB", VERB.pattern), phrase)[-1]
    phrase = re.sub(
        r"^\s*(?:by|with|to|and|from)?\s*(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir)?\s+(?:fellow\s+)?", "", " " + phrase
    )
    if ROLE.match(phrase) or re.match(r"(?:representative|delegate) ", phrase, re.I):
        return understood(phrase[0].lower() + phrase[1:] if phrase[0].isupper() else phrase)
    return understood(phrase) if is_office(phrase) and phrase[:1].isupper() else Given()
