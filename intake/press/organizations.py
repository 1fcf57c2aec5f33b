"""Extract the names of organizations from the words around them."""

import re

from text.proper_names import PLACES
from text.words import fold

from .quotation_marks import Quotation

# Nouns before a name that say what kind of organization it is: "the NGO Open Door", "a charity, …".
ORGANIZATION_NOUN = (
    r"(?:NGOs?|CSO|NPO|non-profit|think[ -]tank|charity|company|(?:organi[sz]ation|association|network|foundation"
    r"|coalition|collective|group|federation|alliance|union|institute|initiative|enterprise|firm|start-?up|agency"
    r"|platform|project|campaign|movement|newspaper|magazine|shelter|clinic|forum|trust|fund|consortium|cooperative"
    r"|partnership|confederation)s?)"
)
QUALIFIED_NOUN = (
    r"(?:[A-Z][\w-]+[ \u00a0])?(?:(?:[a-z][\w-]*|[A-Z][\w-]+-based|NGO|[A-Z][a-z]+(?:an|ese|ish|ian))[ \u00a0]){0,3}"
    + ORGANIZATION_NOUN
)
ORGANIZATION_START = (
    rf"(?:[Tt]he\s+|an?\s+)?(?:{QUALIFIED_NOUN},?\s+)?[“«\"‘]?[A-ZÀ-ÖØ-ÞŠŽĐ0-9]"  # the start of an organization's name
)
NOUN_BEFORE = re.compile(rf"(?:{QUALIFIED_NOUN},?|\b(?:of|from|at|with|for|representing)(?: the)?)[ \u00a0]$")
LEADING_NOUN = re.compile(rf"^{QUALIFIED_NOUN},?[ \u00a0](?=[“«\"‘„A-ZÀ-ÖØ-ÞŠŽĐ])")
LEADING_PLACE = re.compile(r"^(?:[A-ZÀ-ÖØ-Þ][\w’'-]*[ \u00a0]){0,2}[A-ZÀ-ÖØ-Þ][\w’'-]*-based[ \u00a0](?=[A-ZÀ-ÖØ-Þ])")
ACRONYM = re.compile(r"(?<=[\w”\"’])[ \u00a0]\([A-ZÀ-ÖØ-Þ][\w&./-]{1,15}\)")
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)
CONNECTIVES = r"(?:of|and|the|for|in|on|to|against|at|de|la|del|des|du)\b"
TRAILING_CLAUSE = re.compile(
    r"\s+(?:who|which|where|when|while|whose|during|in (?:his|her|their)|based in|has|had|was|is)\b"
    r"|,\s+(?!and\b|or\b)[a-z]|;|\n|(?<=[”»\"]),"
    # Two lower-case words that are not connectives: the sentence continues.
    rf"|,\s[^,]*?\b(?!{CONNECTIVES})[a-z]{{2,}}\s+(?!{CONNECTIVES})[a-z]{{2,}}\b"
)
TRAILING_PLACE = re.compile(r"(?<=\w)\s+in (?:the )?(?P<place>[A-ZÀ-ÖØ-ÞŁŠŽ][\w-]+(?: [A-Z][\w-]+)?)$")
# Bodies in which people hold an office for a time, but to which they are not affiliated.
TEMPORARY_BODY = re.compile(
    r"(?:[\w-]+ ){0,3}?(?:Working Groups?|Constructive Dialogues?|Dialogues? on|Conference of the (?:States )?Part)"
)
MAX_WORDS = 9  # in a name between quotation marks


def organization_name(text: str) -> str:
    """Return the organization named at the start of a text, without its article and any trailing clause."""
    text = TRAILING_CLAUSE.split(blank_acronyms(text))[0]
    text = _strip_place(text.strip(" ,.()–—"))
    text = ARTICLE.sub("", text).strip()
    text = LEADING_PLACE.sub("", LEADING_NOUN.sub("", text))
    return " ".join(text.strip('“”«»„"‘').split())


def _strip_place(text: str) -> str:
    """Remove a trailing "in Bonn", unless one word of a name would be left: "People in Transit"."""
    where = TRAILING_PLACE.search(text)
    if not where:
        return text
    rest = ARTICLE.sub("", text[: where.start()])
    return rest if " " in rest or fold(rest) in PLACES or fold(where["place"]) in PLACES else text


def blank_acronyms(text: str) -> str:
    """Replace each bracketed acronym after a name, such as "(UNODC)", by as many spaces."""
    return ACRONYM.sub(lambda match: " " * len(match[0]), text)


def is_nickname(text: str, quotation: Quotation) -> bool:
    """Return whether a quotation is a nickname inside a name: Maria "Mia" Holm."""
    word = re.fullmatch(r"[A-ZÀ-ÖØ-Þ]\w+", quotation.words(text))
    before = re.search(r"[A-ZÀ-ÖØ-Þ]\w+[ \u00a0]$", text[max(0, quotation.start - 30) : quotation.start])
    return bool(word and before and re.match(r"[ \u00a0][A-ZÀ-ÖØ-Þ]\w", text[quotation.end :]))


def is_quoted_organization(text: str, quotation: Quotation) -> bool:
    """Return whether a quotation is the name of an organization, as in "of the NGO “Open Door”"."""
    words = re.findall(r"\w[\w’'-]*", quotation.words(text))
    long = [word for word in words if len(word) > 3]
    return (
        0 < len(words) <= MAX_WORDS
        and words[0][0].isupper()
        and all(word[0].isupper() for word in long)
        and text[quotation.end - 2] not in ".!?,…"
        and bool(NOUN_BEFORE.search(text, max(0, quotation.start - 60), quotation.start))
    )
