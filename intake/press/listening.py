"""Who says what: the quotations of a text in their order, with who spoke last."""

import re

from text.folding import fold

from .around import Around
from .meetings import meeting_at
from .persons import find
from .proposals import Person, Said
from .sentences import is_heading, paragraphs
from .voices import NOT_SUBJECT, voice

OTHER = re.compile(r"(?:her|his|their|the other|the second)\b")  # "her Co-Chair" is another than who spoke last
NEXT_CLAUSE = re.compile(r",\s(?:while|whereas)\s|;")


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
        role = re.search(r"co-chair|(?<!vice-)chair|moderator", words)
        heard = [self.whose[one.start] for one in self.names if one.start < said.at]
        if OTHER.match(words) and self.said:
            heard = [known for known in heard if known.name != self.said[-1].speaker]
        if role:
            fits = [known for known in heard if known.given.role == role[0]]
            return fits[-1] if fits else None
        if not words.startswith("the ") or len(words.split()) > 4:
            return None
        speaking = [known for known in heard if known.speaks]
        called = [known for known in speaking if words.split()[-1] in fold(known.given.title).split()]
        # Within a paragraph "the Ambassador" is who has just spoken there, whatever they were called.
        goes_on = self.said and self.said[-1].start > self.prose.rfind("\n", 0, said.at)
        return ((not goes_on and called) or speaking or [None])[-1]

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
