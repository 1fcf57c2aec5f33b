"""People as lists write them, to be told apart: the same person twice is one speaker."""

from collections import defaultdict

from dialogues.models import Speaker
from intake.spreadsheets.columns import plain

HONORIFICS = {
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "doctor", "sir", "dame", "judge", "justice", "amb",
    "ambassador", "hon", "honourable", "honorable", "h", "e", "he", "his", "her", "excellency", "minister", "mag",
    "herr", "frau", "mme", "madame", "monsieur", "m", "sr", "sra", "phd", "ll", "llm", "ma", "msc",
}  # fmt: skip


def name_key(name):
    """A name without case, accents, honorifics and needless space; “Sample, Ana” is “Ana Sample”."""
    last, comma, first = name.partition(",")
    words = plain(f"{first} {last}" if comma else name).split()
    bare = [word for word in words if word not in HONORIFICS]
    return " ".join(bare or words)


def speakers_by_name():
    """All speakers, by what their names come to; several may share one."""
    found = defaultdict(list)
    for speaker in Speaker.objects.all():
        found[name_key(speaker.name)].append(speaker)
    return found
