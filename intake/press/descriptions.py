"""Parse what stands before or after a name into title, role at the dialogue, and affiliation."""

import re
from dataclasses import dataclass

from text.proper_names import PLACES, UPPER
from text.words import fold

from .person_names import JOB_WORDS, ROLES, TITLES
from .sentences import FILLED
from .speech_verbs import SPEECH_VERB, STAGE_VERB

NAMED = "\ue001"  # replaces each character of a person's name
ARTICLE = re.compile(r"^(?:the|an?|one of the|its|as)\s+", re.I)
CAPITAL = rf"[“\"«]?[{UPPER}0-9][\w’'&.-]*[”\"»]?"
LINKS = r"(?:of|and|the|for|in|on|against|without|de|la|del|des|du|l[ae]s?)"
ORGANIZATION = re.compile(
    r"(?:the )?(?:(?:the |an? )?(?:[\w-]+ ){0,2}(?:NGO|organi[sz]ation|network|association|charity|foundation|union) )?"
    rf"(?:\w+-based )?(?P<body>{CAPITAL}(?:[ \u00a0](?:{LINKS}[ \u00a0]){{0,2}}{CAPITAL})*?)(?: \([A-Z][\w&. -]+\))?"
    rf"(?: (?:based )?in (?:the )?{CAPITAL}| to the (?:United Nations|International).*)?$"
)
STRONG_LINK = re.compile(r" (?:at|with|from|representing)\s")
LINK = re.compile(r" (?:of|for|to|in)\s|,\s")
OF_PLACE = re.compile(r"(?:the|an?) [A-Z].* of (?:the )?(?P<place>[^,]*)$")
OF_MEETING = re.compile(
    r"$|,|\s(?:of|at|for|from)\s(?:the\s|this\s|today.s\s)?(?:[\w-]+\s){0,2}?(?:Constructive )?"
    r"(?:[Dd]ialogues?|[Pp]anel|[Ss]ession|[Mm]eeting|[Dd]ebate)\b[^,]*"
)
SECOND_OFFICE = re.compile(
    r",? and (?=(?:the |an? )?(?:[\w-]+ ){0,2}?(?:co-chair|chair|moderator|panell?ist|director|founder|president"
    r"|professor|member)\b)", re.I
)  # fmt: skip
CLAUSE_END = re.compile(
    rf"(?:,\s(?:and\s|who\s)?|\s(?:who\s)?)(?:{SPEECH_VERB}|{STAGE_VERB})"
    r"|,\s+(?:who|which|while|when|where|after|as|and|but|before|has|had|is|was|whose|during|on|with|she|he|they"
    r"|in (?:an?|his|her|their|the)|\w+ing)\b|\s(?:who|has|had|is|was|are|were)\s|\sand\s(?=[\ue000\ue001]|\w+ed\b)"
    r"|;|\s[–—]\s|[\ue000\ue001]"
)


@dataclass(frozen=True)
class Description:
    """What a text says of a person. `clear` means that all of it was understood."""

    title: str = ""
    role: str = ""
    affiliation: str = ""
    clear: bool = True

    def joined(self, more: "Description") -> "Description":
        """Return both together; what came first stays."""
        return Description(
            self.title or more.title, self.role or more.role, self.affiliation or more.affiliation,
            self.clear and more.clear,
        )  # fmt: skip


UNCLEAR = Description(clear=False)


def after_name(marked: str, place: int, stop: int) -> str:
    """Return the words in commas or brackets, or after "of" and "from", that describe the name before them."""
    tail = marked[place:stop].rstrip(" .!?:\n")
    if tail.startswith(" ("):
        return tail[2:].partition(")")[0]
    if not re.match(r",\s|\s(?:of|from|at|with|representing)\s|\s[–—]\s", tail):
        return ""
    end = CLAUSE_END.search(tail, 1)
    return (tail[: end.start()] if end else tail).strip(" ,–—" + FILLED + NAMED)


def parse_description(clause: str) -> Description:
    """Return what a clause says: "Director of Hope and Co-Chair of the Dialogue", "from the Open Door", "Peru"."""
    found = Description()
    for part in SECOND_OFFICE.split(clause):
        found = found.joined(_parse_one(" ".join(part.strip(" ,()\u00a0\n").split())))
    return found


def _parse_one(clause: str) -> Description:
    if not clause:
        return Description()
    if link := re.match(r"(?:of|from|at|with|representing)\s", clause):
        return _organization(clause[link.end() :])
    if (office := OF_PLACE.match(clause)) and fold(office["place"]) in PLACES:
        return UNCLEAR
    clause = ARTICLE.sub("", clause)
    word = clause.split()[0].strip(",")
    rest, role = clause[len(word) :], ROLES.get(fold(word), "")
    if role and (meeting := OF_MEETING.match(rest)):
        return Description(role=role).joined(parse_description(re.sub(r"^[\s,]*(?:and\s)?", "", rest[meeting.end() :])))
    if role and rest.startswith((" from ", " at ", " representing ")):
        return Description(role=role).joined(_parse_one(rest.strip()))
    return Description(clause) if role and rest.startswith(" of ") else _office(clause)


def _office(clause: str) -> Description:
    """Return an office and its organization, or one of the two."""
    strong = STRONG_LINK.search(clause)
    for link in [strong] if strong else LINK.finditer(clause):
        head = clause[: link.start()]
        if "," not in head and _is_office(head) and (found := _organization(clause[link.end() :])).clear:
            return Description(head).joined(found)
    if not re.search(r"[,(]| (?:at|of|with|from) (?:the )?[A-Z]", clause) and _is_office(clause):
        return Description(clause)
    return _organization(clause)


def _is_office(words: str) -> bool:
    return words[:1].islower() or any(_is_job(word) for word in words.split())


def _is_job(word: str) -> bool:
    return fold(word).strip(".,") in JOB_WORDS | TITLES | ROLES.keys()


def _organization(words: str) -> Description:
    found = ORGANIZATION.match(words.strip(" ,."))
    if not found or "ialogue" in words or all(_is_job(word) for word in found["body"].split()):
        return UNCLEAR
    return Description(affiliation=found["body"].strip('“”"«»'))
