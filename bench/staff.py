"""The quality of reading press releases: `make bench ONLY=staff`; `TEXT=FILE ANSWERS=FILE` for another release.

Prints for each kind of row how many arrive ticked and are right, and how many facts of the text are found. ANSWERS is a
JSON file:

    {"news": {"title": "…", "place": "Vienna", "date": "2024-07-25"},
     "dialogues": [{"series": "Trafficking in Persons", "date": "2024-07-10"}],
     "people": [{"name": "…", "role": "Co-Chair", "affiliation": "…", "dialogue": "Trafficking in Persons"}],
     "quotes": [{"speaker": "…", "text": "…"}], "topics": ["…"]}

Leave out a kind, or a key of a person, and it is not scored. A role is in words or a code of `Appearance.Role`. A date
may be a year, or in words. Each quotation is a quote of its own. Instead of "text" a quote may have the "sha256" of its
words, joined by single spaces, as `bench.press_scoring.quote_words` splits them.
"""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench import press_acceptance
from bench.figures import Figure
from bench.press_scoring import Tally, score
from intake.press import KnownNames, read_press_release
from intake.source_text import unwrap_lines
from tests.browser.test_press import CLICKS, FACTS

TEXT = Path("../shared/press/2024-07-25-constructive-dialogues.txt")
ANSWERS = Path(__file__).parent / "press_release.json"
FOLDER = Path(__file__).parent
NAMED = {"series": "series", "topic": "topics"}
# As staff translate the names of series.
TRANSLATED = {
    "Traite des personnes": "Trafficking in Persons", "Trata de personas": "Trafficking in Persons",
    "Trafic illicite de migrants": "Smuggling of Migrants", "Tráfico ilícito de migrantes": "Smuggling of Migrants",
    "Armes à feu": "Firearms", "Armas de fuego": "Firearms",
}  # fmt: skip
REAL = Path(__file__).parents[1] / "portal/sample/real.json"
SETS = {
    "in the shape of real ones, used to write the reader": "releases/tuned",
    "in the shape of real ones, held out": "releases/held_out",
    "invented": "unseen",
    "by another hand, in English, French and Spanish": "releases/strangers",
    "in the styles of press services, in English, French and Spanish": "releases/services",
}


def releases(folder: str) -> list[Path]:
    """Return the texts of a set, in order."""
    return sorted((FOLDER / folder).glob("*.txt"))


def as_pasted(path: Path) -> str:
    """Return the text of a release as the page gives it to the reader."""
    return unwrap_lines(path.read_text("utf-8-sig"))


def known_names() -> KnownNames:
    """Return the series and topics that the portal starts with, the series in French and Spanish too."""
    known = json.loads(REAL.read_text("utf8"))
    names = {kind: {one["name"]: one["name"] for one in known[rows]} for kind, rows in NAMED.items()}
    names["series"] |= TRANSLATED
    return KnownNames(**names)


def measure(files: list[Path]) -> Iterator[Tally | str | Figure]:
    """Yield the tallies of TEXT, or of the real release and of each set of releases. `files` is not used."""
    text_file, answers_file = Path(os.environ.get("TEXT") or TEXT), Path(os.environ.get("ANSWERS") or ANSWERS)
    if text_file.exists():
        yield f"{text_file.stem}:"
        yield from printed(tallies([(text_file, answers_file)]), lists=True)
    if "TEXT" not in os.environ:
        for name, folder in SETS.items():
            totals = tallies((path, path.with_suffix(".json")) for path in releases(folder))
            yield f"\n{len(releases(folder))} releases {name}:"
            yield from printed(totals, lists=False)
            yield Figure("ticked rows that are right", precision(totals), "of 1", 0.95, most=False)
            yield Figure("quotes found", totals["quotes"].recall, "of 1", 0.75, most=False)
        yield "\na release of which the reader finds only the headline and two quotations without speakers:"
        yield Figure(f"to complete its {FACTS} facts by selecting words", CLICKS, "clicks", 25)
        yield from press_acceptance.measure()


def tallies(files: Iterable[tuple[Path, Path]]) -> dict[str, Tally]:
    """Return the sums of the tallies of releases, each given by its text and its answers."""
    names, totals = known_names(), dict[str, Tally]()
    for text_file, answers_file in files:
        text = as_pasted(text_file)
        found = score(text, read_press_release(text, names), json.loads(answers_file.read_text("utf-8-sig")))
        for kind, tally in found.items():
            totals.setdefault(kind, Tally()).add(tally)
    return totals


def precision(totals: dict[str, Tally]) -> float:
    """Return the share of ticked rows of all kinds that are right."""
    whole = Tally()
    for tally in totals.values():
        whole.add(tally)
    return whole.precision


def printed(totals: dict[str, Tally], *, lists: bool) -> Iterator[str]:
    """Yield a line for each kind; with `lists`, also the wrong rows and what was missed."""
    for kind, tally in totals.items():
        yield f"{kind}: {tally}"
        if lists:
            rows = {"wrong": tally.wrong_ticked, "wrong, not ticked": tally.wrong_others, "missed": tally.missed}
            yield from (f"  {name}: {'; '.join(some)}" for name, some in rows.items() if some)
