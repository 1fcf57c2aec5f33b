"""Read a press release: run the steps of this package in order."""

import re
from datetime import date
from itertools import zip_longest

from text.dates_in_prose import find_dates
from text.proper_names import UPPER
from text.words import fold

from .attribution import Attributor
from .known_names import KnownNames
from .meetings import find_meetings
from .people import People
from .person_names import OPENERS, find_names
from .proposed_records import OMISSION, MeetingProposal, PressProposals, QuoteProposal
from .quotation_marks import Quotation, find_quotations
from .sentences import blank_out, is_heading, paragraph_spans, sentence_ends

PLACE = rf"[{UPPER}][\w’'-]*(?:[ -][{UPPER}][\w’'-]*){{0,3}}"
BRACKETS = rf"(?:[,/]\s*{PLACE})?(?:\s*\([^)\d]*\))?"
DATELINE = re.compile(rf"\s*\(?(?P<place>{PLACE}){BRACKETS}\s*[,(–—:-]?\s*(?:(?:le|el)\s)?(?=\(?\d|[A-Z][a-z]+ \d)")
NICKNAME = re.compile(rf"\w [^\w\s]\w+[^\w\s] [{UPPER}]\w")  # with a letter of the names before and after it
FIRST_PARAGRAPHS = 6  # may contain the title and the dateline
LABEL = re.compile(
    r"\W*(?:press release|news(?: release)?|media advisory|for immediate \w+|communiqué(?: de presse)?"
    r"|(?:nota|comunicado) de prensa|nota informativa|note d[’']information|пресс-релиз|新闻稿|بيان صحفي)"
    r"(?:\W+(?:n[.oº°]*\s*)?\d[\d/.-]*)?\W*$", re.I
)  # fmt: skip
NOT_A_TITLE = re.compile(r"(?:for information\b|photo|©|note to)", re.I)
CONTACTS = re.compile(  # what follows is not part of the release
    r"^(?:[*_#\s-]{3,}(?=(?s:.{0,600})(?:@|\+\d|https?:|www\.))|for (?:\w+ )?information|(?:press|media) desk"
    r"|(?:media |press )?contacts?\b|notes? (?:to|for)|pour (?:plus|toute?) |para más )", re.I | re.M
)  # fmt: skip


def read_press_release(text: str, names: KnownNames | None = None) -> PressProposals:
    """Return what a press release describes; `names` are those of existing records."""
    contacts = CONTACTS.search(text, len(text) // 2)
    body_end = contacts.start() if contacts else len(text)
    quotations = find_quotations(text[:body_end])
    quotations = [one for one in quotations if not NICKNAME.fullmatch(text[max(0, one.start - 2) : one.end + 3])]
    prose = blank_out(text[:body_end], [(one.start, one.end) for one in quotations])
    place, issued, body = _dateline(prose)
    ends = sorted({*sentence_ends(prose), body})
    known = (names or KnownNames()).find(prose)
    meetings = find_meetings(" " * body + prose[body:], ends, known, issued)
    bodies = {fold(one.name) for one in known if one.kind == "organization"}
    people = People(prose, ends, find_names(prose, known), bodies)
    found = PressProposals(_title(text), place, issued, meetings, quotes=_quotes(text, people, ends, quotations))
    for quote in found.quotes:
        quote.meeting = _meeting_at(prose, meetings, quote.parts[0][0])
    for person in people.all:
        person.meeting, person.sure = _meeting_at(prose, meetings, person.start), person.speaks and person.is_sure
    found.people = [one for one in people.all if one.speaks or one.name in {quote.speaker for quote in found.quotes}]
    found.topics = [*dict.fromkeys(one.name for one in known if one.kind == "topic")]
    return found


def _quotes(text: str, people: People, ends: list[int], quotations: list[Quotation]) -> list[QuoteProposal]:
    attributor, quotes = Attributor(text, people, ends), list[QuoteProposal]()
    for one, after in zip_longest(quotations, quotations[1:]):
        found = attributor.attribute(one, after)
        if found is None:
            continue
        parts = [(start, end - (text[end - 1 : end] == ",")) for start, end in one.parts]
        words = "\n\n".join(text[start:end] for start, end in parts)
        if found.goes_on:
            quotes[-1].parts += parts
            quotes[-1].text += OMISSION + words
            quotes[-1].sure &= found.sure
            continue
        quotes.append(QuoteProposal(parts, "", words))
        if found.person:
            found.person.speaks |= found.sure
            quotes[-1].speaker, quotes[-1].sure = found.person.name, found.sure and found.person.is_sure
    return quotes


def _meeting_at(prose: str, meetings: list[MeetingProposal], place: int) -> int | None:
    """Return the index of the meeting under whose heading an offset is; of the only one; or None."""
    if len(meetings) < 2:
        return 0 if meetings else None
    for start, end in reversed(paragraph_spans(prose)):
        if end <= place and is_heading(line := prose[start:end]):
            named = [number for number, one in enumerate(meetings) if fold(one.series) in fold(line)]
            if len(named) == 1:
                return named[0]
    return None


def _dateline(prose: str) -> tuple[str, date | None, int]:
    """Return the place and date of the dateline, and the offset after it; ("", None, 0) if there is none."""
    for start, end in paragraph_spans(prose)[:FIRST_PARAGRAPHS]:
        line = prose[start:end]
        for days in find_dates(line[:120])[:1]:
            dates, before = days.dates, DATELINE.match(line)
            if before and before.end() >= days.start - 1 and fold(before["place"]) not in OPENERS:
                town = before["place"]
                return town.title() if town.isupper() else town, next(iter(dates), None), start + days.end
            if dates and days.start < 3 and re.match(rf"\W*$|\)?\s*[,|]\s*{PLACE}\s*(?:[–—:.-]|$)", line[days.end :]):
                return "", dates[0], start + days.end
    return "", None, 0


def _title(text: str) -> str:
    """Return the headline, or ""."""
    for start, end in paragraph_spans(text)[:FIRST_PARAGRAPHS]:
        line = text[start:end].strip().lstrip("# ")
        if not (LABEL.match(line) or NOT_A_TITLE.match(line)) and (len(line) >= 60 or not find_dates(line)):
            return line if is_heading(line.rstrip('”"»’?!')) and ". " not in line else ""
    return ""
