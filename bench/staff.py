"""The quality of reading press releases: `make bench ONLY=staff`; `TEXT=FILE ANSWERS=FILE` for another release.

Prints the number of facts found, of wrong proposals and of facts missed, by kind. ANSWERS is a JSON file:

    {"dialogues": [{"series": "Trafficking in Persons", "date": "2024-07-10"}],
     "people": [{"name": "…", "role": "Co-Chair", "affiliation": "…", "dialogue": "Trafficking in Persons"}],
     "quotes": [{"speaker": "…", "text": "…"}]}

Leave out a kind, or a key of a person, and it is not scored. A role is in words or a code of `Appearance.Role`. A date
may be a year, or in words. "quotes" may also be {speaker: [texts]}, or a list at each person. A quote with several
parts may be given in one piece or in several. Its words are compared with the answer, in their order and with their
case; quotation marks, punctuation and white space may differ. The text to save must also be in the source, piece by
piece, or the quote is wrong. Instead of "text" a quote may have the "sha256" of its
words, joined by single spaces, as `bench.press_scoring.quote_words` splits them.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from bench.press_scoring import Tally, score
from intake.press import read_press_release

TEXT = Path("../shared/press/2024-07-25-constructive-dialogues.txt")
ANSWERS = Path(__file__).parent / "press_release.json"
REAL = Path(__file__).parents[1] / "portal/sample/real.json"
UNSEEN = sorted((Path(__file__).parent / "unseen").glob("*.txt"))


def measure(files: list[Path]) -> Iterator[Tally | str]:
    """Yield the tallies of TEXT, or of the real release and the total of the unseen releases. `files` is not used."""
    text_file, answers_file = Path(os.environ.get("TEXT") or TEXT), Path(os.environ.get("ANSWERS") or ANSWERS)
    yield from tallies(text_file, answers_file)
    if "TEXT" not in os.environ:
        found, wrong, missed = score_unseen()
        yield f"of {len(UNSEEN)} unseen releases: {found} found, {wrong} wrong, {missed} missed"


def tallies(text_file: Path, answers_file: Path) -> list[Tally]:
    """Return the tallies of one release."""
    text = text_file.read_text("utf-8-sig")
    known = json.loads(REAL.read_text("utf8"))
    series, topics = [one["name"] for one in known["series"]], [one["name"] for one in known["topics"]]
    proposals = read_press_release(text, series, topics)
    return list(score(text, proposals, json.loads(answers_file.read_text("utf-8-sig"))))


def score_unseen() -> tuple[int, int, int]:
    """Return the totals of the unseen releases: facts found, wrong proposals, facts missed."""
    results = [tally for path in UNSEEN for tally in tallies(path, path.with_suffix(".json"))]
    return (
        sum(tally.found for tally in results),
        sum(len(tally.wrong) for tally in results),
        sum(len(tally.missed) for tally in results),
    )
