"""The words that the reader knows, in English, French and Spanish, and the forms of the verbs of saying among them."""

from collections.abc import Iterable
from pathlib import Path

WORDS: dict[str, frozenset[str]] = {}  # by the name of their list
for line in Path(__file__).with_suffix(".txt").read_text("utf8").splitlines()[1:]:
    name, _colon, words = line.partition(": ")
    WORDS[name] = WORDS.get(name, frozenset()) | {*words.split()}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


FORMS = _any({*WORDS["said"], *(rf"{stem}(?:e?d|es|s)" for stem in WORDS["said -ed"])})
ADVERB = r"(?:(?:also|further|then|later|again|in turn|once more|too|has|had|first|\w+ly)\s+)"
PARTICIPLE = (
    "(?:admis|averti|conclu|dit|poursuivi|prévenu|reconnu|renchéri|répondu|soutenu|fait (?:observer|remarquer|valoir)"
    rf"|(?:{_any(WORDS['a dit -é'])})é)"
)
FRENCH = (
    rf"(?:a (?:\w+ )?{PARTICIPLE}(?: (?:{_any(WORDS['a dit ensuite'])}))?|dit|conclut|martèle"
    rf"|(?:{_any(WORDS['dit -e'])})e)"
)
SPANISH = f"(?:dijo|sostuvo|expuso|(?:añad|insist|pid|resum)ió|(?:{_any(WORDS['dijo -ó'])})ó)"
SPOKE = rf"{ADVERB}*(?:{FORMS}|took the floor|delivered|welcomed|thanked|opened|closed)"
SPEECH_VERB = rf"(?:{SPOKE}|{FRENCH}|{SPANISH})(?![\w-])"
STAGE_VERB = rf"{ADVERB}*(?:(?:co-)?chaired|moderated|facilitated|presented|addressed|introduced|briefed)(?![\w-])"
