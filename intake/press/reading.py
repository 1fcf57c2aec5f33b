"""Reads one press release: the order in which the parts of this room look at it."""

import re

from search.analysis import fold

from .bodies import is_name_of_body, is_nickname
from .dates import days_in
from .marks import quotations
from .meetings import meeting_at, meetings_in
from .mononyms import mononyms
from .names import OPENERS, names_in
from .persons import find, gather
from .proposals import Person, Proposals, Said
from .sentences import hidden, is_heading, paragraphs, stops, unwrapped
from .voices import NOT_SUBJECT, Around, voice

PLACE = r"[A-ZÀ-ÖØ-Þ][\w’'-]*(?:[ /-][A-ZÀ-ÖØ-Þ][\w’'-]*){0,3}"
DATELINE = re.compile(
    rf"[\s*_#>]*(?P<place>{PLACE})(?:,\s*{PLACE})?(?:\s*\([^)\d]*\))?\s*[,(–—:-]?\s*(?=\(?\d|{PLACE} \d)"
)
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
                return (
                    match["place"].title() if match["place"].isupper() else match["place"],
                    dates[0],
                    start + days.end,
                )
            behind = re.match(rf"\)?\s*[,|]\s*({PLACE})\s*(?:[–—:.-]|$)", line[days.end :])
            if days.start < 3 and dates and (behind or len(line.strip()) < days.end + 4):
                return behind[1] if behind else "", dates[0], start + days.end + (behind.end() if behind else 0)
    return "", None, 0


def _title(text, meetings):
    """The headline, or where there is none what the first dialogues are called."""
    for start, end in paragraphs(text)[:FIRST]:
        line = text[start:end].strip().lstrip("# ")
        if NO_TITLE.match(line) or (days_in(line) and len(line) < 60):
            continue
        if not is_heading(line):
            break
        return line
    named = " ".join(text[meetings[0].start : meetings[0].end].split()) if meetings else ""
    return named[:1].upper() + named[1:]


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


NEXT_CLAUSE = re.compile(r",\s(?:while|whereas)\s|;")
OTHER = re.compile(r"(?:her|his|their|the other|the second)\b")  # "her Co-Chair" is another than who spoke last


