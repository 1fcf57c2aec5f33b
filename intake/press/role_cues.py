"""Apply phrases that give several people a role: "moderated by", "panellists included", "Co-Chairs A and B"."""

import re
from itertools import pairwise

from text.words import fold

from .appositions import apposition_after
from .attribution import NOT_SUBJECT
from .descriptions import Description, PersonInText
from .person_names import ROLES, NameMention
from .speech_verbs import SPEAKS_OR_PRESIDES

ROLE_CUE = re.compile(
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


def apply_role_cues(prose: str, ends: list[int], names: list[NameMention], person_at: dict[int, PersonInText]) -> None:
    """Give a role to those named after "moderated by", "panellists included" or "Co-Chairs"; all of them speak."""
    for cue in ROLE_CUE.finditer(prose):
        stop = min([end for end in ends if end > cue.end() and prose[end - 1] != ";"], default=len(prose))
        role = ROLES.get(fold(cue["both"] or "").removesuffix("s")) or CUE_ROLES[cue.lastgroup or ""]
        _apply_to_series(prose, [one for one in names if cue.end() <= one.start < stop], cue.end(), role, person_at)
    for mention in names:
        if mention.role and re.search(r"s\s*$", prose[max(0, mention.start - 3) : mention.start].rstrip() or " "):
            later = [one for one in names if mention.start <= one.start < mention.end + 200]
            _apply_to_series(prose, later, mention.start, mention.role, person_at)


def apply_pair_cues(prose: str, ends: list[int], names: list[NameMention], person_at: dict[int, PersonInText]) -> None:
    """Assign to two people what the text says about both: "A of X and B of Y shared …", "A and B, both of X"."""
    for one, other in pairwise(names):
        between = prose[one.end + len(apposition_after(prose, ends, names, one.end)) : other.lead]
        subject = not NOT_SUBJECT.search(prose, max(0, one.lead - 30), one.lead)
        if subject and re.fullmatch(r",?\s+and\s+", between) and person_at[other.start].speaks:
            person_at[one.start].speaks = True
        description = person_at[other.start].description
        if between == " and " and SEVERAL.match(prose, other.end):
            person_at[one.start].add_description(Description("", description.role, description.affiliation))
        if re.fullmatch(r",?\s+and\s+", between) and SERVED.match(
            prose, other.end + len(apposition_after(prose, ends, names, other.end))
        ):
            person_at[one.start].add_description(Description(role=description.role))
        if re.fullmatch(r",?\s+and\s+", between) and PRESIDING.search(prose[max(0, one.lead - 160) : one.lead]):
            person_at[other.start].add_description(Description(role=person_at[one.start].description.role))
            person_at[other.start].speaks = True
        if between == " and " and COLLEAGUES.search(prose[max(0, one.lead - 160) : one.lead]):
            person_at[other.start].add_description(
                Description(affiliation=person_at[one.start].description.affiliation)
            )


def _apply_to_series(
    prose: str, row: list[NameMention], start: int, role: str, person_at: dict[int, PersonInText]
) -> None:
    for number, mention in enumerate(row):
        between = prose[start if not number else row[number - 1].end : mention.lead]
        between = re.sub(r",\s+who\s[^,;.]*(?=[,;])", "", between)
        joined = (
            re.search(r"(?:,|\band|;)(?:\s+by)?\s*$", between)
            and not SPEAKS_OR_PRESIDES.search(between)
            and "." not in between
        )
        if number and not joined:
            return
        person_at[mention.start].add_description(Description(role=role))
        person_at[mention.start].speaks = True
