"""The people of a text: who is named where, and what the text says about each."""

import re

from text.words import fold

from .descriptions import NAMED, Description, after_name, parse_description
from .person_names import OFFICES, ROLES, NameMention
from .proposed_records import PersonProposal
from .sentences import sentence_at
from .speech_verbs import SPEECH_VERB, STAGE_VERB

OFFICE_BEFORE = re.compile(
    r"(?<![\w’-])(?:[Tt]he|[Aa]n?|[Ii]ts)\s(?P<clause>(?:[\w’'-]+\s){0,4}?[\w’'-]+"
    r"(?:,?\s(?:of|for|from|at|on|and|in)\s[^.;:,\ue000\ue001]{3,100})?),\s+$"
)
WORD_BEFORE = re.compile(rf"\b({'|'.join(sorted({*ROLES, *OFFICES}, key=len, reverse=True))})\s+$")
CUES = re.compile(
    r"\b(?:(?P<moderator>(?:moderated|facilitated) by|moderators?:)|(?P<chair>(?:co-)?chaired by|(?:co-)?chair:|co-chairs"
    r"(?: of (?:the )?[^,.]{0,60})?,?)|(?P<panellist>panell?ists?(?: (?:on|at|in) [^,.:;]{2,60})?\s*(?:included|were|:)))"
    r"\s(?:the [^.;:\ue000\ue001]{3,90},\s)?(?=\ue001)", re.I
)  # fmt: skip
SPEAKS = re.compile(rf"[,)]*\s*(?:(?:{SPEECH_VERB}|{STAGE_VERB})|who\s+(?P<presides>co-chaired|chaired|moderated)\s)")
PRESIDES = {"co-chaired": "co-chair", "chaired": "chair", "moderated": "moderator"}
OBJECT_BEFORE = re.compile(r"\b(?:by|of|to|with|for|from|after|thank\w*|quot\w+|cit\w+|late)\s+(?:the\s)?$")


class Person:
    """A person in the text: every mention, and the description."""

    def __init__(self, mention: NameMention) -> None:
        self.name, self.gender, self.mentions = mention.name, mention.gender, list[NameMention]()
        self.description = Description()
        self.speaks = self.doubtful = False

    def describe(self, more: Description) -> None:
        """Add what is not known yet."""
        self.description = self.description.joined(more)

    def proposal(self, meeting: int | None) -> PersonProposal:
        """Return the proposal, which is sure if the name is a full one and nothing about it is in doubt."""
        first, about = next(one for one in self.mentions if one.name == self.name), self.description
        sure = self.speaks and first.is_full and about.clear and not self.doubtful
        return PersonProposal(
            first.start, first.end, self.name, about.title, about.role, about.affiliation, meeting, sure
        )


class Cast:
    """All people of a text. `at` maps the start of each mention to its person; `marked` is the prose without names."""

    def __init__(self, prose: str, ends: list[int], names: list[NameMention]) -> None:
        self.marked, self.ends, self.names = prose, ends, names
        self.people: list[Person] = []
        self.at: dict[int, Person] = {}
        for one in names:
            self.marked = self.marked[: one.lead] + NAMED * (one.end - one.lead) + self.marked[one.end :]
            self._add(one)
        for one in names:
            self._describe(one)
        for cue in CUES.finditer(self.marked):
            self._describe_row(cue)

    def _add(self, mention: NameMention) -> None:
        words = f" {fold(mention.name)}"
        fits = [
            one for one in self.people if f" {fold(one.name)}".endswith(words) or words.endswith(f" {fold(one.name)}")
        ]
        fits = [one for one in fits if not {one.gender, mention.gender} >= {"he", "she"}] or fits
        if not fits:
            self.people.append(Person(mention))
        person = fits[-1] if fits else self.people[-1]
        person.mentions.append(mention)
        person.name = max(person.name, mention.name, key=len)
        person.gender = person.gender or mention.gender
        person.doubtful |= len(fits) > 1
        person.describe(Description(mention.title, mention.role))
        self.at[mention.start] = person

    def _describe(self, mention: NameMention) -> None:
        """Read the words around a name, and whether it is the subject of a verb of speech."""
        person, marked = self.at[mention.start], self.marked
        left, stop = sentence_at(self.ends, mention.lead, mention.end, len(marked))
        clause = after_name(marked, mention.end, stop)
        person.describe(parse_description(clause))
        if before := OFFICE_BEFORE.search(marked, left, mention.lead):
            found = parse_description(before["clause"])
            if found.clear and (found.title or found.role):
                person.describe(found)
        if word := WORD_BEFORE.search(marked, left, mention.lead):
            role = ROLES.get(word[1], "")
            person.describe(Description("" if role else word[1], role))
        verb = SPEAKS.match(marked, marked.find(clause, mention.end, stop) + len(clause), stop)
        if verb and not OBJECT_BEFORE.search(marked, left, mention.lead):
            person.speaks = True
            person.describe(Description(role=PRESIDES.get(verb["presides"], "")))

    def _describe_row(self, cue: re.Match[str]) -> None:
        """Give a role to everyone in a row after "chaired by" or "Panellists included"; they take part."""
        after = [one for one in self.names if one.lead >= cue.end()]
        row = after[:1]
        for one in after[1:]:
            between = self.marked[row[-1].end : one.lead]
            if re.search(r"\n|[.!?]\s", between) or not re.search(r"(?:,|;|\band)(?:\sby)?\s+$", between):
                break
            row.append(one)
        role = next(name for name in ("moderator", "chair", "panellist") if cue[name])
        if role == "chair" and (len(row) > 1 or fold(cue[0]).startswith("co-")):
            role = "co-chair"
        for one in row:
            self.at[one.start].describe(Description(role=role))
            self.at[one.start].speaks = True
