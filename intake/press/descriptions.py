"""Parse the description of a person into title, role and affiliation."""

import re
from dataclasses import dataclass, field

from text.words import fold

from .organizations import ARTICLE, ORGANIZATION_START, TEMPORARY_BODY, organization_name
from .person_names import JOB_WORDS, OFFICES, ROLES, TITLES, NameMention

ROLE = re.compile(
    r"(?:(?:the|a|one of the|as|who was|who is|acting as|in (?:his|her|their) capacity as)\s+)*"
    r"(?:session |panel |keynote )?"
    r"(?P<role>co-chair(?:person|woman|man)?s?|chair(?:person|woman|man)?|moderator|facilitator|panell?ist"
    r"|keynote speaker|speaker)\b(?P<rest>.*)",
    re.I | re.S,
)
OF_A_MEETING = re.compile(
    r"\s*(?:,|$)|\s+(?:of|at|for|on|in)\s+(?:the\s+|this\s+|that\s+|both\s+|our\s+)?(?:\w+[- ]){0,3}?"
    r"(?:Constructive\s+)?(?:Dialogues?|meeting|session|panel|discussion|event)\b", re.I
)  # fmt: skip
LINK = re.compile(
    rf"\s+(?:at|from|with|for|representing|on behalf of|of)\s+(?={ORGANIZATION_START})"
    r"|,\s+(?=(?:the\s+)?[A-ZÀ-ÖØ-ÞŠŽĐ])"
)
COMES_FROM = re.compile(
    r"(?:who\s+)?(?:is\s+)?(?:(?:both|all)\s+)?(?:(?:speaking|intervening|here)\s+)?"
    r"(?:from|of|at|with|representing|(?:speaking\s+)?(?:on behalf of|for)"
    r"|(?:a |the )?(?:representative|delegate)s? (?:of|from|for))"
    rf"\s+(?={ORGANIZATION_START})"
)
WORKS_FOR = re.compile(
    r"who\s+(?:represent(?:s|ed)|(?:works?|worked|teaches|taught|serves|studies|volunteers)\s+(?:for|at|with)"
    r"|heads|leads|directs|spoke\s+(?:for|on behalf of))\s+"
)
STRONG_LINKS = (" at ", " from ", " with ", " representing ", " on behalf of ")
OFFICE_OF = re.compile(
    r"\b(?:Minist(?:er|ry)|Secretary|Representative|Ambassador|Embassy|Mission|Attorney|Prosecutor)\b"
)
TITLE_BEFORE_OF = re.compile(
    r"(?:founder|president|member|executive director|secretary-general|chief executive)$", re.I
)
ACCREDITED_TO = re.compile(
    r"\s+to the (?:United Nations|UN\b|International Organi[sz]ations|Vienna-based|European|OSCE|African).*$"
)
# Part of an organization: "Head of the Unit for Victims of the Ministry of Justice" is affiliated to the ministry.
SUBUNIT = re.compile(
    r"\s+(?:of|at|in)\s+(?:the\s+)?(?:[\w’'-]+\s+){0,4}?(?:Unit|Section|Department|Division|Branch|Desk|Team|Programme)"
    r"(?:\s+(?:on|for|against|of)\s+(?:[\w’'-]+\s+){0,4}?[\w’'-]+)??(?=\s+(?:of|at)\s|,\s)"
)
# A field of work, not an organization: "Head of Advocacy", "Professor of Law", "Attorney at Law".
FIELD_OF_WORK = (
    r"(?:[A-Z][\w-]+ ){0,2}?(?:Advocacy|Affairs|Communications?|Compliance|Cooperation|Delegation|Development|History"
    r"|Innovation|Investigations?|Law|Operations|Outreach|Partnerships|Policy|Politics|Protection|Programm?e?s?|Relations"
    r"|Research|Sciences?|Staff|Strategy|Studies|Training|Work|\w+ology|\w+nomics)"
)
FIELDS_OF_WORK = re.compile(rf"{FIELD_OF_WORK}(?:,? (?:and|&) {FIELD_OF_WORK})?(?=\s+(?:of|at|for|from|with|in)\s|,|$)")
# "Ghana's delegate", "UNODC Director"
OWNING_ORGANIZATION = re.compile(
    r"(?:the )?(?P<body>[A-ZÀ-ÖØ-Þ][\w -]*)(?:[’']s|(?<=s)[’'])\s+|(?P<acronym>(?!C[EFTO]O)[A-Z]{3,})\s+(?=[A-Z][a-z])"
)
FORMER_OFFICE = re.compile(r"^(?:an? |the )?former\b.{3,120}?,?\s+(?:and\s+)?now\s+")
NOT_DESCRIPTIVE = re.compile(
    r"(?:in(?! charge)|during|on|after|while|when|also|too|by)\b|(?:of|from|at|with) the same\b"
)
ENDS_WITH_PLACE = re.compile(r"^[a-z].*\s(?:on|in) the \w+$")  # "a lawyer on the island"
OFFICE_END = re.compile(r",|\s+(?:of|at|for|from|with|in|to)\s")
AND_OFFICE = re.compile(r",?\s+and\s+(?:also\s+)?(?:the\s+|an?\s+)?(?=[\w-])")


@dataclass(frozen=True)
class Description:
    """Title, role (a value of `Appearance.Role`) and affiliation; each is empty if not given."""

    title: str = ""
    role: str = ""
    affiliation: str = ""


