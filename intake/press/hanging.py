"""What hangs to a name behind it: in commas or brackets, or with "of", "from" and "at"."""

import re

from .bodies import START, without_acronyms
from .clauses import FOR
from .sentences import FILLED
from .verbs import DONE, SAYING

ENDS = rf"(?:{SAYING}|{DONE}|served|acted|participated|joined|attended|took|led|hosted)"
ENDS_CLAUSE = re.compile(
    rf",\s+(?:and\s+)?(?:(?:also|further|then|later|in turn|\w+ly)\s+)*(?:{ENDS}|as|while|when|after|during|in"
    r"|at the|together|along|alongside|on|he|she|they|it|but"
    r"|before|where|which|to|with a|whose|has|had|have|was|is|for|by|[a-z]{3,}ing)(?![\w-])"
    rf"|(?:\s+(?:also|further|then|later|\w+ly))*\s+{ENDS}(?![\w-])|\s+(?:who|has|had|was|is|are|were)\s|;|\s[–—]\s|\)"
)
WORKS = re.compile(rf",?\s+(?:{FOR.pattern}|who is from\s+)(?={START})")
OF_BODY = re.compile(r"\b(?:of|from|at|with|for|representing)\s+(?:[Tt]he\s+)?$")


DEGREE = re.compile(r",\s(?:Ph\.?D|M\.?D|J\.?D|LL\.?[BMD]|M\.?A|M\.?Sc|MBA|KC|QC|SC|Esq)\b\.?(?=[,\s]|$)")


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
    tail = DEGREE.sub(lambda match: "," + " " * (len(match[0]) - 1), without_acronyms(tail))
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