class Listener:
    """Goes through the quotations in order and knows who spoke last."""

    def __init__(self, text, prose, ends, names, people, whose, meetings, series):
        self.text, self.prose, self.ends, self.names = text, prose, ends, names
        self.people, self.whose, self.meetings, self.series = people, whose, meetings, series
        self.said, self.ended = [], []

    def hear(self, marked):
        """A Said for what one speaker says in one go."""
        for number, quotation in enumerate(marked):
            before = marked[number - 1] if number else None
            after = marked[number + 1] if number + 1 < len(marked) else None
            self.ended.append(quotation.end)
            around = Around(self.text, self.prose, self.ends, before, quotation, after)
            said = voice(around, self.names)
            speaker = self._speaker(said, quotation) if said else ""
            if speaker:
                self._add(around, said, speaker)
        return self.said

    def _speaker(self, said, quotation):
        """The name that a Voice means, or the words for who has none."""
        if said.named:
            known = self.whose[said.named.start]
        elif said.pronoun:
            known = self._meant(said)
        elif said.noun:
            known = self._described(said)
            if known is None and OTHER.match(fold(said.noun)):
                return ""
            if known is None:
                return re.sub(r"^(?:the|a|an)\s+", "", said.noun, flags=re.I)
        else:
            return self.said[-1].speaker if self.said else ""
        if known:
            known.speaks = True
        return known.name if known else ""

    def _meant(self, said):
        """Whom a pronoun means: who spoke or was named last, and is not called the other way."""
        start = max([end for end in self.ends + self.ended if end <= said.at], default=0)
        past = [one for one in self.names if one.start < start] or [one for one in self.names if one.start < said.at]
        fits = [known for one in past if (known := self.whose[one.start]).gender in ("", said.pronoun, "they")]
        if said.pronoun == "they":
            fits = [self.whose[one.start] for one in past]
        line = self.prose.rfind("\n", 0, said.at)
        subjects = [one for one in past if one.start > line and self._is_subject(one) and self.whose[one.start] in fits]
        if subjects and not self._has_spoken_since(subjects[-1].start, said.at):
            return self.whose[subjects[-1].start]
        speaking = [known for known in fits if known.speaks]
        if speaking:
            speaking[-1].gender = speaking[-1].gender or (said.pronoun if said.pronoun != "they" else "")
        return (speaking or fits or [None])[-1]

    def _is_subject(self, named):
        return not NOT_SUBJECT.search(self.prose, max(0, named.lead - 30), named.lead)

    def _has_spoken_since(self, start, end):
        """Whether words of somebody are told between two places, so that a pronoun may mean whose they were."""
        return any(start < said.end <= end for said in self.said)

    def _described(self, said):
        """Whom "the Chair" or "the professor" means; None for somebody who is never named."""
        words = fold(said.noun)
        if re.search(r"\b(?:representative|delegat\w+|participant|mission|survivor|ministry)\b", words):
            return None
        role = re.search(r"co-chair|chair|moderator", words)
        heard = [self.whose[one.start] for one in self.names if one.start < said.at]
        if OTHER.match(words) and self.said:
            heard = [known for known in heard if known.name != self.said[-1].speaker]
        if role:
            fits = [known for known in heard if known.given.role == role[0]]
            return fits[-1] if fits else None
        speaking = [known for known in heard if known.speaks]
        return speaking[-1] if speaking and words.startswith("the ") and len(words.split()) <= 4 else None

    def _add(self, around, said, speaker):
        last = self.said[-1] if self.said else None
        parts = [self._trimmed(*part) for part in around.quotation.parts]
        goes_on = around.same_paragraph or said.goes_on
        if last and last.speaker == speaker and goes_on and last.end >= (around.before.start if around.before else 0):
            small = self.text[parts[0][0]].islower()
            last.parts += parts
            last.text += (" " if small else "\n\n") + self._words(parts)
        else:
            self.said.append(Said(parts, speaker, self._words(parts), meeting=self._meeting(around.quotation.start)))

    def _words(self, parts):
        return "\n\n".join(self.text[start:end] for start, end in parts)

    def _trimmed(self, start, end):
        """Without the comma that stands there for the sentence around it: it is the release's, no speaker's."""
        return (start, end - 1) if self.text[end - 1 : end] == "," else (start, end)

    def _meeting(self, place, named=None):
        """The dialogue of a place in the text: the clause behind a name, the heading above, the last one named."""
        if not self.meetings:
            return None
        if len(self.meetings) == 1:
            return 0
        if named:
            stop = min([end for end in self.ends if end > named.end], default=len(self.prose))
            later = min([one.lead for one in self.names if one.start > named.end], default=stop)
            other = NEXT_CLAUSE.search(self.prose, named.end, min(stop, later))
            clause_end = other.start() if other else min(stop, later)
            said = meeting_at(self.prose, self.meetings, self.series, named.end, clause_end)
            if said is not None:
                return said
        above = [
            (start, end) for start, end in paragraphs(self.prose)
            if end <= place and start and is_heading(self.prose[start:end])
        ]  # fmt: skip
        said = [meeting_at(self.prose, self.meetings, self.series, *one) for one in above]
        if any(one is not None for one in said):
            return [one for one in said if one is not None][-1]
        said = meeting_at(self.prose, self.meetings, self.series, 0, place)
        return 0 if said is None else said

    def speaking(self):
        """A Person for each of those who speak."""
        made = []
        for known in self.people:
            if known.speaks and find(self.people, known.name) is known:
                first = next((one for one in known.mentions if one.name == known.name), known.mentions[0])
                given = known.given
                meeting = next(
                    (said.meeting for said in self.said if said.speaker == known.name), None
                )  # fmt: skip
                clause = self._meeting(first.start, first)
                made.append(
                    Person(first.start, first.end, known.name, given.title, given.role, given.affiliation,
                           clause if clause is not None else meeting)
                )  # fmt: skip
        return made
