"""Find who says each quotation. It is sure only where a plain verb of saying stands directly beside the words."""

import re
from dataclasses import dataclass

from .people import NAMED, OBJECT_BEFORE, People, Person
from .quotation_marks import Quotation
from .sentences import FILLED, sentence_at
from .speech_verbs import PARTICIPLE, SPEECH_VERB

INTRODUCES_TERM = re.compile(
    r"\b(?:so-called|known as|called|dubbed|terms?|phrase|notion|concept|(?:en)?titled|reports?|study|publication|theme"
    r"|campaign|project|books?|paper|slogan|film|initiative|programme|toolkit|panel|guide|event|word .*was)\s*$",
    re.I,
)  # fmt: skip
CLAUSE = rf"[^{FILLED}{NAMED}.;:\n]"  # a character of a clause without names and quotations
NAME = re.compile(rf"{NAMED}+")
SIGNATURE = re.compile(rf"\s+[–—-][ \t\u00a0]*(?P<name>{NAMED}+)(?=,|\s*\n|$)")
JOIN = r"[\s,–—-]*"
ABOUT = rf"(?:,{CLAUSE}{{2,160}},|\s\([^)\n]*\)|,?\s(?:of|from|at|with|representing)\s{CLAUSE}{{2,160}}?)?"
OFFICE = rf"(?:(?:the|[\w’']+[’']s)\s{CLAUSE}{{2,110}},\s|l[ae]\s|el\s)?"
AFTER = [
    re.compile(rf"{JOIN}(?:as\s)?{SPEECH_VERB}\s{OFFICE}(?P<name>{NAMED}+)(?!,?\s(?:and|et|y)\s[\w. ]*{NAMED})"),
    re.compile(rf"{JOIN}{OFFICE}(?P<name>{NAMED}+){ABOUT}\s{SPEECH_VERB}"),
    SIGNATURE,
]
HE = {"il": "he", "él": "he", "elle": "she", "ella": "she"}
SHE_OR_HE = r"(he|she|il|elle|él|ella)"
PRONOUN_AFTER = re.compile(rf"{JOIN}(?:{SHE_OR_HE}\s{SPEECH_VERB}|(?:{SPEECH_VERB}\s|a-t-|dit-){SHE_OR_HE}\b)")
PRONOUN_BEFORE = re.compile(rf"(?:^|[\s,])(?i:{SHE_OR_HE})\s(?:\w+\s){{0,2}}?(?:{SPEECH_VERB}|sees|called)")
THE = r"(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother)\s"  # begins the words for a person without a name: "the judge said"
UNNAMED_AFTER = re.compile(rf"{JOIN}(?:{THE}{CLAUSE}{{3,50}}?\s|[^\W\d_a-z][\w’'-]+\s)?{SPEECH_VERB}")
VERB = re.compile(rf"\s{SPEECH_VERB}")
ACCORDING = re.compile(
    rf"(?:[Aa]ccording to|[Ii]n the words of|^\s*(?:For|Pour)|[Aa]s|[Ss]elon|[Ss]egún)\s+(?:the\s{CLAUSE}{{2,80}},\s)?"
    rf"({NAMED}+)"
)
RUNS_ON = re.compile(rf"[\s,]*(?:and|but|or)?\s*(?:that\s(?P<more>{CLAUSE}{{2,70}})?)?")
# Words of somebody else, or on paper, whoever passes them on.
QUOTES_OTHER = re.compile(
    r"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing)|recit\w+|reading|reads? (?:out|from|aloud)|as saying|telling|letter"
    r"|told (?:him|her|them|of)|den(?:y|ies|ied|ying)|contain(?:s|ed|ing)|(?:recall|remember)\w* an?\b[^.]*\bwho)\b"
)
# Between the verb and the quotation, these leave it open whose words follow.
INDIRECT = re.compile(
    r"\b(?:who|whose|whom|which|where|when|words?|says?|said|ask(?:s|ed)?|call(?:s|ed)?|hear[ds]?|wr[io]t\w+|reads?|sign"
    r"|slogans?|posters?|banners?|stor(?:y|ies)|promis\w+|\w+ing (?:him|her|them|us))\b"
)
PLAIN = re.compile(
    r"(?:\s[^\s:]+){0,2}|[^:]{0,70}(?::|\s(?:of|for|as|to|about|against))|(?:\s[^\s:]+){0,3}\s(?:that\b|qu[e’])[^:]{0,60}:?"
)


@dataclass(frozen=True)
class Attribution:
    """Who says a quotation, or None; whether that is beyond doubt."""

    person: Person | None
    sure: bool = False


NOBODY = Attribution(None)


