"""People as lists write them, to be told apart: the same person twice is one speaker."""

from collections import defaultdict

from dialogues.models import Speaker
from intake.spreadsheets.columns import plain

# None that is a family's or a person's own name as often, nor an initial: better one speaker twice than two as one.
BEFORE = {
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "doctor", "sir", "dame", "judge", "justice", "amb",
    "ambassador", "hon", "honourable", "honorable", "his", "her", "excellency", "minister", "herr", "frau", "mme",
    "madame", "monsieur", "sra", "phd", "llm", "msc",
}  # fmt: skip
BEHIND = {"phd", "llm", "msc", "mba"}
FEWEST = 2  # words that always stay of a name


def name_key(name):
    """A name without case, accents, honorifics and needless space; “Sample, Dr Ana” is “Ana Sample”."""
    last, comma, first = name.partition(",")
    words = plain(f"{first} {last}" if comma else name).split()
    while len(words) > FEWEST:
        if words[:2] == ["h", "e"] and len(words) > FEWEST + 1:
            words = words[2:]
        elif words[0] in BEFORE:
            words = words[1:]
        elif words[-1] in BEHIND:
            words = words[:-1]
        else:
            break
    return " ".join(words)


def speakers_by_name():
    """All speakers, by what their names come to; several may share one."""
    found = defaultdict(list)
    for speaker in Speaker.objects.all():
        found[name_key(speaker.name)].append(speaker)
    return found
