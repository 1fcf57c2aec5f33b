"""Score what was read in press releases against answers that a person gave.

A row is right if all that it says is right: one wrong detail makes it wrong, a missing one does not. Rows that arrive
ticked are counted apart from those that wait for a person. The form of names, roles and dates may differ, the words of
quotes may not: the text that would be kept is compared with the source.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from intake.press import OMISSION, MeetingProposal, PersonProposal, PressProposals, QuoteProposal
from intake.press.person_names import ROLES
from intake.press.sentences import sentence_ends
from intake.source_text import is_in_source
from text.dates_in_prose import find_dates
from text.words import fold

Answers = dict[str, Any]


@dataclass
class Tally:
    """The result for one kind of row: ticked rows and others, right and wrong; the facts found, and those missed."""

    ticked: int = 0
    others: int = 0
    wrong_ticked: list[str] = field(default_factory=list)
    wrong_others: list[str] = field(default_factory=list)
    found: int = 0
    missed: list[str] = field(default_factory=list)

    def count(self, row: str, is_sure: bool, is_right: bool) -> None:
        """Count one row."""
        if is_right:
            self.ticked, self.others = self.ticked + is_sure, self.others + (not is_sure)
        else:
            (self.wrong_ticked if is_sure else self.wrong_others).append(row)

    def add(self, other: "Tally") -> None:
        """Add the result of another release."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def precision(self) -> float:
        """The share of ticked rows that are right; 1 if there are none."""
        return _share(self.ticked, self.ticked + len(self.wrong_ticked))

    @property
    def recall(self) -> float:
        """The share of facts that some row states; 1 if there are none."""
        return _share(self.found, self.found + len(self.missed))

    def __str__(self) -> str:
        return (
            f"ticked {self.ticked} right, {len(self.wrong_ticked)} wrong ({self.precision:.2f});"
            f" others {self.others} right, {len(self.wrong_others)} wrong;"
            f" found {self.found} of {self.found + len(self.missed)} ({self.recall:.2f})"
        )


def score(text: str, proposals: PressProposals, answers: Answers) -> dict[str, Tally]:
    """Return the tallies of one release by kind. A kind that is missing in the answers is not scored."""
    kinds: dict[str, Callable[[str, PressProposals, Answers, Tally], None]] = {
        "news": _score_news, "dialogues": _score_dialogues, "people": _score_people, "quotes": _score_quotes,
        "topics": _score_topics,
    }  # fmt: skip
    tallies = {}
    for kind, score_kind in kinds.items():
        if kind in answers:
            score_kind(text, proposals, answers, tallies.setdefault(kind, Tally()))
    if "people" in answers:
        tallies |= {name: _details(proposals, answers, key) for name, key in DETAILS.items()}
    return tallies


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _score_news(text: str, proposals: PressProposals, answers: Answers, tally: Tally) -> None:
    given = {"title": proposals.title, "place": proposals.place, "date": proposals.date and str(proposals.date)}
    wanted = answers["news"]
    wrong = [f"{key}: {said}" for key, said in given.items() if said and wanted.get(key) != said]
    tally.count("; ".join(wrong), bool(proposals.title and proposals.date), not wrong)
    for key, said in wanted.items():
        if said:
            tally.found += given[key] == said
            tally.missed += [] if given[key] == said else [f"{key}: {said}"]


def _score_dialogues(text: str, proposals: PressProposals, answers: Answers, tally: Tally) -> None:
    left = list(answers["dialogues"])
    for one in proposals.meetings:
        hit = next((answer for answer in left if _is_dialogue(one, answer)), None)
        tally.count(f"{one.series} {one.starts_on}", one.sure, hit is not None)
        if hit is not None:
            left.remove(hit)
            tally.found += 1
    tally.missed += [f"{answer['series']} {answer.get('date')}" for answer in left]


def _is_dialogue(one: MeetingProposal, answer: Answers) -> bool:
    """Return whether a row agrees with an answer, whose date may be an ISO date, a date in words, or a year."""
    day = str(answer.get("date") or answer.get("starts_on") or "")
    if fold(one.series) not in fold(answer.get("series") or answer.get("title") or ""):
        return False
    if not day or one.starts_on is None:
        return True
    in_words = [found for mention in find_dates(day, one.year) for found in mention.dates]
    return str(one.starts_on) == day[:10] or one.starts_on in in_words or day == str(one.year)


