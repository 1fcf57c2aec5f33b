"""What stands behind a name, and says who that is: a role, a title, a body."""

import re
from dataclasses import dataclass

from text.folding import fold

from .bodies import ARTICLE, ORGAN, START, body
from .names import JOBS, OFFICES, ROLES, TITLES

ROLE = re.compile(
    r"(?:(?:the|a|one of the|as|who was|who is|acting as|in (?:his|her|their) capacity as)\s+)*"
    r"(?:session |panel |keynote )?"
    r"(?P<role>co-chair(?:person|woman|man)?s?|chair(?:person|woman|man)?|moderator|facilitator|panell?ist"
    r"|keynote speaker|speaker)\b(?P<rest>.*)",
    re.I | re.S,
)
OF_MEETING = re.compile(
    r"\s*(?:,|$)|\s+(?:of|at|for|on|in)\s+(?:the\s+|this\s+|that\s+|both\s+|our\s+)?(?:\w+[- ]){0,3}?"
    r"(?:Constructive\s+)?(?:Dialogues?|meeting|session|panel|discussion|event)\b", re.I
)  # fmt: skip
LINK = re.compile(
    rf"\s+(?:at|from|with|for|representing|on behalf of|of)\s+(?={START})"
    r"|,\s+(?=(?:the\s+)?[A-ZÀ-ÖØ-ÞŠŽĐ])"
)
FROM = re.compile(
    r"(?:who\s+)?(?:is\s+)?(?:(?:both|all)\s+)?(?:(?:speaking|intervening|here)\s+)?"
    r"(?:from|of|at|with|representing|(?:speaking\s+)?(?:on behalf of|for)"
    r"|(?:a |the )?(?:representative|delegate)s? (?:of|from|for))"
    rf"\s+(?={START})"
)
FOR = re.compile(
    r"who\s+(?:represent(?:s|ed)|(?:works?|worked|teaches|taught|serves|studies|volunteers)\s+(?:for|at|with)"
    r"|heads|leads|directs|spoke\s+(?:for|on behalf of))\s+"
)
STRONG = (" at ", " from ", " with ", " representing ", " on behalf of ")
OFFICE_OF = re.compile(
    r"\b(?:Minist(?:er|ry)|Secretary|Representative|Ambassador|Embassy|Mission|Attorney|Prosecutor)\b"
)
WHOLE_OF = re.compile(r"(?:founder|president|member|executive director|secretary-general|chief executive)$", re.I)
TO_BODY = re.compile(
    r"\s+to the (?:United Nations|UN\b|International Organi[sz]ations|Vienna-based|European|OSCE|African).*$"
)
# A part of a body: "Head of the Unit for Victims of the Ministry of Justice" comes from the ministry.
PART_OF = re.compile(
    r"\s+(?:of|at|in)\s+(?:the\s+)?(?:[\w’'-]+\s+){0,4}?(?:Unit|Section|Department|Division|Branch|Desk|Team|Programme)"
    r"(?:\s+(?:on|for|against|of)\s+(?:[\w’'-]+\s+){0,4}?[\w’'-]+)??(?=\s+(?:of|at)\s|,\s)"
)
# What somebody works on, and no body: "Head of Advocacy", "Professor of Law", "Attorney at Law".
FIELD_NAME = (
    r"(?:[A-Z][\w-]+ ){0,2}?(?:Advocacy|Affairs|Communications?|Compliance|Cooperation|Delegation|Development|History"
    r"|Innovation|Investigations?|Law|Operations|Outreach|Partnerships|Policy|Politics|Protection|Programm?e?s?|Relations"
    r"|Research|Sciences?|Staff|Strategy|Studies|Training|Work|\w+ology|\w+nomics)"
)
FIELD = re.compile(rf"{FIELD_NAME}(?:,? (?:and|&) {FIELD_NAME})?(?=\s+(?:of|at|for|from|with|in)\s|,|$)")
# "Ghana's delegate", "UNODC Director"
OWNER = re.compile(
    r"(?:the )?(?P<body>[A-ZÀ-ÖØ-Þ][\w -]*)(?:[’']s|(?<=s)[’'])\s+|(?P<acronym>(?!C[EFTO]O)[A-Z]{3,})\s+(?=[A-Z][a-z])"
)
FORMER = re.compile(r"^(?:an? |the )?former\b.{3,120}?,?\s+(?:and\s+)?now\s+")
SAYS_NOTHING = re.compile(r"(?:in(?! charge)|during|on|after|while|when|also|too|by)\b|(?:of|from|at|with) the same\b")
IS_PLACE = re.compile(r"^[a-z].*\s(?:on|in) the \w+$")  # "a lawyer on the island", of what is no body
OFFICE_ENDS = re.compile(r",|\s+(?:of|at|for|from|with|in|to)\s")
AND_OFFICE = re.compile(r",?\s+and\s+(?:also\s+)?(?:the\s+|an?\s+)?(?=[\w-])")


