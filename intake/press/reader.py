"""Read a press release: run the steps of this package in order."""

import re
from collections.abc import Iterable
from datetime import date

from text.words import fold

from .coreference import resolve_people
from .dates import find_dates
from .meetings import find_meetings
from .organizations import is_nickname, is_quoted_organization
from .person_names import SENTENCE_OPENERS, NameMention, find_mononyms, find_names
from .proposed_records import MeetingProposal, PressProposals
from .quotation_marks import find_quotations
from .sentences import blank_out, is_heading, paragraph_spans, sentence_ends, unwrap_lines
from .speaker_resolution import SpeakerResolver

PLACE = r"[A-ZÀ-ÖØ-Þ][\w’'-]*(?:[ /-][A-ZÀ-ÖØ-Þ][\w’'-]*){0,3}"
DATELINE = re.compile(
    rf"[\s*_#>]*(?P<place>{PLACE})(?:,\s*{PLACE})?(?:\s*\([^)\d]*\))?\s*[,(–—:-]?\s*(?=\(?\d|{PLACE} \d)"
)
TITLE_ENDINGS = '”"»’?!'
DIALOGUE = re.compile(r"\bdialogues?\b", re.I)
NOT_PART_OF_TOWN = re.compile(r"/(?:online|virtual|hybrid|Austria)$", re.I)
MAX_NAMES = 1000  # in one text; the time grows with their square
DATELINE_PARAGRAPHS = 5  # the first paragraphs may contain the title and the dateline
NOT_A_TITLE = re.compile(r"(?:press release|news|media advisory|for immediate release|note to editors)\W*$", re.I)
TOPICS = re.compile(
    r"(?:^|[.\n] *)(?P<before>[^.\n:]{5,400}):\s*these were [^.\n]{0,30}topics"
    r"|(?:^|[.\n] *)(?P<among>[^.\n:]{5,300}?) (?:were|are) (?:among|some of) the [^.\n]{0,20}topics"
    r"|topics (?:discussed |addressed |covered )?(?:included|were|are|such as|include|:)"
    r"\s*(?P<behind>[^.\n]{5,300})", re.I
)  # fmt: skip


def read_press_release(text: str, series: Iterable[str] = (), topics: Iterable[str] = ()) -> PressProposals:
    """Return what a press release describes; `series` and `topics` are the names of existing records."""
    text = unwrap_lines(text)
    marked = [one for one in find_quotations(text) if not (is_quoted_organization(text, one) or is_nickname(text, one))]
    prose = blank_out(text, [(one.start, one.end) for one in marked])
    place, issued, body_start = _dateline(prose)
    ends = sorted({*sentence_ends(prose), body_start})
    meetings = find_meetings(_blank_dateline(prose, body_start), ends, series, issued or _first_full_date(prose))
    names = _names(prose)
    people, person_at = resolve_people(prose, ends, names)
    resolver = SpeakerResolver(text, prose, ends, names, people, person_at, meetings, series)
    quotes = resolver.resolve(marked)
    found = PressProposals(_title(text, meetings), place, issued, meetings, topics=_topics(text, topics))
    found.people = resolver.speakers()
    numbers = {one.name: number for number, one in enumerate(found.people)}
    for quote in quotes:
        quote.person = numbers.get(quote.speaker)
    found.quotes = quotes
    return found


def _blank_dateline(prose: str, body_start: int) -> str:
    """Replace the dateline by spaces, so that its date is not taken for that of a meeting."""
    line = prose.rfind("\n", 0, body_start) + 1
    return prose[:line] + " " * (body_start - line) + prose[body_start:]


def _first_full_date(prose: str) -> date | None:
    """Return the first date with a year, or None."""
    return next((day for found in find_dates(prose) for day in found.dates(None)), None)


def _names(prose: str) -> list[NameMention]:
    """Return all names: full names, their surnames alone, and mononyms."""
    surnames = {fold(one.name).split()[-1] for one in find_names(prose) if one.is_full}
    return find_names(prose, surnames | find_mononyms(prose))[:MAX_NAMES]


def _dateline(prose: str) -> tuple[str, date | None, int]:
    """Return the place and date of the dateline, and the offset after it; ("", None, 0) if there is none."""
    for start, end in paragraph_spans(prose)[:DATELINE_PARAGRAPHS]:
        line = prose[start:end]
        for days in find_dates(line[:120])[:1]:
            match = DATELINE.match(line)
            dates = days.dates(None)
            if match and fold(match["place"]) not in SENTENCE_OPENERS and match.end() >= days.start - 1 and dates:
                return _place(match["place"]), dates[0], start + days.end
            town = re.match(rf"\)?\s*[,|]\s*({PLACE})\s*(?:[–—:.-]|$)", line[days.end :])
            if days.start < 3 and dates and (town or len(line.strip()) < days.end + 4):
                return town[1] if town else "", dates[0], start + days.end + (town.end() if town else 0)
    return "", None, 0


def _place(words: str) -> str:
    """Return the town of a dateline such as "VIENNA" or "Vienna/Online"."""
    words = NOT_PART_OF_TOWN.sub("", words)
    return words.title() if words.isupper() else words


def _title(text: str, meetings: list[MeetingProposal]) -> str:
    """Return the headline, or the first dialogue named in the text, or ""."""
    for start, end in paragraph_spans(text)[:DATELINE_PARAGRAPHS]:
        line = text[start:end].strip().lstrip("# ")
        if NOT_A_TITLE.match(line) or (find_dates(line) and len(line) < 60):
            continue
        if not is_heading(line.rstrip(TITLE_ENDINGS)) or line.count(". "):
            break
        return line
    named = (" ".join(text[one.start : one.end].split()) for one in meetings)
    called = next((name for name in named if DIALOGUE.search(name)), "")
    return called[:1].upper() + called[1:]


def _topics(text: str, known: Iterable[str]) -> list[str]:
    """Return the known topics that the text mentions, and those that it introduces as topics."""
    words = fold(" ".join(text.split()))
    found = [name for name in known if re.search(rf"\b{re.escape(fold(name))}\b", words)]
    for match in TOPICS.finditer(text):
        for part in re.split(
            r",\s*(?:and\s+)?|\s+and\s+(?=\w+ \w)|;\s*", match["before"] or match["among"] or match["behind"]
        ):
            name = part.strip(" .")
            if 3 < len(name) <= 80 and fold(name) not in map(fold, found):
                found.append(name[0].upper() + name[1:])
    return found
