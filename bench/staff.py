"""What the portal reads in a press release: `make bench ONLY=staff`, of any with `TEXT=FILE ANSWERS=FILE`.

Prints what was found, what was proposed and is wrong, and what was missed. ANSWERS is a JSON file:

    {"dialogues": [{"series": "Trafficking in Persons", "date": "2024-07-10"}],
     "people": [{"name": "…", "role": "Co-Chair", "affiliation": "…", "dialogue": "Trafficking in Persons"}],
     "quotes": [{"speaker": "…", "text": "…"}]}

What is not given is not judged: leave out a kind, or a key of a person. A role is in words or a code of
`Appearance.Role`. "quotes" may be {speaker: [texts]} too, or a list with
each person. A date may be a year, or in words. Words alone are compared, in order and with their capitals:
marks, points and white space may differ. A quote that goes on may be given in one piece or in several. In place of its
"text" a quote may have the "sha256" of its words, joined by single spaces, as `bench.press.words_of_quote` cuts them.
"""

import json
import os
from pathlib import Path

from bench.press import judge
from intake.press import read

TEXT = Path("../shared/press/2024-07-25-constructive-dialogues.txt")
ANSWERS = Path(__file__).parent / "press_release.json"
REAL = Path(__file__).parents[1] / "portal/sample/real.json"
UNSEEN = sorted((Path(__file__).parent / "unseen").glob("*.txt"))


def measure(corpus):
    """The tallies of TEXT; without one, of the real release and, in sum, of those that the reader was not written with.

    The corpus has no part in it.
    """
    text_file, answers_file = Path(os.environ.get("TEXT") or TEXT), Path(os.environ.get("ANSWERS") or ANSWERS)
    yield from tallies(text_file, answers_file)
    if "TEXT" not in os.environ:
        found, wrong, missed = unseen()
        yield f"of {len(UNSEEN)} unseen releases: {found} found, {wrong} wrong, {missed} missed"


def tallies(text_file, answers_file):
    """The tallies of one release."""
    text = text_file.read_text("utf-8-sig")
    known = json.loads(REAL.read_text("utf8"))
    proposals = read(text, [one["name"] for one in known["series"]], [one["name"] for one in known["topics"]])
    return list(judge(text, proposals, json.loads(answers_file.read_text("utf-8-sig"))))


def unseen():
    """How many facts of the unseen releases are found, how many proposals are wrong, how many facts are missed."""
    all_of_them = [tally for path in UNSEEN for tally in tallies(path, path.with_suffix(".json"))]
    return [sum(sizes) for sizes in zip(*(size(tally) for tally in all_of_them), strict=True)]


def size(tally):
    return tally.found, len(tally.wrong), len(tally.missed)
