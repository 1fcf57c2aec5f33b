"""Judges what was read in a press release against its answers; leniently about forms, strictly about words."""

import hashlib
import re
from dataclasses import dataclass, field

from intake.press.dates import days_in
from intake.press.names import ROLES
from text.folding import fold


@dataclass
class Tally:
    """What was found, what was proposed and is wrong, and what was missed, of one kind."""

    name: str
    found: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def __str__(self):
        line = f"{self.name}: {self.found} found, {len(self.wrong)} wrong, {len(self.missed)} missed"
        lists = [f"\n  {what}: {'; '.join(rows)}" for what, rows in self.listed() if rows]
        return line + "".join(lists)

    def listed(self):
        return [("wrong", self.wrong), ("missed", self.missed)]


def judge(text, proposals, answers):
    """The tallies of one release; what its answers do not speak of is not judged."""
    if "quotes" not in answers and any("quotes" in person for person in answers.get("people", [])):
        answers = answers | {"quotes": {person["name"]: person.get("quotes", []) for person in answers["people"]}}
    kinds = {"dialogues": _dialogues, "people": _people, "quotes": _quotes}
    for kind, tallies in kinds.items():
        if kind in answers:
            yield from tallies(text, proposals, answers)


def _dialogues(text, proposals, answers):
    tally = Tally("dialogues")
    left = list(proposals.meetings)
    for answer in answers["dialogues"]:
        series, day = (
            fold(answer.get("series") or answer.get("title") or ""),
            answer.get("date", answer.get("starts_on")),
        )
        hit = next((one for one in left if fold(one.series) in series and _days_agree(one, day)), None)
        if hit:
            tally.found += 1
            left.remove(hit)
        else:
            tally.missed.append(f"{answer.get('series')} {day}")
    tally.wrong = [f"{one.series} {one.starts_on}" for one in left]
    yield tally


def _days_agree(one, day):
    """Whether a dialogue begins on a day, which is an ISO date, a date in words, or a year where none is known."""
    if not day:
        return True
    in_words = [found for mention in days_in(str(day)) for found in mention.dates(one.year)]
    return str(one.starts_on) == str(day)[:10] or one.starts_on in in_words or str(day) == str(one.year)


def _people(text, proposals, answers):
    people, left, pairs = Tally("people"), list(proposals.people), []
    for answer in answers["people"]:
        hit = next((one for one in left if same_name(one.name, answer["name"])), None)
        pairs.append((answer, hit))
        if hit:
            people.found += 1
            left.remove(hit)
        else:
            people.missed.append(answer["name"])
    people.wrong = [one.name for one in left]
    yield people
    yield _told("roles", "role", pairs, role_code)
    yield _told("affiliations", "affiliation", pairs, bare)
    yield _where(proposals, pairs)


def _told(name, key, pairs, form):
    """How often what a person is said to be agrees."""
    tally = Tally(name)
    for answer, hit in pairs:
        if key not in answer:
            continue
        wanted, given = form(answer[key] or ""), form(getattr(hit, key, "") or "")
        if wanted == given:
            tally.found += bool(wanted)
        elif given:
            tally.wrong.append(f"{answer['name']}: {given}")
        if wanted and wanted != given:
            tally.missed.append(f"{answer['name']}: {wanted}")
    return tally


def _where(proposals, pairs):
    tally = Tally("dialogues of people")
    for answer, hit in pairs:
        if answer.get("dialogue"):
            meeting = proposals.meetings[hit.meeting] if hit and hit.meeting is not None else None
            if meeting and fold(meeting.series) in fold(answer["dialogue"]):
                tally.found += 1
            else:
                (tally.wrong if meeting else tally.missed).append(answer["name"])
    return tally


def _quotes(text, proposals, answers):
    """A quote is found where consecutive parts by its speaker have its words, all and only those, in order."""
    tally = Tally("quotes")
    used = set()
    spoken = [(said.speaker, part, number) for number, said in enumerate(proposals.quotes) for part in said.parts]
    for answer in listed_quotes(answers["quotes"]):
        theirs = [one for one in spoken if same_name(one[0], answer["speaker"])]
        run = _run(text, theirs, wanted_digest(answer))
        if run:
            tally.found += 1
            used.update(run)
        else:
            tally.missed.append(f"{answer['speaker']}: {answer.get('text', '')[:50]}")
    unused = dict.fromkeys(number for _, part, number in spoken if part not in used)
    tally.wrong = [f"{proposals.quotes[one].speaker}: {proposals.quotes[one].text[:50]}" for one in unused]
    yield tally


def _run(text, theirs, digest):
    """Consecutive parts whose words together have a digest."""
    for first in range(len(theirs)):
        words = []
        for last in range(first, len(theirs)):
            start, end = theirs[last][1]
            words += words_of_quote(text[start:end])
            if digest_of(words) == digest:
                return [part for _, part, _ in theirs[first : last + 1]]
    return []


def listed_quotes(quotes):
    """Quotes as a list, also where they are given as {speaker: text or texts}."""
    if isinstance(quotes, list):
        return [one | {"speaker": one.get("speaker") or one.get("name") or ""} for one in quotes]
    return [
        {"speaker": name, "text": text}
        for name, texts in quotes.items()
        for text in ([texts] if isinstance(texts, str) else texts)
    ]


def wanted_digest(answer):
    return answer.get("sha256") or digest_of(words_of_quote(answer["text"]))


def words_of_quote(text):
    """Words to compare: apostrophes in one form, without white space and points."""
    return re.findall(r"\w+(?:['-]\w+)*", text.replace("’", "'").replace("‘", "'"))


def digest_of(words):
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def same_name(one, other):
    """Whether two names mean the same person: the same words, or all of one in the other."""
    first, second = (set(re.findall(r"\w+", fold(name))) for name in (one, other))
    return bool(first and second) and (first <= second or second <= first)


def role_code(words):
    """A role in words or as a code, as the code."""
    folded = fold(words)
    found = re.search(r"co-chair|chair|moderator|facilitator|panell?ist|floor|speaker", folded)
    return ROLES.get(found[0], found[0]) if found else folded


def bare(affiliation):
    """A body's name without article, brackets and points."""
    folded = re.sub(r"\([^)]*\)", "", fold(affiliation).replace("’", "'"))
    return " ".join(re.findall(r"[\w'-]+", re.sub(r"^(?:the|a|an) ", "", folded.strip())))