def _pairs(proposals: PressProposals, answers: Answers) -> Iterator[tuple[PersonProposal | None, Answers | None]]:
    left = list(answers["people"])
    for one in proposals.people:
        hit = next((answer for answer in left if same_name(one.name, answer["name"])), None)
        if hit:
            left.remove(hit)
        yield one, hit
    yield from ((None, answer) for answer in left)


def _score_people(text: str, proposals: PressProposals, answers: Answers, tally: Tally) -> None:
    for one, answer in _pairs(proposals, answers):
        if one is None and answer:
            tally.missed.append(answer["name"])
        elif one:
            wrong = _wrong_details(one, answer, proposals) if answer else ["nobody"]
            tally.count(f"{one.name}: {', '.join(wrong)}", one.sure, not wrong)
            tally.found += answer is not None


def _wrong_details(one: PersonProposal, answer: Answers, proposals: PressProposals) -> list[str]:
    wrong, role = [], role_code(answer.get("role", one.role))
    if role != one.role and (one.role or role in PRESIDE):
        wrong.append(one.role or "no role")
    if one.affiliation and organization_key(answer.get("affiliation", one.affiliation)) != organization_key(
        one.affiliation
    ):
        wrong.append(one.affiliation)
    if one.meeting is not None and fold(proposals.meetings[one.meeting].series) not in fold(
        answer.get("dialogue", proposals.meetings[one.meeting].series)
    ):
        wrong.append(proposals.meetings[one.meeting].series)
    return wrong


PRESIDE = {"chair", "co-chair", "moderator"}  # without a role a person is saved as a speaker, which these are not only
DETAILS = {"roles": "role", "affiliations": "affiliation", "dialogues of people": "dialogue"}


def _details(proposals: PressProposals, answers: Answers, key: str) -> Tally:
    """Return how many details of people are found."""
    tally = Tally()
    for one, answer in _pairs(proposals, answers):
        if answer and answer.get(key):
            meeting = proposals.meetings[one.meeting].series if one and one.meeting is not None else ""
            said = meeting if key == "dialogue" else getattr(one, key, "")
            is_same = {"role": role_code, "affiliation": organization_key, "dialogue": fold}[key]
            tally.found += is_same(said) == is_same(answer[key])
            tally.missed += [] if is_same(said) == is_same(answer[key]) else [f"{answer['name']}: {answer[key]}"]
    return tally


def _score_quotes(text: str, proposals: PressProposals, answers: Answers, tally: Tally) -> None:
    """Score quotes: a right one has the words of answers by its speaker; those that it joins are one sentence."""
    left = [(answer["speaker"], expected_digest(answer)) for answer in answers["quotes"]]
    texts = {expected_digest(answer): answer.get("text", "")[:50] for answer in answers["quotes"]}
    for said in proposals.quotes:
        pieces = [digest(quote_words(piece)) for piece in said.text.split(OMISSION)]
        hits = [
            next((one for one in left if one[1] == piece and same_name(said.speaker, one[0])), None) for piece in pieces
        ]
        is_right = None not in hits and is_in_source(said.text, text) and _is_one_sentence(said, text)
        tally.count(f"{said.speaker}: {said.text[:60]}", said.sure, is_right)
        if is_right:
            left = [one for one in left if one not in hits]
            tally.found += len(pieces)
    tally.missed += [f"{speaker}: {texts[words]}" for speaker, words in left]


def _is_one_sentence(said: QuoteProposal, text: str) -> bool:
    """Return whether no sentence ends between the joined parts of a quote."""
    joins = [place for place in range(1, len(said.parts)) if OMISSION in said.text]
    gaps = [text[said.parts[place - 1][1] : said.parts[place][0]] for place in joins]
    return not any(sentence_ends(gap) for gap in gaps)


def _score_topics(text: str, proposals: PressProposals, answers: Answers, tally: Tally) -> None:
    left = {fold(name) for name in answers["topics"]}
    for one in proposals.topics:
        tally.count(one, False, fold(one) in left)
        tally.found += fold(one) in left
        left.discard(fold(one))
    tally.missed += left


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
