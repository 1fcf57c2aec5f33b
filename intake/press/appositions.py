"""Find the apposition after a name: in commas or brackets, or with "of", "from" and "at"."""

import re

from .descriptions import WORKS_FOR
from .organizations import ORGANIZATION_START, blank_acronyms
from .person_names import NameMention
from .sentences import FILLED
from .speech_verbs import SPEECH_VERBS, STAGE_VERBS

MAIN_VERBS = rf"(?:{SPEECH_VERBS}|{STAGE_VERBS}|served|acted|participated|joined|attended|took|led|hosted)"
APPOSITION_END = re.compile(
    rf",\s+(?:and\s+)?(?:(?:also|further|then|later|in turn|\w+ly)\s+)*(?:{MAIN_VERBS}|as|while|when|after|during|in"
    r"|at the|together|along|alongside|on|he|she|they|it|but"
    r"|before|where|which|to|with a|whose|has|had|have|was|is|for|by|[a-z]{3,}ing)(?![\w-])"
    rf"|(?:\s+(?:also|further|then|later|\w+ly))*\s+{MAIN_VERBS}(?![\w-])|\s+(?:who|has|had|was|is|are|were)\s|;|\s[–—]\s|\)"
)
WORKS_FOR_CLAUSE = re.compile(rf",?\s+(?:{WORKS_FOR.pattern}|who is from\s+)(?={ORGANIZATION_START})")
PREPOSITION_BEFORE = re.compile(r"\b(?:of|from|at|with|for|representing)\s+(?:[Tt]he\s+)?$")


DEGREE = re.compile(r",\s(?:Ph\.?D|M\.?D|J\.?D|LL\.?[BMD]|M\.?A|M\.?Sc|MBA|KC|QC|SC|Esq)\b\.?(?=[,\s]|$)")


def apposition_after(prose: str, ends: list[int], names: list[NameMention], place: int) -> str:
    """Return the apposition to the name that ends at offset `place`, with its leading punctuation, or ""."""
    stop = min([end for end in ends if end > place], default=len(prose))
    if works := WORKS_FOR_CLAUSE.match(prose, place, stop):
        return prose[place : works.end()] + re.split(r",|\ue000", prose[works.end() : stop])[0].rstrip(" .!?;")
    later = [one for one in names if place < one.start < stop]
    other = min(
        [one.lead for one in later if not PREPOSITION_BEFORE.search(prose, one.lead - 24, one.lead)], default=stop
    )
    tail = prose[place : min(stop, other)].partition(FILLED)[0]
    tail = tail.rstrip().rstrip(".!?;") if len(tail) == stop - place else tail
    if tail.startswith(" ("):
        return tail.partition(")")[0] + ")"
    tail = DEGREE.sub(lambda match: "," + " " * (len(match[0]) - 1), blank_acronyms(tail))
    if not re.match(r",|\s[–—]\s|\s+(?:of|from|at|with|representing|on behalf of)\s", tail):
        return ""
    cut = APPOSITION_END.search(tail, 1)
    while cut and not re.search(r"\w", tail[: cut.start()].strip(" ,–—")):
        return ""
    clause = tail[: cut.start()] if cut else tail
    if not tail.startswith((",", " –", " —")):
        clause = _until_comma(clause)
    return re.sub(r"[\s,]*(?:\band\b|,)?[\s,]*(?:the\s*)?$", "", clause)


def _until_comma(clause: str) -> str:
    """Return the part before the comma, unless an organization's name continues after it."""
    first, comma, rest = clause.partition(",")
    return clause if comma and re.match(r"\s(?:[A-Z][\w-]+\s?){1,4}$", rest) else first