@dataclass(frozen=True)
class Given:
    """Title, role and affiliation as one clause gives them."""

    title: str = ""
    role: str = ""
    affiliation: str = ""


def understood(clause):
    """What a clause behind a name says; nothing for one that says nothing of the kind."""
    clause = FORMER.sub("", clause.strip(" ,()–—\u00a0\n"))
    if not clause:
        return Given()
    if (match := ROLE.match(clause)) and OF_MEETING.match(match["rest"]):
        return _role(match)
    if match and (link := re.match(r"\s+(?:from|representing)\s+", match["rest"])):
        return Given("", ROLES.get(fold(match["role"]).split()[0], "speaker"), body(match["rest"][link.end() :]))
    if match := FOR.match(clause) or FROM.match(clause):
        return Given(affiliation=body(clause[match.end() :]))
    return Given() if SAYS_NOTHING.match(clause) else _office(clause)


def _role(match):
    """A role at the dialogue; what follows it behind a comma may say more."""
    role = ROLES.get(fold(match["role"]).split()[0], "speaker")
    rest = match["rest"]
    rest = rest[OF_MEETING.match(rest).end() :] if not rest.lstrip().startswith(",") else rest
    more = re.sub(r"^(?:\s+on\s[^,]*)?[\s,]*(?:and\s+)?", "", rest)
    other = understood(more) if more.strip() else Given()
    return Given(other.title, role, other.affiliation)


def _office(clause):
    """A title and the body that it belongs to, or either alone."""
    also = re.search(r"(?:^|,\s*|\s+and\s+)(?=(?:the |a )?(?:co-chair|chair|moderator|panell?ist)[^,]*$)", clause, re.I)
    if also and also.start() and (match := ROLE.match(clause[also.end() :])) and OF_MEETING.match(match["rest"]):
        first = _office(clause[: also.start()])
        return Given(first.title, _role(match).role, first.affiliation)
    if (owner := OWNER.match(clause)) and is_office(clause[owner.end() :]):
        return Given(_bare(clause[owner.end() :]), "", body(owner["body"] or owner["acronym"]))
    if not is_office(clause):
        return Given(affiliation=body(clause)) if re.match(r"(?:the )?[A-ZÀ-ÖØ-Þ]", clause) else Given(_bare(clause))
    if two := _two_offices(clause):
        first, second = map(_office, two)
        return first if first.affiliation or not second.affiliation else second
    title, affiliation = _split(clause)
    if ORGAN.match(ARTICLE.sub("", affiliation)):
        return Given(_bare(clause))
    return Given(_bare(title), "", body(affiliation))


def _two_offices(clause):
    """The parts of "Director of X and Chair of Y", where a body stands with the first; None for one office."""
    for match in AND_OFFICE.finditer(clause):
        head = OFFICE_ENDS.split(clause[match.end() :], maxsplit=1)[0].split()
        if fold(head[-1]) in OFFICES | TITLES | ROLES.keys() and LINK.search(clause[: match.start()]):
            return clause[: match.start()], clause[match.end() :]
    return None


def is_office(clause):
    """Whether a clause begins with what somebody is rather than with a body's name."""
    head = OFFICE_ENDS.split(clause, maxsplit=1)[0]
    words = [fold(word).strip(".,") for word in head.split()]
    return (clause[:1].islower() and not clause.startswith("the ")) or any(
        part in JOBS | TITLES | ROLES.keys() or part in ("manager", "student", "candidate")
        or re.search(r"(?:ologist|rapporteur|lawyer|worker|director|officer|coordinator|manager)$", part)
        for word in words[-3:] for part in (word, *word.split("-"))
    )  # fmt: skip


def _split(clause):
    """Where the title ends and the body begins: at "at", "from" or "with"; else at a comma; else at "of"."""
    if part := PART_OF.search(clause):
        return clause[: part.end()], re.sub(r"^[\s,]*(?:of|at)?\s*", "", TO_BODY.sub("", clause[part.end() :]))
    links = [link for link in LINK.finditer(clause) if not FIELD.match(clause, link.end())]
    if not links or IS_PLACE.search(clause[: links[0].start()]):
        return clause, ""
    strong = [link for link in links if link[0].startswith(STRONG)]
    comma = [link for link in links if link[0].startswith(",")]
    if WHOLE_OF.search(clause[: links[0].start()]):
        link = links[0]
    elif OFFICE_OF.search(clause[: links[0].start()]) and not strong and not comma:
        link = links[-1]
    else:
        link = (strong or comma or links)[0]
    return clause[: link.start()], TO_BODY.sub("", clause[link.end() :])


def _bare(title):
    return ARTICLE.sub("", title.strip(" ,")).strip()
