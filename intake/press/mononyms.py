"""People who are called by one word: "said Adaora, a survivor leader", "Suryani, Director of …, explained"."""

import re

from text.folding import fold
from text.proper_names import PLACES

from .names import JOBS, NO_PARTS, OFFICES, OPENERS, PART, ROLES, TITLES
from .sentences import FILLED
from .verbs import ADVERB, SAYING, VERB_FIRST

CLAUSE = r"(?P<clause>[^.;:\n\ue000]{3,160}?)"
SAID_BY = re.compile(rf"{FILLED}[\s,–—-]*(?:{VERB_FIRST.pattern})\s+(?P<name>{PART}),\s+{CLAUSE}(?=[.,;:\n]|$)")
OPENING = re.compile(rf"(?:^|\n|[.!?{FILLED}]\s)\s*(?P<name>{PART}),\s+{CLAUSE},\s+(?:{ADVERB}*{SAYING})(?![\w-])")
NO_NAMES = NO_PARTS | OPENERS | JOBS | TITLES | PLACES | ROLES.keys()


def mononyms(prose):
    """Single words (folded) that name somebody, because what hangs to them says what they are."""
    found = (match for pattern in (SAID_BY, OPENING) for match in pattern.finditer(prose))
    return {fold(match["name"]) for match in found if _is_name(match["name"]) and _is_person(match["clause"])}


def _is_name(word):
    return fold(word) not in NO_NAMES and not (word.isupper() and len(word) > 2) and len(word) > 2


def _is_person(clause):
    words = re.findall(r"[\w-]+", fold(clause))[:6]
    return any(word in OFFICES or word in TITLES or word in ROLES for word in words)