class Attributor:
    """Goes through the quotations of a text in order and remembers who spoke last."""

    def __init__(self, text: str, people: People, ends: list[int]) -> None:
        self.text, self.people, self.marked, self.ends = text, people, people.marked, ends
        self.last: Attribution = NOBODY
        self.before: Quotation | None = None

    def attribute(self, one: Quotation, after: Quotation | None) -> Attribution | None:
        """Return who says this quotation, or None if it is no speech; `after` is the next one."""
        left, right = sentence_at(self.ends, one.start, one.end, len(self.marked))
        signed = SIGNATURE.match(self.marked, one.end)
        start, end = max(left, self.before.end if self.before else 0), signed.end() if signed else right
        tail = self.marked[one.end : min(end, after.start if after else end)]
        found = self._attribute(one, self.marked[start : one.start], start, tail)
        if found and QUOTES_OTHER.search(self.marked[left : one.start] + tail):
            found = NOBODY
        self.last, self.before = found or NOBODY, one
        return found

    def _attribute(self, one: Quotation, head: str, start: int, tail: str) -> Attribution | None:
        words, next_letter = one.words(self.text), tail.lstrip(" ")[:1]
        length = len(words.split())
        if self.before and self.last.person and is_one_sentence(self.text, self.marked, self.before, one):
            return self.last
        if words[-1:] not in (",", ".", "!", "?") and (INTRODUCES_TERM.search(head) or words.istitle()):
            return None
        comes_first = words[-1:] in (",", "?", "!") or next_letter in (",", "–", "—", "\n")
        follows = comes_first or words[-1:] not in (".", "…") or next_letter.islower()
        if comes_first and (first := self._after(tail, one.end)):
            return first
        if length < 3 or (words.istitle() and length < 9):
            return None
        found = self._before(head, start) or (self._after(tail, one.end) if follows else None)
        return found or self._runs_on(one, head) or (NOBODY if length > 4 else None)

    def _after(self, tail: str, offset: int) -> Attribution | None:
        for pattern in AFTER:
            if match := pattern.match(tail):
                return self._named(offset + match.start("name"), True)
        if match := PRONOUN_AFTER.match(tail):
            return self._pronoun(match[1] or match[2], offset)
        return NOBODY if UNNAMED_AFTER.match(tail) else None

    def _before(self, head: str, offset: int) -> Attribution | None:
        if match := ACCORDING.search(head):
            return self._named(offset + match.start(1), not INDIRECT.search(head, match.end()))
        names = [one for one in NAME.finditer(head) if not head.startswith(("’s", "'s"), one.end())]
        spoken = [
            (one, verb) for one in names
            if (verb := VERB.search(head, one.end())) and not OBJECT_BEFORE.search(head, 0, one.start())
        ]  # fmt: skip
        pronoun = list(PRONOUN_BEFORE.finditer(head))
        if pronoun and (not spoken or pronoun[-1].start() > spoken[-1][0].start()):
            said, plain = pronoun[-1], not head[: pronoun[-1].start()].strip(" ,") and _is_plain(head, pronoun[-1])
            who = self._pronoun(said[1], offset + said.start())
            return Attribution(who.person, who.sure and plain)
        if spoken:
            name, verb = spoken[-1]
            plain = bool(re.fullmatch(ABOUT, head[name.end() : verb.start()])) and _is_plain(head, verb)
            return self._named(offset + name.start(), len(names) == 1 and plain)
        if names and head.rstrip().endswith(":"):
            plain = re.fullmatch(rf"\s*{NAMED}+{ABOUT}", re.sub(r",?\s*:\s*$", "," if "," in head else "", head))
            return self._named(offset + names[-1].start(), bool(plain))
        return None

    def _runs_on(self, one: Quotation, head: str) -> Attribution | None:
        """Return the last speaker if the sentence runs on, or if a new one follows directly on the attribution."""
        gap = self.marked[self.before.end : one.start] if self.before else "\n"
        sentences = len(re.findall(r"[.!?](?=\s)", gap))
        runs_on = RUNS_ON.fullmatch(head)
        if self.last.person is None or "\n" in gap or sentences > 1 or not runs_on:
            return None
        plain = not runs_on["more"] and (NAMED not in gap or sentences == 1)
        return Attribution(self.last.person, self.last.sure and plain)

    def _named(self, place: int, sure: bool) -> Attribution:
        mention = next(one for one in self.people.names if one.lead <= place < one.end)
        person = self.people.at[mention.start]
        return Attribution(None if person.doubtful else person, sure)

    def _pronoun(self, word: str, place: int) -> Attribution:
        """Return the last speaker, or who was named since; surely, if there is no other of this form of address."""
        gender = HE.get(word.lower(), word.lower())
        past = [self.people.at[one.start] for one in self.people.names if one.end <= place]
        fits = [person for person in past if person.gender in ("", gender)]
        speaker, line = self.last.person, self.marked.rfind("\n", 0, place)
        here = {self.people.at[one.start] for one in self.people.names if line < one.start < place} & {*fits}
        person = speaker if speaker in fits and (speaker in here or not here) else fits[-1] if fits else None
        known = (person is speaker and self.last.sure) or len(here) == 1
        return Attribution(person, bool(fits) and fits[-1] is person and known)


def _is_plain(head: str, verb: re.Match[str]) -> bool:
    """Return whether nothing but plain words stand between a verb of saying and the quotation."""
    rest = head[verb.end() :].rstrip()
    return bool(PLAIN.fullmatch(rest)) and NAMED not in rest and not INDIRECT.search(rest)


def is_one_sentence(text: str, marked: str, before: Quotation, one: Quotation) -> bool:
    """Return whether only "…,” she said, “…" is between two quotations, so that one sentence of the speaker runs on."""
    gap = marked[before.end : one.start]
    breaks_off = text[before.parts[-1][1] - 1] == "," or gap.lstrip()[:1] in (",", "—")
    is_only_attribution = re.fullmatch(r"(?:(?!\b(?:but|and|that|while|whereas)\b)[^.;:!?\n]){1,200}[,—]\s*", gap)
    return breaks_off and text[one.parts[0][0]].islower() and bool(is_only_attribution)
