"""Resolve the speaker of each quotation, and build the proposals for quotes and people."""

import re
from collections.abc import Iterable

from text.words import fold

from .attribution import NOT_SUBJECT, Attribution, attribute
from .coreference import find_person
from .descriptions import PersonInText
from .meetings import last_meeting_between
from .person_names import NameMention
from .proposed_records import OMISSION, MeetingProposal, PersonProposal, QuoteProposal
from .quotation_marks import Quotation
from .quote_context import QuoteContext
from .sentences import is_heading, paragraph_spans

OTHER = re.compile(r"(?:her|his|their|the other|the second)\b")  # "her Co-Chair" is not the last speaker
NEXT_CLAUSE = re.compile(r",\s(?:while|whereas)\s|;")


class SpeakerResolver:
    """Goes through the quotations of a text in order and remembers who spoke last.

    `person_at` maps the start of each name to its person; `series` are the names of known series.
    """

    def __init__(
        self, text: str, prose: str, ends: list[int], names: list[NameMention], people: list[PersonInText],
        person_at: dict[int, PersonInText], meetings: list[MeetingProposal], series: Iterable[str],
    ) -> None:  # fmt: skip
        self.text, self.prose, self.ends, self.names = text, prose, ends, names
        self.people, self.person_at, self.meetings, self.series = people, person_at, meetings, series
        self.quotes: list[QuoteProposal] = []
        self.quote_ends: list[int] = []

    def resolve(self, quotations: list[Quotation]) -> list[QuoteProposal]:
        """Return the quotes; consecutive quotations by one speaker become one quote."""
        for number, quotation in enumerate(quotations):
            before = quotations[number - 1] if number else None
            after = quotations[number + 1] if number + 1 < len(quotations) else None
            self.quote_ends.append(quotation.end)
            context = QuoteContext(self.text, self.prose, self.ends, before, quotation, after)
            attribution = attribute(context, self.names)
            if attribution and (speaker := self._speaker_name(attribution)):
                self._add_quote(context, speaker)
        return self.quotes

    def _speaker_name(self, attribution: Attribution) -> str:
        """Return the name of the speaker, or the noun phrase if no name is known, or ""."""
        person: PersonInText | None
        if attribution.mention:
            person = self.person_at[attribution.mention.start]
        elif attribution.pronoun:
            person = self._resolve_pronoun(attribution)
        elif attribution.noun:
            person = self._resolve_noun_phrase(attribution)
            if person is None and OTHER.match(fold(attribution.noun)):
                return ""
            if person is None:
                return re.sub(r"^(?:the|a|an)\s+", "", attribution.noun, flags=re.I)
        else:
            return self.quotes[-1].speaker if self.quotes else ""
        if person:
            person.speaks = True
        return person.name if person else ""

    def _resolve_pronoun(self, attribution: Attribution) -> PersonInText | None:
        """Return the person whom a pronoun refers to: the last speaker or person named whose gender agrees."""
        position, pronoun = attribution.position, attribution.pronoun
        start = max([end for end in self.ends + self.quote_ends if end <= position], default=0)
        past = [one for one in self.names if one.start < start] or [one for one in self.names if one.start < position]
        candidates = [self.person_at[one.start] for one in past]
        if pronoun != "they":
            candidates = [person for person in candidates if person.gender in ("", pronoun, "they")]
        line = self.prose.rfind("\n", 0, position)
        here = [one for one in past if one.start > line and self._is_subject(one)]
        subjects = [one for one in here if self.person_at[one.start] in candidates]
        if subjects and not self._has_quote_between(subjects[-1].start, position):
            return self.person_at[subjects[-1].start]
        speakers = [person for person in candidates if person.speaks]
        if speakers and pronoun != "they":
            speakers[-1].gender = speakers[-1].gender or pronoun
        found = speakers or candidates
        return found[-1] if found else None

    def _is_subject(self, mention: NameMention) -> bool:
        return not NOT_SUBJECT.search(self.prose, max(0, mention.lead - 30), mention.lead)

    def _has_quote_between(self, start: int, end: int) -> bool:
        """Return whether a quote ends between two offsets, so that a pronoun may refer to its speaker."""
        return any(start < quote.end <= end for quote in self.quotes)

    def _resolve_noun_phrase(self, attribution: Attribution) -> PersonInText | None:
        """Return the person whom "the Chair" or "the professor" refers to, or None if they are not named."""
        words = fold(attribution.noun)
        if re.search(r"\b(?:representative|delegat\w+|participant|mission|survivor|ministry)\b", words):
            return None
        role = re.search(r"co-chair|(?<!vice-)chair|moderator", words)
        earlier = [self.person_at[one.start] for one in self.names if one.start < attribution.position]
        if OTHER.match(words) and self.quotes:
            earlier = [person for person in earlier if person.name != self.quotes[-1].speaker]
        if role:
            fits = [person for person in earlier if person.description.role == role[0]]
            return fits[-1] if fits else None
        if not words.startswith("the ") or len(words.split()) > 4:
            return None
        speakers = [person for person in earlier if person.speaks]
        titled = [person for person in speakers if words.split()[-1] in fold(person.description.title).split()]
        # Within a paragraph "the Ambassador" refers to the last speaker, whatever their title.
        continues = self.quotes and self.quotes[-1].start > self.prose.rfind("\n", 0, attribution.position)
        found = (not continues and titled) or speakers
        return found[-1] if found else None

    def _add_quote(self, context: QuoteContext, speaker: str) -> None:
        """Add a quotation as a quote of its own, or to the last quote if one sentence runs on: “…,” she said, “…”."""
        last = self.quotes[-1] if self.quotes else None
        parts = [self._trimmed(*part) for part in context.quotation.parts]
        since = context.before.start if context.before else 0
        if last and last.speaker == speaker and context.is_same_sentence and last.end >= since:
            last.parts += parts
            last.text += OMISSION + self._words(parts)
        else:
            meeting = self._meeting_at(context.quotation.start)
            self.quotes.append(QuoteProposal(parts, speaker, self._words(parts), meeting=meeting))

    def _words(self, parts: list[tuple[int, int]]) -> str:
        return "\n\n".join(self.text[start:end] for start, end in parts)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets without a final comma, which belongs to the surrounding sentence."""
        return (start, end - 1) if self.text[end - 1 : end] == "," else (start, end)

    def _meeting_at(self, place: int, mention: NameMention | None = None) -> int | None:
        """Return the index of the meeting at an offset, or None.

        Look at the clause after the name, then at the heading above, then at the last meeting mentioned.
        """
        if not self.meetings:
            return None
        if len(self.meetings) == 1:
            return 0
        if mention:
            stop = min([end for end in self.ends if end > mention.end], default=len(self.prose))
            later = min([one.lead for one in self.names if one.start > mention.end], default=stop)
            other = NEXT_CLAUSE.search(self.prose, mention.end, min(stop, later))
            number = self._last_meeting(mention.end, other.start() if other else min(stop, later))
            if number is not None:
                return number
        headings = [
            (start, end) for start, end in paragraph_spans(self.prose)
            if end <= place and start and is_heading(self.prose[start:end])
        ]  # fmt: skip
        for start, end in reversed(headings):
            if (number := self._last_meeting(start, end)) is not None:
                return number
        return self._last_meeting(0, place) or 0

    def _last_meeting(self, start: int, end: int) -> int | None:
        return last_meeting_between(self.prose, self.meetings, self.series, start, end)

    def speakers(self) -> list[PersonProposal]:
        """Return a proposal for each person who speaks."""
        proposals = []
        for person in self.people:
            if not (person.speaks and find_person(self.people, person.name) is person):
                continue
            first = next((one for one in person.mentions if one.name == person.name), person.mentions[0])
            meeting = self._meeting_at(first.start, first)
            if meeting is None:
                meeting = next((quote.meeting for quote in self.quotes if quote.speaker == person.name), None)
            about = person.description
            proposals.append(
                PersonProposal(first.start, first.end, person.name, about.title, about.role, about.affiliation, meeting)
            )
        return proposals
