"""Sentences that name several people with what they are: "moderated by", "panellists included", "Co-Chairs A and B"."""

import re
from itertools import pairwise

from text.folding import fold

from .clauses import Given
from .hanging import clause_behind
from .names import ROLES
from .verbs import ACTING
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
SERVED = re.compile(
    r"[\s,]*(?:who\s+)?(?:(?:served|acted|presided) as|is|was)\s(?:the |an? |one of (?:the )?(?:\w+ )?)?"
    r"(?P<role>co-chair|chair|moderator|panell?ist)s?\b(?! of the Working)", re.I
)  # fmt: skip
SEVERAL = re.compile(
    r",\s+(?:the\s+|both\s+|all\s+)?(?:[\w-]+\s){0,2}[\w-]+s\s+(?:of|at|from|with|for)\b|,\s+(?:both|all)\s"
)
PRESIDING = re.compile(r"\b(?P<co>[Cc]o-)?(?P<what>[Cc]hairing|[Mm]oderating|[Ff]acilitating)\b[^,.]{0,80},\s+$")
COLLEAGUES = re.compile(
    r"\b(?:experts|researchers|representatives|delegates|members|speakers|panellists|lawyers|advocates|survivors"
    r"|prosecutors|colleagues|practitioners)\s+(?:from|of|at|with)"
    r"\s+(?P<body>(?:the )?[A-ZÀ-Þ][^.,;:\n\ue000]{1,90}),\s+$"
)


def hear_cues(prose, ends, names, whose):
    """Those whom "moderated by", "panellists included" and "Co-Chairs A and B" name."""
    for cue in CUE.finditer(prose):
        stop = min([end for end in ends if end > cue.end() and prose[end - 1] != ";"], default=len(prose))
        role = ROLES.get(fold(cue["both"] or "").removesuffix("s")) or CUE_ROLES[cue.lastgroup]
        _hear(prose, [one for one in names if cue.end() <= one.start < stop], cue.end(), role, whose)
    for named in names:
        if named.role and re.search(r"s\s*$", prose[max(0, named.start - 3) : named.start].rstrip() or " "):
            later = [one for one in names if named.start <= one.start < named.end + 200]
            _hear(prose, later, named.start, named.role, whose)


def hear_two(prose, ends, names, whose):
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
