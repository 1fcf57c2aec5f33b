"""Score what was read in a press release against the expected answers.

The wording of quotes must match exactly; the form of names, roles and dates may differ.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from intake.press import PressProposals
from intake.press.dates import find_dates
from intake.press.person_names import ROLES
from intake.press.proposed_records import OMISSION
from text.words import fold


@dataclass
class Tally:
    """The result for one kind of fact: the number found, the wrong proposals, and the facts that were missed."""

    name: str
    found: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        line = f"{self.name}: {self.found} found, {len(self.wrong)} wrong, {len(self.missed)} missed"
        lists = [f"\n  {what}: {'; '.join(rows)}" for what, rows in self.listed() if rows]
        return line + "".join(lists)

    def listed(self) -> list[tuple[str, list[str]]]:
        """Return the wrong proposals and the missed facts."""
        return [("wrong", self.wrong), ("missed", self.missed)]


def score(text: str, proposals: PressProposals, answers: dict[str, Any]) -> Iterator[Tally]:
    """Yield the tallies of one release. Kinds that are missing in the answers are not scored."""
    if "quotes" not in answers and any("quotes" in person for person in answers.get("people", [])):
        answers = answers | {"quotes": {person["name"]: person.get("quotes", []) for person in answers["people"]}}
    kinds = {"dialogues": _score_dialogues, "people": _score_people, "quotes": _score_quotes}
    for kind, tallies in kinds.items():
        if kind in answers:
            yield from tallies(text, proposals, answers)


def _score_dialogues(text, proposals, answers):
    tally = Tally("dialogues")
    left = list(proposals.meetings)
    for answer in answers["dialogues"]:
        series, day = (
            fold(answer.get("series") or answer.get("title") or ""),
            answer.get("date", answer.get("starts_on")),
        )
        hit = next((one for one in left if fold(one.series) in series and _dates_agree(one, day)), None)
        if hit:
            tally.found += 1
            left.remove(hit)
        else:
            tally.missed.append(f"{answer.get('series')} {day}")
    tally.wrong = [f"{one.series} {one.starts_on}" for one in left]
    yield tally


def _dates_agree(one, day):
    """Return whether a dialogue starts on a day: an ISO date, a date in words, or a year."""
    if not day:
        return True
    in_words = [found for mention in find_dates(str(day)) for found in mention.dates(one.year)]
    return str(one.starts_on) == str(day)[:10] or one.starts_on in in_words or str(day) == str(one.year)


def _score_people(text, proposals, answers):
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
    yield _score_detail("roles", "role", pairs, role_code)
    yield _score_detail("affiliations", "affiliation", pairs, organization_key)
    yield _score_dialogues_of_people(proposals, pairs)


def _score_detail(name, field_name, pairs, normalize):
    """Compare one detail of each person: role or affiliation."""
    tally = Tally(name)
    for answer, hit in pairs:
        if field_name not in answer:
            continue
        wanted, given = normalize(answer[field_name] or ""), normalize(getattr(hit, field_name, "") or "")
        if wanted == given:
            tally.found += bool(wanted)
        elif given:
            tally.wrong.append(f"{answer['name']}: {given}")
        if wanted and wanted != given:
            tally.missed.append(f"{answer['name']}: {wanted}")
    return tally


def _score_dialogues_of_people(proposals, pairs):
    tally = Tally("dialogues of people")
    for answer, hit in pairs:
        if answer.get("dialogue"):
            meeting = proposals.meetings[hit.meeting] if hit and hit.meeting is not None else None
            if meeting and fold(meeting.series) in fold(answer["dialogue"]):
                tally.found += 1
            else:
                (tally.wrong if meeting else tally.missed).append(answer["name"])
    return tally


def _score_quotes(text, proposals, answers):
    """Score the quotes. One is found if consecutive parts by its speaker have exactly its words, in order."""
    tally = Tally("quotes")
    used = set()
    spoken = [(said.speaker, part, number) for number, said in enumerate(proposals.quotes) for part in said.parts]
    for answer in listed_quotes(answers["quotes"]):
        theirs = [one for one in spoken if same_name(one[0], answer["speaker"])]
        run = _matching_parts(text, theirs, expected_digest(answer))
        if run:
            tally.found += 1
            used.update(run)
        else:
            tally.missed.append(f"{answer['speaker']}: {answer.get('text', '')[:50]}")
    unused = {number for _, part, number in spoken if part not in used}
    altered = {number for number, said in enumerate(proposals.quotes) if not is_in_source(said.text, text)}
    wrong = [proposals.quotes[number] for number in sorted(unused | altered)]
    tally.wrong = [f"{said.speaker}: {said.text[:50]}" for said in wrong]
    yield tally


def is_in_source(words: str, source: str) -> bool:
    """Return whether the source has each piece of a quote, between omissions and breaks of paragraphs, as it is."""
    flowing = " ".join(source.split())
    return all(" ".join(piece.split()) in flowing for piece in re.split(rf"{re.escape(OMISSION)}|\n\n", words))


def _matching_parts(text, theirs, expected):
    """Return the consecutive parts whose words together have a digest, or []."""
    for first in range(len(theirs)):
        words = []
        for last in range(first, len(theirs)):
            start, end = theirs[last][1]
            words += quote_words(text[start:end])
            if digest(words) == expected:
                return [part for _, part, _ in theirs[first : last + 1]]
    return []


def listed_quotes(quotes: Any) -> list[dict[str, str]]:
    """Return quotes as a list, even if they are given as {speaker: text or texts}."""
    if isinstance(quotes, list):
        return [one | {"speaker": one.get("speaker") or one.get("name") or ""} for one in quotes]
    return [
        {"speaker": name, "text": text}
        for name, texts in quotes.items()
        for text in ([texts] if isinstance(texts, str) else texts)
    ]


def expected_digest(answer: dict[str, str]) -> str:
    """Return the digest of the words of an expected quote, which the answers give as text or as a digest."""
    return answer.get("sha256") or digest(quote_words(answer["text"]))


def quote_words(text: str) -> list[str]:
    """Return the words for comparison, with one form of apostrophe and without white space and punctuation."""
    return re.findall(r"\w+(?:['-]\w+)*", text.replace("’", "'").replace("‘", "'"))


def digest(words: list[str]) -> str:
    """Return the SHA-256 of words joined by spaces, in hexadecimal."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def same_name(one: str, other: str) -> bool:
    """Return whether two names may be the same person's: one contains all words of the other."""
    first, second = (set(re.findall(r"\w+", fold(name))) for name in (one, other))
    return bool(first and second) and (first <= second or second <= first)


def role_code(words: str) -> str:
    """Return the code of a role that is given in words or as a code."""
    folded = fold(words)
    found = re.search(r"co-chair|chair|moderator|facilitator|panell?ist|floor|speaker", folded)
    return ROLES.get(found[0], found[0]) if found else folded


def organization_key(affiliation: str) -> str:
    """Return the name of an organization without article, brackets and punctuation, for comparison."""
    folded = re.sub(r"\([^)]*\)", "", fold(affiliation).replace("’", "'"))
    return " ".join(re.findall(r"[\w'-]+", re.sub(r"^(?:the|a|an) ", "", folded.strip())))
