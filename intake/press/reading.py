"""Reads one press release: the order in which the parts of this room look at it."""

import re

from text.folding import fold

from .bodies import is_name_of_body, is_nickname
from .dates import days_in
from .listening import Listener
from .marks import quotations
from .meetings import meetings_in
from .mononyms import mononyms
from .names import OPENERS, names_in
from .persons import gather
from .proposals import Proposals
from .sentences import hidden, is_heading, paragraphs, stops, unwrapped

PLACE = r"[A-ZÀ-ÖØ-Þ][\w’'-]*(?:[ /-][A-ZÀ-ÖØ-Þ][\w’'-]*){0,3}"
DATELINE = re.compile(
    rf"[\s*_#>]*(?P<place>{PLACE})(?:,\s*{PLACE})?(?:\s*\([^)\d]*\))?\s*[,(–—:-]?\s*(?=\(?\d|{PLACE} \d)"
)
ENDS_OF_TITLES = '”"»’?!'
DIALOGUE = re.compile(r"\bdialogues?\b", re.I)
NOT_OF_PLACE = re.compile(r"/(?:online|virtual|hybrid|Austria)$", re.I)
MOST_NAMES = 1000  # in one text: each is held against the others
FIRST = 5  # paragraphs in which a dateline may stand
NO_TITLE = re.compile(r"(?:press release|news|media advisory|for immediate release|note to editors)\W*$", re.I)
TOPICS = re.compile(
    r"(?:^|[.\n] *)(?P<before>[^.\n:]{5,400}):\s*these were [^.\n]{0,30}topics"
    r"|(?:^|[.\n] *)(?P<among>[^.\n:]{5,300}?) (?:were|are) (?:among|some of) the [^.\n]{0,20}topics"
    r"|topics (?:discussed |addressed |covered )?(?:included|were|are|such as|include|:)"
    r"\s*(?P<behind>[^.\n]{5,300})", re.I
)  # fmt: skip


def read(text, series=(), topics=()):
    """The Proposals of a press release; `series` and `topics` are names that the portal has already."""
    text = unwrapped(text)
    marked = [one for one in quotations(text) if not (is_name_of_body(text, one) or is_nickname(text, one))]
    prose = hidden(text, [(one.start, one.end) for one in marked])
    place, issued, body = _dateline(prose)
    ends = sorted({*stops(prose), body})
    meetings = meetings_in(_without(prose, body), ends, series, issued or _some_day(prose))
    names = _names(prose)
    people, whose = gather(prose, ends, names)
    listener = Listener(text, prose, ends, names, people, whose, meetings, series)
    quotes = listener.hear(marked)
    found = Proposals(_title(text, meetings), place, issued, meetings, topics=_topics(text, topics))
    found.people = listener.speaking()
    numbers = {one.name: number for number, one in enumerate(found.people)}
    for quote in quotes:
        quote.person = numbers.get(quote.speaker)
    found.quotes = quotes
    return found


def _without(prose, body):
    """The prose with its dateline put out of sight, so that its day is no dialogue's."""
    line = prose.rfind("\n", 0, body) + 1
    return prose[:line] + " " * (body - line) + prose[body:]


def _some_day(prose):
    """Where no dateline says the year, the first day that is written with one."""
    return next((day for found in days_in(prose) for day in found.dates(None)), None)


def _names(prose):
    """Names, also the bare surnames of those who are named in full, and of those who have but one name."""
    surnames = {fold(one.name).split()[-1] for one in names_in(prose) if one.is_full}
    return names_in(prose, surnames | mononyms(prose))[:MOST_NAMES]


def _dateline(prose):
    """Place and day with which a release begins, and where its text does."""
    for start, end in paragraphs(prose)[:FIRST]:
        line = prose[start:end]
        for days in days_in(line[:120])[:1]:
            match = DATELINE.match(line)
            dates = days.dates(None)
            if match and fold(match["place"]) not in OPENERS and match.end() >= days.start - 1 and dates:
                return _place(match["place"]), dates[0], start + days.end
            behind = re.match(rf"\)?\s*[,|]\s*({PLACE})\s*(?:[–—:.-]|$)", line[days.end :])
            if days.start < 3 and dates and (behind or len(line.strip()) < days.end + 4):
                return behind[1] if behind else "", dates[0], start + days.end + (behind.end() if behind else 0)
    return "", None, 0


def _place(words):
    """The town of a dateline: "VIENNA", "Vienna/Online"."""
    words = NOT_OF_PLACE.sub("", words)
    return words.title() if words.isupper() else words


def _title(text, meetings):
    """The headline, or where there is none what the first dialogues are called."""
    for start, end in paragraphs(text)[:FIRST]:
        line = text[start:end].strip().lstrip("# ")
        if NO_TITLE.match(line) or (days_in(line) and len(line) < 60):
            continue
        if not is_heading(line.rstrip(ENDS_OF_TITLES)) or line.count(". "):
            break
        return line
    named = (" ".join(text[one.start : one.end].split()) for one in meetings)
    called = next((name for name in named if DIALOGUE.search(name)), "")
    return called[:1].upper() + called[1:]


def _topics(text, known):
    """Topics that the portal has and the text speaks of, and those that it calls so itself."""
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