@dataclass
class PersonInText:
    """One person, with all mentions of their name in the text and what these say about them."""

    name: str
    mentions: list[NameMention] = field(default_factory=list)
    description: Description = field(default_factory=Description)
    gender: str = ""  # "she", "he", or empty if the text does not show it
    speaks: bool = False

    def add_description(self, description: Description) -> None:
        """Fill in what is not known yet; earlier descriptions take precedence."""
        mine = self.description
        self.description = Description(
            mine.title or description.title, mine.role or description.role, mine.affiliation or description.affiliation
        )


def parse_description(clause: str) -> Description:
    """Return what a clause says about a person: "Director of Hope and Co-Chair of the Dialogue"."""
    clause = FORMER_OFFICE.sub("", clause.strip(" ,()–—\u00a0\n"))
    if not clause:
        return Description()
    if (match := ROLE.match(clause)) and OF_A_MEETING.match(match["rest"]):
        return _parse_role(match)
    if match and (link := re.match(r"\s+(?:from|representing)\s+", match["rest"])):
        return Description(
            "", ROLES.get(fold(match["role"]).split()[0], "speaker"), organization_name(match["rest"][link.end() :])
        )
    if match := WORKS_FOR.match(clause) or COMES_FROM.match(clause):
        return Description(affiliation=organization_name(clause[match.end() :]))
    return Description() if NOT_DESCRIPTIVE.match(clause) else _parse_office(clause)


def _parse_role(match: re.Match[str]) -> Description:
    """Return a role at the dialogue, with the title and affiliation that may follow it."""
    role = ROLES.get(fold(match["role"]).split()[0], "speaker")
    rest = match["rest"]
    if (meeting := OF_A_MEETING.match(rest)) and not rest.lstrip().startswith(","):
        rest = rest[meeting.end() :]
    more = re.sub(r"^(?:\s+on\s[^,]*)?[\s,]*(?:and\s+)?", "", rest)
    other = parse_description(more) if more.strip() else Description()
    return Description(other.title, role, other.affiliation)


def _parse_office(clause: str) -> Description:
    """Return a title and its organization, or one of the two."""
    second_role = re.search(
        r"(?:^|,\s*|\s+and\s+)(?=(?:the |a )?(?:co-chair|chair|moderator|panell?ist)[^,]*$)", clause, re.I
    )
    if (
        second_role
        and second_role.start()
        and (match := ROLE.match(clause[second_role.end() :]))
        and OF_A_MEETING.match(match["rest"])
    ):
        first = _parse_office(clause[: second_role.start()])
        return Description(first.title, _parse_role(match).role, first.affiliation)
    if (owner := OWNING_ORGANIZATION.match(clause)) and starts_with_office(clause[owner.end() :]):
        return Description(
            _strip_article(clause[owner.end() :]), "", organization_name(owner["body"] or owner["acronym"])
        )
    if not starts_with_office(clause):
        return (
            Description(affiliation=organization_name(clause))
            if re.match(r"(?:the )?[A-ZÀ-ÖØ-Þ]", clause)
            else Description(_strip_article(clause))
        )
    if two := _split_two_offices(clause):
        first, second = map(_parse_office, two)
        return first if first.affiliation or not second.affiliation else second
    title, affiliation = _split_title_and_organization(clause)
    if TEMPORARY_BODY.match(ARTICLE.sub("", affiliation)):
        return Description(_strip_article(clause))
    return Description(_strip_article(title), "", organization_name(affiliation))


def _split_two_offices(clause: str) -> tuple[str, str] | None:
    """Return the parts of "Director of X and Chair of Y", or None for a single office."""
    for match in AND_OFFICE.finditer(clause):
        head = OFFICE_END.split(clause[match.end() :], maxsplit=1)[0].split()
        if fold(head[-1]) in OFFICES | TITLES | ROLES.keys() and LINK.search(clause[: match.start()]):
            return clause[: match.start()], clause[match.end() :]
    return None


def starts_with_office(clause: str) -> bool:
    """Return whether a clause starts with an office rather than with the name of an organization."""
    head = OFFICE_END.split(clause, maxsplit=1)[0]
    words = [fold(word).strip(".,") for word in head.split()]
    return (clause[:1].islower() and not clause.startswith("the ")) or any(
        part in JOB_WORDS | TITLES | ROLES.keys() or part in ("manager", "student", "candidate")
        or re.search(r"(?:ologist|rapporteur|lawyer|worker|director|officer|coordinator|manager)$", part)
        for word in words[-3:] for part in (word, *word.split("-"))
    )  # fmt: skip


def _split_title_and_organization(clause: str) -> tuple[str, str]:
    """Split at "at", "from" or "with"; otherwise at a comma; otherwise at "of"."""
    if part := SUBUNIT.search(clause):
        return clause[: part.end()], re.sub(r"^[\s,]*(?:of|at)?\s*", "", ACCREDITED_TO.sub("", clause[part.end() :]))
    links = [link for link in LINK.finditer(clause) if not FIELDS_OF_WORK.match(clause, link.end())]
    if not links or ENDS_WITH_PLACE.search(clause[: links[0].start()]):
        return clause, ""
    strong = [link for link in links if link[0].startswith(STRONG_LINKS)]
    comma = [link for link in links if link[0].startswith(",")]
    if TITLE_BEFORE_OF.search(clause[: links[0].start()]):
        link = links[0]
    elif OFFICE_OF.search(clause[: links[0].start()]) and not strong and not comma:
        link = links[-1]
    else:
        link = (strong or comma or links)[0]
    return clause[: link.start()], ACCREDITED_TO.sub("", clause[link.end() :])


def _strip_article(title: str) -> str:
    return ARTICLE.sub("", title.strip(" ,")).strip()
