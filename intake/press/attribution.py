"""Find who says each quotation. It is sure only where a plain verb of saying is right beside the words."""

import re
from typing import NamedTuple

from .people import NAMED, OBJECT_BEFORE, People, Person
from .quotation_marks import Quotation
from .sentences import FILLED, sentence_at
from .words import SPANISH, SPEECH_VERB

CLAUSE = rf"[^{FILLED}{NAMED}.;:\n]"  # a character of a clause without names and quotations
JOIN = r"[\s,–—-]*"
ABOUT = rf"(?:,{CLAUSE}{{2,160}},|\s\([^)\n]*\)|,?\s(?:of|from|at|with|representing)\s{CLAUSE}{{2,160}}?)?"
OFFICE = rf"(?:(?:(?:the|l[ae]|el|[\w’']+[’']s)\s|l[’']){CLAUSE}{{2,110}},\s|l[ae]\s|el\s)?"
AT = rf"(?:(?:en|à|au|lors)\s{CLAUSE}{{2,40}}?\s)?"
AFTER = re.compile(
    rf"{JOIN}(?:as\s)?{SPEECH_VERB}\s{AT}{OFFICE}(?P<first>{NAMED}++)(?![’']s|,?\s(?:and|et|y)\s[\w. ]*{NAMED})"
    rf"|{JOIN}{OFFICE}(?P<second>{NAMED}+){ABOUT}\s{SPEECH_VERB}(?!\s(?:that|his|her|their|its|an?|some|as|of)\s)"
)
SIGNATURE = re.compile(rf"\s+[–—-][ \t\u00a0]*({NAMED}+)(?=,|\s*\n|$)")
PRONOUN = r"(he|she|il|elle|él|ella)"
PRONOUN_AFTER = re.compile(rf"{JOIN}(?:{PRONOUN}\s{SPEECH_VERB}|(?:{SPEECH_VERB}\s|a-t-|dit-){PRONOUN}\b)")
PRONOUN_BEFORE = re.compile(rf"(?:^|[\s,])(?i:{PRONOUN})\s(?:\w+\s){{0,2}}?{SPEECH_VERB}")
UNNAMED_AFTER = re.compile(rf"{JOIN}(?:{CLAUSE}{{2,50}}?\s)?{SPEECH_VERB}")  # "said the judge", "the judge said"
# Spanish verbs need no subject, and words such as “in her view” give no name: perhaps the person named last is meant.
DROPPED = re.compile(rf"{JOIN}{SPANISH}(?=\s*(?:[.,;:\n—–]|$))")
MEANT = re.compile(
    rf"^\s*(?i:{SPANISH})\b|\b(?:[Ss]elon (?:lui|elle)|[Ss]egún (?:él|ella)|[AÀ] (?:su juicio|son avis|ses yeux)"
    r"|[Aa]ccording to (?:him|her)|[Ii]n (?:his|her) (?:view|words))\b"
)
VERB = re.compile(rf"\s{SPEECH_VERB}")
CITING = "[Aa]ccording to|[Ii]n the words of|^\\s*For|^\\s*Pour|[Aa]s|[Ss]elon|[Ss]egún"
ACCORDING = re.compile(rf"(?:{CITING})\s+(?:the\s{CLAUSE}{{2,80}},\s)?({NAMED}+)")
RUNS_ON = re.compile(rf"[\s,]*(?:and|but|or)?\s*(?:that\s(?P<more>{CLAUSE}{{2,70}})?)?")
# Words of somebody else, or on paper.
QUOTES_OTHER = re.compile(
    r"(?i:\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing|ant|ando|er|é|ó)\b|recit\w+|reading|reads? (?:out|from|aloud)"
    r"|as saying|telling|letter|told (?:him|her|them|of)|den(?:y|ies|ied|ying)|contain(?:s|ed|ing)|proverb\w*"
    r"|(?:recall|remember)\w* an?\b[^.]*\bwho)\b)"
)
# Between the verb and the quotation, these leave it open whose words follow.
INDIRECT = re.compile(
    rf"{NAMED}|\b(?:who|whose|whom|which|where|when|words?|says?|said|asks?|asked|calls?|called|hear[ds]?|wr[io]t\w+"
    r"|reads?|signs?|slogan|poster|banner|story|promis\w+|terms?|titled|proverb|question|\w+ing (?:him|her|them))\b"
)
THAT = r"(?:\s[^\s:]+){0,3}\s(?:that\b|qu[e’])[^:]{0,60}:?"
PLAIN = re.compile(rf"(?:\s[^\s:]+){{0,2}}|[^:]{{0,70}}(?::|\s(?:of|for|as|to|about|against))|{THAT}")


class Attribution(NamedTuple):
    """Who says a quotation, or None; whether that is beyond doubt; whether it goes on with a sentence begun before."""

    person: Person | None = None
    sure: bool = False
    goes_on: bool = False


