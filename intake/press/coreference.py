"""Group the mentions of each person, and collect what the text says about them."""

import re

from text.words import fold

from .appositions import apposition_after
from .attribution import NOT_SUBJECT
from .descriptions import ROLE, Description, PersonInText, parse_description, starts_with_office
from .organizations import blank_acronyms, organization_name
from .person_names import ROLES, NameMention
from .role_cues import COLLEAGUES, PRESIDING, SERVED, apply_pair_cues, apply_role_cues
from .speech_verbs import SPEAKS_OR_PRESIDES, SPEECH_VERB

PRESIDED_VERB = re.compile(r"(?:\s|,|who)*(?:also |then )?(?P<co>co-)?(?P<what>chaired|moderated|facilitated)\b", re.I)
OFFICE_BEFORE = re.compile(
    r"(?:(?<=\s)|^)(?:(?:[Tt]he|[Ii]ts|[Aa]n?)\s)?(?P<what>[^,.;:–—\n\ue000]{4,140}),\s*$"
    r"|(?P<chair>(?:Co-)?Chair(?:person|woman|man)?s? of [^,.;:\n\ue000]{4,110})\s+$"
)
ROLE_LAST = re.compile(r"\b(?:co-chair|chair|moderator)(?:person|woman|man)?(?: of (?:the |this )?[^,]*)?$", re.I)
ROLE_RIGHT_BEFORE = re.compile(r"\b(?P<role>co-chair|moderator|facilitator|panell?ist)\s+$", re.I)
ACCORDING = re.compile(r"\b[Aa]ccording to (?:the )?$")
FROM_THE_FLOOR = re.compile(r"\bfrom the floor,?\s+$", re.I)
ON_BEHALF = re.compile(
    r"(?:on behalf of|[Rr]epresenting|[Ss]peaking for|[Ss]peaking from|[Ii]ntervening for)"
    r"\s+(?P<body>(?:the )?[A-ZÀ-Þ][^.;:\n\ue000]{2,100}),\s+$"
)
POSSESSIVE = re.compile(r"(?P<body>[A-ZÀ-ÖØ-Þ][\w-]*(?:\s(?:of|for|and|the|in|[A-ZÀ-ÖØ-Þ][\w-]*))*)[’']s?\s+$")


def resolve_people(
    prose: str, ends: list[int], names: list[NameMention]
) -> tuple[list[PersonInText], dict[int, PersonInText]]:
    """Return the people whom the names refer to, in order, and a map from the start of each name to its person."""
    people: list[PersonInText] = []
    person_at: dict[int, PersonInText] = {}
    for mention in names:
        person = find_person(people, mention.name, mention.gender)
        if person is None:
            person = PersonInText(mention.name)
            people.append(person)
        if len(mention.name) > len(person.name) and mention.is_full:
            person.name = mention.name
        person.mentions.append(mention)
        person.gender = person.gender or mention.gender
        person_at[mention.start] = person
        _describe_mention(prose, ends, names, mention, person)
    apply_role_cues(prose, ends, names, person_at)
    apply_pair_cues(prose, ends, names, person_at)
    return people, person_at


def find_person(people: list[PersonInText], name: str, gender: str = "") -> PersonInText | None:
    """Return the person whom a name refers to, or None.

    The name may be given in full or by its last words. If several people match, the one named last is returned.
    """
    words = fold(name).split()
    for person in reversed(people):
        theirs = fold(person.name).split()
        agrees = not (gender and person.gender) or gender == person.gender
        if theirs == words or (agrees and (theirs[-len(words) :] == words or words[-len(theirs) :] == theirs)):
            return person
        if agrees and len(words) < len(theirs) and len(words) == 1 and words[0] in theirs:
            return person
    return None


def _describe_mention(
    prose: str, ends: list[int], names: list[NameMention], mention: NameMention, person: PersonInText
) -> None:
    """Add to `person` what the words around one mention say."""
    person.add_description(Description(role=mention.role))
    clause = apposition_after(prose, ends, names, mention.end)
    if clause.endswith(")"):
        person.add_description(parse_description(clause))
        clause += apposition_after(prose, ends, names, mention.end + len(clause))
    if did := PRESIDED_VERB.match(prose, mention.end + len(clause)) or PRESIDED_VERB.match(prose, mention.end):
        role = "moderator" if did["what"].lower() != "chaired" else "co-chair" if did["co"] else "chair"
        person.add_description(Description(role=role))
    if served := SERVED.match(prose, mention.end + len(clause)):
        person.add_description(Description(role=ROLES[fold(served["role"])]))
    person.add_description(parse_description(clause.rpartition(")")[2] or clause))
    person.add_description(_description_before(prose, mention))
    title = mention.title
    if title and (office := re.match(r"([A-Z]{3,})\s+(.+)", title)):
        person.add_description(Description(office[2], "", office[1]))
    elif title:
        person.add_description(Description(title))
    subject = not NOT_SUBJECT.search(prose, max(0, mention.lead - 30), mention.lead)
    person.speaks |= subject and bool(
        SPEAKS_OR_PRESIDES.match(prose, _end_of_apposition(prose, mention.end + len(clause)))
    )
    person.speaks |= bool(person.description.role or ACCORDING.search(prose, max(0, mention.lead - 20), mention.lead))
    rest = prose[mention.end : min([end for end in ends if end > mention.end], default=len(prose))]
    if own := re.search(r"\bin (her|his) ", rest):
        person.gender = person.gender or {"her": "she", "his": "he"}[own[1]]


def _end_of_apposition(prose: str, place: int) -> int:
    """Return the offset after the comma, bracket or "who" that closes an apposition."""
    closing = re.compile(r"[\s,)–—]*(?:who\s+)?(?:then\s+)?").match(prose, place)
    return closing.end() if closing else place


def _description_before(prose: str, mention: NameMention) -> Description:
    """Return the description that precedes a name, as in "the Director of X, NAME"."""
    head = blank_acronyms(prose[max(0, mention.lead - 160) : mention.lead])
    if owner := POSSESSIVE.search(head):
        return Description(affiliation=organization_name(owner["body"]))
    if role := ROLE_RIGHT_BEFORE.search(head):
        return Description(role=ROLES[fold(role["role"])])
    if presiding := PRESIDING.search(head):
        chairs = "co-chair" if presiding["co"] else "chair"
        return Description(role=chairs if fold(presiding["what"]) == "chairing" else "moderator")
    if FROM_THE_FLOOR.search(head):
        return Description(role="floor")
    if several := COLLEAGUES.search(head):
        return Description(affiliation=organization_name(several["body"]))
    if on_behalf := ON_BEHALF.search(head):
        return Description(affiliation=organization_name(on_behalf["body"]))
    match = OFFICE_BEFORE.search(head)
    if not match:
        return Description()
    phrase = match["what"] or match["chair"]
    if role := ROLE_LAST.search(phrase):
        return parse_description(role[0])
    phrase = re.split(r"\b(?:VERB)\s+".replace("VERB", SPEECH_VERB.pattern), phrase)[-1]
    phrase = re.sub(
        r"^\s*(?:by|with|to|and|from)?\s*(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir)?\s+(?:fellow\s+)?", "", " " + phrase
    )
    if ROLE.match(phrase) or re.match(r"(?:representative|delegate) ", phrase, re.I):
        return parse_description(phrase[0].lower() + phrase[1:] if phrase[0].isupper() else phrase)
    return parse_description(phrase) if starts_with_office(phrase) and phrase[:1].isupper() else Description()
