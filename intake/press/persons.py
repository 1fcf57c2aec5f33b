"""Who speaks in a prose: names that belong to one person, with what each mention says of them."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from search.analysis import fold

from .bodies import START, body, without_acronyms
from .clauses import FOR, ROLE, Given, is_office, understood
from .names import ROLES, Named
from .sentences import FILLED
from .verbs import ACTING, DONE, SAYING, VERB
from .voices import NOT_SUBJECT

CUE = re.compile(
    r"\b(?P<moderated>moderated|facilitated) by\b|\b(?P<cochaired>co-chaired) by\b|\b(?P<chaired>chaired) by\b"
    r"|\b(?P<both>(?:co-chair|moderator)s)\b[,:]?(?: of (?:the )?[^,.]{0,90}?,| [–—])?"
    r"(?=\s(?:M[rs]+\.? |Dr\.? |H\.E\. |Ambassador |Professor )?[A-ZÀ-Þ])"
    r"|\b(?P<heard>opened|closed|presented|introduced|delivered) by\b"
    r"|\b(?P<panel>panell?ists?)(?: (?:on|of|at|in) [^,.:;]{2,60}?)?\s*(?:included|were|:|was|are)\b"
    r"|\b(?P<speakers>speakers)(?: (?:on|of|at|in) [^,.:;]{2,60}?)?\s*(?:included|were|:|are)"
    r"|\b(?P<spoke>(?:speaking|taking the floor|intervening)(?: (?:on|of|at|in) [^,.:;]{2,60}?)?\s(?:were|was))\b",
    re.I,
)
CUE_ROLES = {"moderated": "moderator", "cochaired": "co-chair", "chaired": "chair", "panel": "panellist",
             "speakers": "speaker", "spoke": "", "heard": ""}  # fmt: skip
DID = re.compile(r"(?:\s|,|who)*(?:also |then )?(?P<co>co-)?(?P<what>chaired|moderated|facilitated)\b", re.I)
ENDS = rf"(?:{SAYING}|{DONE}|served|acted|participated|joined|attended|took|led|hosted)"
ENDS_CLAUSE = re.compile(
    rf",\s+(?:and\s+)?(?:(?:also|further|then|later|in turn|\w+ly)\s+)*(?:{ENDS}|as|while|when|after|during|in"
    r"|at the|together|along|alongside|on|he|she|they|it|but"
    r"|before|where|which|to|with a|whose|has|had|have|was|is|for|by|\w{4,}ing)(?![\w-])"
    rf"|(?:\s+(?:also|further|then|later|\w+ly))*\s+{ENDS}(?![\w-])|\s+(?:who|has|had|was|is|are|were)\s|;|\s[–—]\s|\)"
)
BEFORE = re.compile(
    r"(?:(?<=\s)|^)(?:(?:[Tt]he|[Ii]ts|[Aa]n?)\s)?(?P<what>[^,.;:\n\ue000]{4,140}),\s*$"
    r"|(?P<chair>(?:Co-)?Chair(?:person|woman|man)?s? of [^,.;:\n\ue000]{4,110})\s+$"
)
WORKS = re.compile(rf",?\s+(?:{FOR.pattern}|who is from\s+)(?={START})")
ROLE_LAST = re.compile(r"\b(?:co-chair|chair|moderator)(?:person|woman|man)?(?: of (?:the |this )?[^,]*)?$", re.I)
ROLE_RIGHT_BEFORE = re.compile(r"\b(?P<role>co-chair|moderator|facilitator|panell?ist)\s+$", re.I)
SERVED = re.compile(
    r"[\s,]*(?:who\s+)?(?:(?:served|acted|presided) as|is|was)\s(?:the |an? |one of (?:the )?(?:\w+ )?)?"
    r"(?P<role>co-chair|chair|moderator|panell?ist)s?\b(?! of the Working)", re.I
)  # fmt: skip
ACCORDING = re.compile(r"\b[Aa]ccording to (?:the )?$")
SEVERAL = re.compile(
    r",\s+(?:the\s+|both\s+|all\s+)?(?:[\w-]+\s){0,2}[\w-]+s\s+(?:of|at|from|with|for)\b|,\s+(?:both|all)\s"
)
PRESIDING = re.compile(r"\b(?P<co>[Cc]o-)?(?P<what>[Cc]hairing|[Mm]oderating|[Ff]acilitating)\b[^,.]{0,80},\s+$")
ON_FLOOR = re.compile(r"\bfrom the floor,?\s+$", re.I)
COLLEAGUES = re.compile(
    r"\b(?:experts|researchers|representatives|delegates|members|speakers|panellists|lawyers|advocates|survivors"
    r"|prosecutors|colleagues|practitioners)\s+(?:from|of|at|with)"
    r"\s+(?P<body>(?:the )?[A-ZÀ-Þ][^.,;:\n\ue000]{1,90}),\s+$"
)
OF_BODY = re.compile(r"\b(?:of|from|at|with|for|representing)\s+(?:[Tt]he\s+)?$")
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
    _hear_cues(prose, ends, names, whose)
    _hear_two(prose, ends, names, whose)
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


def clause_behind(prose, ends, names, place):
    """What hangs to the name that ends at a place: in commas or brackets, or behind "of", "from" and "at"."""
    stop = min([end for end in ends if end > place], default=len(prose))
    if works := WORKS.match(prose, place, stop):
        return prose[place : works.end()] + re.split(r",|\ue000", prose[works.end() : stop])[0].rstrip(" .!?;")
    later = [one for one in names if place < one.start < stop]
    other = min([one.lead for one in later if not OF_BODY.search(prose, one.lead - 24, one.lead)], default=stop)
    tail = prose[place : min(stop, other)].partition(FILLED)[0]
    tail = tail.rstrip().rstrip(".!?;") if len(tail) == stop - place else tail
    if tail.startswith(" ("):
        return tail.partition(")")[0] + ")"
    tail = without_acronyms(tail)
    if not re.match(r",|\s[–—]\s|\s+(?:of|from|at|with|representing|on behalf of)\s", tail):
        return ""
    cut = ENDS_CLAUSE.search(tail, 1)
    while cut and not re.search(r"\w", tail[: cut.start()].strip(" ,–—")):
        return ""
    clause = tail[: cut.start()] if cut else tail
    if not tail.startswith((",", " –", " —")):
        clause = _one_body(clause)
    return re.sub(r"[\s,]*(?:\band\b|,)?[\s,]*(?:the\s*)?$", "", clause)


def _one_body(clause):
    """Of "of X, as we know" the part before the comma, unless the name of a body goes on behind it."""
    first, comma, rest = clause.partition(",")
    return clause if comma and re.match(r"\s(?:[A-Z][\w-]+\s?){1,4}$", rest) else first


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


def _hear_cues(prose, ends, names, whose):
    """Those whom "moderated by", "panellists included" and "Co-Chairs A and B" name."""
    for cue in CUE.finditer(prose):
        stop = min([end for end in ends if end > cue.end() and prose[end - 1] != ";"], default=len(prose))
        role = ROLES.get(fold(cue["both"] or "").removesuffix("s")) or CUE_ROLES[cue.lastgroup]
        _hear(prose, [one for one in names if cue.end() <= one.start < stop], cue.end(), role, whose)
    for named in names:
        if named.role and re.search(r"s\s*$", prose[max(0, named.start - 3) : named.start].rstrip() or " "):
            later = [one for one in names if named.start <= one.start < named.end + 200]
            _hear(prose, later, named.start, named.role, whose)


def _hear_two(prose, ends, names, whose):
    """Of "A of X and B of Y shared …" both speak."""
    for one, other in pairwise(names):
        between = prose[one.end + len(clause_behind(prose, ends, names, one.end)) : other.lead]
        subject = not NOT_SUBJECT.search(prose, max(0, one.lead - 30), one.lead)
        if subject and re.fullmatch(r",?\s+and\s+", between) and whose[other.start].speaks:
            whose[one.start].speaks = True
        theirs = whose[other.start].given
        if between == " and " and SEVERAL.match(prose, other.end):
            whose[one.start].learn(Given("", theirs.role, theirs.affiliation))
        if re.fullmatch(r",?\s+and\s+", between) and SERVED.match(
            prose, other.end + len(clause_behind(prose, ends, names, other.end))
        ):
            whose[one.start].learn(Given(role=theirs.role))
        if re.fullmatch(r",?\s+and\s+", between) and PRESIDING.search(prose[max(0, one.lead - 160) : one.lead]):
            whose[other.start].learn(Given(role=whose[one.start].given.role))
            whose[other.start].speaks = True
        if between == " and " and COLLEAGUES.search(prose[max(0, one.lead - 160) : one.lead]):
            whose[other.start].learn(Given(affiliation=whose[one.start].given.affiliation))


def _hear(prose, row, start, role, whose):
    for number, named in enumerate(row):
        between = prose[start if not number else row[number - 1].end : named.lead]
        between = re.sub(r",\s+who\s[^,;.]*(?=[,;])", "", between)
        joined = (
            re.search(r"(?:,|\band|;)(?:\s+by)?\s*$", between) and not ACTING.search(between) and "." not in between
        )
        if number and not joined:
            return
        whose[named.start].learn(Given(role=role))
        whose[named.start].speaks = True
