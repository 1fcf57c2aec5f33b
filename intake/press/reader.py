"""Read a press release: run the steps of this package in order."""

import re
from datetime import date

from text.proper_names import UPPER
from text.words import fold

from .attribution import Attributor, is_one_sentence
from .dates import find_dates
from .known_names import KnownName, KnownNames
from .meetings import find_meetings
from .people import People
from .person_names import find_names
from .proposed_records import OMISSION, MeetingProposal, PressProposals, QuoteProposal, TopicProposal
from .quotation_marks import Quotation, find_quotations
from .sentences import blank_out, is_heading, paragraph_spans, sentence_ends, unwrap_lines

PLACE = rf"[{UPPER}][\w’'-]*(?:[ /-][{UPPER}][\w’'-]*){{0,3}}"
DATELINE = re.compile(
    rf"\s*(?P<place>{PLACE})(?:,\s*{PLACE})?(?:\s*\([^)\d]*\))?\s*[,(–—:-]?\s*(?=\(?\d|[A-Z][a-z]+ \d)"
)
FIRST_PARAGRAPHS = 6  # may contain the title and the dateline
NOT_A_TITLE = re.compile(
    r"(?:press release|news|media advisory|for (?:immediate|information)\b.*|photo.*|©.*|note to.*)\W*$", re.I
)
NAME_BEFORE = re.compile(
    r"\b(?:NGO|organi[sz]ation|network|charity|foundation|association|of|from|at|with|for)(?: the)? $"
)


def read_press_release(text: str, names: KnownNames | None = None) -> PressProposals:
    """Return what a press release describes; `names` are those of existing records."""
    text = unwrap_lines(text)
    quotations = [one for one in find_quotations(text) if not _is_part_of_name(text, one)]
    prose = blank_out(text, [(one.start, one.end) for one in quotations])
    place, issued, body = _dateline(prose)
    ends = sorted({*sentence_ends(prose), body})
    known = (names or KnownNames()).find(prose)
    meetings = find_meetings(" " * body + prose[body:] if body else prose, ends, known, issued)
    people = People(prose, ends, find_names(prose, known))
    found = PressProposals(_title(text, known), place, issued, meetings)
    found.quotes = _quotes(text, people, ends, quotations, meetings)
    speakers = {one.speaker for one in found.quotes}
    organizations = {fold(one.name) for one in known if one.kind == "organization"}
    found.people = [
        person.proposal(_meeting_at(prose, meetings, person.mentions[0].start), organizations)
        for person in people.all if person.speaks or person.name in speakers
    ]  # fmt: skip
    found.topics = _topics(prose, known, meetings)
    return found


def _is_part_of_name(text: str, one: Quotation) -> bool:
    """Return whether a quotation is a nickname, or the name of an organization: Maria “Mia” Holm, the NGO “Open Door”."""
    words = one.words(text)
    is_nickname = re.match(rf"[ \u00a0][{UPPER}]\w", text[one.end :]) and re.search(
        r"[A-Z]\w+ $", text[: one.start][-20:]
    )
    return words.istitle() and bool(is_nickname or NAME_BEFORE.search(text, max(0, one.start - 30), one.start))


def _quotes(
    text: str, people: People, ends: list[int], quotations: list[Quotation], meetings: list[MeetingProposal]
) -> list[QuoteProposal]:
    attributor, quotes = Attributor(text, people, ends), list[QuoteProposal]()
    last: Quotation | None = None
    for one, after in zip(quotations, [*quotations[1:], None], strict=True):
        found = attributor.attribute(one, after)
        if found is None:
            continue
        parts = [(start, end - (text[end - 1 : end] == ",")) for start, end in one.parts]
        words = "\n\n".join(text[start:end] for start, end in parts)
        speaker = found.person.name if found.person else ""
        if found.person:
            found.person.speaks |= found.sure
        if last and quotes[-1].speaker == speaker and is_one_sentence(text, people.marked, last, one):
            quotes[-1].parts += parts
            quotes[-1].text += OMISSION + words
        else:
            sure = found.sure and " " in speaker
            quotes.append(QuoteProposal(parts, speaker, words, _meeting_at(people.marked, meetings, one.start), sure))
        last = one
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
            dates, match = days.dates(None), DATELINE.match(line)
            if dates and match and match.end() >= days.start - 1:
                town = (
                    match["place"].split("/")[0]
                    if re.search(r"/(?:online|virtual)", match["place"], re.I)
                    else match["place"]
                )
                return town.title() if town.isupper() else town, dates[0], start + days.end
            town_after = re.match(rf"\)?\s*[,|]\s*({PLACE})\s*(?:[–—:.-]|$)", line[days.end :])
            if days.start < 3 and dates and (town_after or len(line.strip()) < days.end + 4):
                return town_after[1] if town_after else "", dates[0], start + days.end
    return "", None, 0


def _title(text: str, known: list[KnownName]) -> str:
    """Return the headline, or ""."""
    for start, end in paragraph_spans(text)[:FIRST_PARAGRAPHS]:
        line = text[start:end].strip().lstrip("# ")
        if NOT_A_TITLE.match(line) or (find_dates(line) and len(line) < 60):
            continue
        return line if is_heading(line.rstrip('”"»’?!')) and ". " not in line else ""
    return ""


def _topics(prose: str, known: list[KnownName], meetings: list[MeetingProposal]) -> list[TopicProposal]:
    """Return the known topics that the text names."""
    found = {one.name: one.start for one in reversed(known) if one.kind == "topic"}
    return [TopicProposal(name, _meeting_at(prose, meetings, place)) for name, place in reversed(found.items())]
