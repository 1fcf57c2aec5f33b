"""Names of bodies: what stands around them in a sentence and is no part of them."""

import re

from text.folding import fold
from text.proper_names import PLACES

# In small letters these say what kind of body the name behind them is: "the NGO Open Door", "a charity, …".
BODY_NOUN = (
    r"(?:NGOs?|CSO|NPO|non-profit|think[ -]tank|charity|company|(?:organi[sz]ation|association|network|foundation"
    r"|coalition|collective|group|federation|alliance|union|institute|initiative|enterprise|firm|start-?up|agency"
    r"|platform|project|campaign|movement|newspaper|magazine|shelter|clinic|forum|trust|fund|consortium|cooperative"
    r"|partnership|confederation)s?)"
)
KIND = (
    r"(?:[A-Z][\w-]+[ \u00a0])?(?:(?:[a-z][\w-]*|[A-Z][\w-]+-based|NGO|[A-Z][a-z]+(?:an|ese|ish|ian))[ \u00a0]){0,3}"
    + BODY_NOUN
)
START = rf"(?:[Tt]he\s+|an?\s+)?(?:{KIND},?\s+)?[“«\"‘]?[A-ZÀ-ÖØ-ÞŠŽĐ0-9]"  # of the words for a body
KIND_BEFORE = re.compile(rf"(?:{KIND},?|\b(?:of|from|at|with|for|representing)(?: the)?)[ \u00a0]$")
LEADING_KIND = re.compile(rf"^{KIND},?[ \u00a0](?=[“«\"‘„A-ZÀ-ÖØ-ÞŠŽĐ])")
BASED = re.compile(r"^(?:[A-ZÀ-ÖØ-Þ][\w’'-]*[ \u00a0]){0,2}[A-ZÀ-ÖØ-Þ][\w’'-]*-based[ \u00a0](?=[A-ZÀ-ÖØ-Þ])")
ACRONYM = re.compile(r"(?<=[\w”\"’])[ \u00a0]\([A-ZÀ-ÖØ-Þ][\w&./-]{1,15}\)")
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)
JOINS = r"(?:of|and|the|for|in|on|to|against|at|de|la|del|des|du)\b"
HUNG_ON = re.compile(
    r"\s+(?:who|which|where|when|while|whose|during|in (?:his|her|their)|based in|has|had|was|is)\b"
    r"|,\s+(?!and\b|or\b)[a-z]|;|\n|(?<=[”»\"]),"
    # Two words in small letters that join no names: the sentence goes on.
    rf"|,\s[^,]*?\b(?!{JOINS})[a-z]{{2,}}\s+(?!{JOINS})[a-z]{{2,}}\b"
)
IN_PLACE = re.compile(r"(?<=\w)\s+in (?:the )?(?P<place>[A-ZÀ-ÖØ-ÞŁŠŽ][\w-]+(?: [A-Z][\w-]+)?)$")
# What a person has an office in for a day or a year, and does not come from.
ORGAN = re.compile(
    r"(?:[\w-]+ ){0,3}?(?:Working Groups?|Constructive Dialogues?|Dialogues? on|Conference of the (?:States )?Part)"
)
MOST = 9  # words of a body's name between marks


def body(text):
    """The name of a body without article, and without what a sentence hangs to it."""
    text = HUNG_ON.split(without_acronyms(text))[0]
    text = _without_place(text.strip(" ,.()–—"))
    text = ARTICLE.sub("", text).strip()
    text = BASED.sub("", LEADING_KIND.sub("", text))
    return " ".join(text.strip('“”«»„"‘').split())


def _without_place(text):
    """Without "in Bonn" at its end, unless that leaves one word of a name: "People in Transit"."""
    where = IN_PLACE.search(text)
    if not where:
        return text
    rest = ARTICLE.sub("", text[: where.start()])
    return rest if " " in rest or fold(rest) in PLACES or fold(where["place"]) in PLACES else text


def without_acronyms(text):
    """The text with "(UNODC)" behind a body's name as spaces; each place stays where it is."""
    return ACRONYM.sub(lambda match: " " * len(match[0]), text)


def is_nickname(text, quotation):
    """Whether one word between marks stands in the middle of a name: Maria "Mia" Holm."""
    word = re.fullmatch(r"[A-ZÀ-ÖØ-Þ]\w+", quotation.words(text))
    before = re.search(r"[A-ZÀ-ÖØ-Þ]\w+[ \u00a0]$", text[max(0, quotation.start - 30) : quotation.start])
    return bool(word and before and re.match(r"[ \u00a0][A-ZÀ-ÖØ-Þ]\w", text[quotation.end :]))


def is_name_of_body(text, quotation):
    """Whether marks hold what a body is called, as in "of the NGO “Open Door”"."""
    words = re.findall(r"\w[\w’'-]*", quotation.words(text))
    long = [word for word in words if len(word) > 3]
    return (
        0 < len(words) <= MOST
        and words[0][0].isupper()
        and all(word[0].isupper() for word in long)
        and text[quotation.end - 2] not in ".!?,…"
        and bool(KIND_BEFORE.search(text, max(0, quotation.start - 60), quotation.start))
    )