class Attributor:
    """Goes through the quotations of a text in order and remembers who spoke last."""

    def __init__(self, text: str, people: People, ends: list[int]) -> None:
        self.text, self.people, self.marked, self.ends = text, people, people.marked, ends
        self.last: Attribution | None = None
        self.before = Quotation(0, 0, ((0, 0),))

    def attribute(self, one: Quotation, after: Quotation | None) -> Attribution | None:
        """Return who says this quotation, or None if it is no speech; `after` is the next one."""
        left, right = sentence_at(self.ends, one.start, one.end, len(self.marked))
        start, end = max(left, self.before.end), min(right, after.start if after else right)
        found = self._attribute(one, self.marked[start : one.start], start, self.marked[one.end : end])
        if found and QUOTES_OTHER.search(self.marked[left:right]):
            found = Attribution(goes_on=found.goes_on)
        self.last, self.before = found, one
        return found

    def _attribute(self, one: Quotation, head: str, start: int, tail: str) -> Attribution | None:
        words, next_letter = one.words(self.text), tail.lstrip(" ")[:1]
        length = len(words.split())
        if self.last and self._goes_on(one):
            gap = self.marked[self.before.end : one.start]
            plain = self.text[self.before.end - 1] in '”»“"' or NAMED not in gap or gap.rstrip(" ,")[-1:] in "—–"
            return self.last._replace(goes_on=True, sure=self.last.sure and plain)
        if words[-1:] not in (",", ".", "!", "?") and (length < 3 or words.istitle()):
            return None
        comes_first = words[-1:] in (",", "?", "!") or next_letter in (",", "–", "—", "\n")
        follows = comes_first or words[-1:] not in (".", "…") or next_letter.islower()
        if comes_first and (first := self._after(tail, one.end)):
            return first
        if length < 3 or (words.istitle() and length < 9):
            return None
        found = self._before(head, start) or (self._after(tail, one.end) if follows else None)
        return found or self._runs_on(one, head) or (Attribution() if length > 4 else None)

    def _after(self, tail: str, offset: int) -> Attribution | None:
        if signed := SIGNATURE.match(self.marked, offset):
            return self._named(signed.start(1), True)
        if match := AFTER.match(tail):
            return self._named(offset + match.start(str(match.lastgroup)), True)
        if match := PRONOUN_AFTER.match(tail):
            return self._pronoun(match[1] or match[2], offset)
        if DROPPED.match(tail):
            return self._pronoun("", offset)
        return Attribution() if UNNAMED_AFTER.match(tail) else None

    def _before(self, head: str, offset: int) -> Attribution | None:
        if match := ACCORDING.search(head):
            return self._named(offset + match.start(1), not INDIRECT.search(head, match.end()))
        names = [one for one in re.finditer(f"{NAMED}+", head) if not head.startswith(("’s", "'s"), one.end())]
        subjects = [one for one in names if not OBJECT_BEFORE.search(head, 0, one.start())]
        spoken = [(one, verb) for one in subjects if (verb := VERB.search(head, one.end()))]
        said = next(reversed([*PRONOUN_BEFORE.finditer(head)]), None)
        if said and (not spoken or said.start() > spoken[-1][0].start()):
            who = self._pronoun(said[1], offset + said.start())
            return Attribution(who.person, who.sure and not head[: said.start()].strip(" ,") and _is_plain(head, said))
        if spoken:
            name, verb = spoken[-1]
            plain = bool(re.fullmatch(ABOUT, head[name.end() : verb.start()])) and _is_plain(head, verb)
            return self._named(offset + name.start(), len(names) == 1 and plain)
        if names and head.rstrip().endswith(":"):
            about = re.sub(r",?\s*:\s*$", "," if "," in head else "", head)
            return self._named(offset + names[-1].start(), bool(re.fullmatch(rf"\s*{NAMED}+{ABOUT}", about)))
        return self._pronoun("", offset) if MEANT.search(head) else None

    def _goes_on(self, one: Quotation) -> bool:
        """Return whether only "…,” she said, “…" is between two quotations, so that one sentence goes on."""
        gap = self.marked[self.before.end : one.start]
        breaks_off = self.text[self.before.parts[-1][1] - 1] == "," or gap.lstrip()[:1] in (",", "—")
        attribution = re.fullmatch(r"(?:(?!\b(?:but|and|that|while|whereas)\b)[^.;:!?\n]){1,200}[,—]\s*", gap)
        return breaks_off and self.text[one.parts[0][0]].islower() and bool(attribution)

    def _runs_on(self, one: Quotation, head: str) -> Attribution | None:
        """Return the last speaker if the sentence runs on, or if a new one follows directly on the attribution."""
        gap, runs_on = self.marked[self.before.end : one.start], RUNS_ON.fullmatch(head)
        sentences = len(re.findall(r"[.!?](?=\s)", gap))
        if not (self.last and self.last.person) or "\n" in gap or sentences > 1 or not runs_on:
            return None
        plain = not runs_on["more"] and (NAMED not in gap or sentences > 0)
        return Attribution(self.last.person, self.last.sure and plain)

    def _named(self, place: int, sure: bool) -> Attribution:
        person = self.people.at[place]
        return Attribution(None if person.doubtful else person, sure)

    def _pronoun(self, word: str, place: int) -> Attribution:
        """Return the last speaker, or the person named since. It is sure only if a pronoun fits nobody else."""
        gender = "she" if word.lower() in ("she", "elle", "ella") else "he"
        genders = ("", gender) if word else ("", "she", "he")
        fits = {at: one for at, one in self.people.at.items() if at < place and one.gender in genders}
        if not fits:
            return Attribution()
        sentence = [0, 0, *(end for end in self.ends if end < place)][-2]  # the one before
        here = {person for at, person in fits.items() if at >= sentence}
        last, newest = self.last or Attribution(), [*fits.values()][-1]
        stays = last.person in fits.values() and (last.person in here or not here)
        sure = (stays and last.sure and last.person is newest) or here == {newest}
        sure &= bool(word) and (not stays or last.person is newest)
        return Attribution(last.person if stays else newest, sure)


def _is_plain(head: str, verb: re.Match[str]) -> bool:
    """Return whether only plain words separate a verb of saying from the quotation."""
    rest = head[verb.end() :].rstrip()
    return bool(PLAIN.fullmatch(rest)) and not INDIRECT.search(rest)
