"""Compare two texts: match their paragraphs, and find the words that were added or removed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

MAX_PARAGRAPH = 2000  # characters; a longer paragraph is compared by its sentences
MIN_SIMILARITY = 0.4  # the smallest share of common words at which a paragraph counts as a new form of an old one
LOOKAHEAD = 5  # the number of paragraphs that are searched for the new form of an old one
MAX_PAIRS = 4_000_000  # pairs of parts; with more, difflib would take minutes
MAX_MATCHES = 20_000  # pairs of equal parts, each of which difflib looks at many times

PARAGRAPH = re.compile(r"[^\n]*\n\s*|[^\n]+")
SENTENCE = re.compile(r"[^.!?。！？؟]*[.!?。！？؟]+\s*|[^.!?。！？؟]+")
# A Han character is a word by itself. Spaces belong to the word before them.
WORD = re.compile(r"(?:[\u3400-\u4dbf\u4e00-\u9fff]|[^\W\u3400-\u4dbf\u4e00-\u9fff]+|[^\w\s])\s*|\s+")

Opcode = tuple[Literal["equal", "replace", "delete", "insert"], int, int, int, int]


@dataclass(frozen=True)
class Piece:
    """A run of text on one side; `kind` is same, removed (old side only) or added (new side only)."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True)
class Pair:
    """A row of the comparison: the pieces of an old paragraph and of the new one beside it. Either may be empty."""

    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()

    @property
    def is_same(self) -> bool:
        return self.old == self.new


def compare(old: str, new: str) -> list[Pair]:
    """Return the pairs of paragraphs of two texts, in order. The pieces of one side, joined, are that side's text.

    A paragraph that was moved counts as removed in one place and added in another.
    """
    before, after = _split(old), _split(new)
    pairs: list[Pair] = []
    for tag, i1, i2, j1, j2 in _opcodes(before, after):
        if tag == "equal":
            pairs += [Pair((same := Piece("same", text),), (same,)) for text in before[i1:i2]]
        else:
            pairs += _pair_changed(before[i1:i2], after[j1:j2])
    return pairs


def _split(text: str) -> list[str]:
    """Split a text into paragraphs, each with the white space after it.

    Long paragraphs are split into sentences, and long sentences anywhere.
    """
    parts: list[str] = []
    for paragraph in PARAGRAPH.findall(text):
        for part in [paragraph] if len(paragraph) <= MAX_PARAGRAPH else SENTENCE.findall(paragraph):
            parts += [part[start : start + MAX_PARAGRAPH] for start in range(0, len(part), MAX_PARAGRAPH)]
    return parts


def _opcodes(before: Sequence[str], after: Sequence[str]) -> list[Opcode]:
    """Return the opcodes of SequenceMatcher, in bounded time."""
    if len(before) * len(after) > MAX_PAIRS:
        return _coarse_opcodes(before, after)
    matcher: Any = SequenceMatcher(None, before, after, autojunk=False)  # typeshed leaves out its attribute b2j
    olds = Counter(before)
    costs = sorted((len(places) * olds[text], text) for text, places in matcher.b2j.items())
    total = sum(cost for cost, _text in costs)
    # The most frequent parts no longer start a match, but still extend one that begins beside them.
    while total > MAX_MATCHES:
        cost, text = costs.pop()
        total -= cost
        del matcher.b2j[text]
    opcodes: list[Opcode] = matcher.get_opcodes()
    return opcodes


def _coarse_opcodes(before: Sequence[str], after: Sequence[str]) -> list[Opcode]:
    """Return opcodes for texts that are too long to match: keep the common beginning and end, replace the rest."""
    shorter = min(len(before), len(after))
    head = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    left = shorter - head
    tail = next((at for at in range(left) if before[-1 - at] != after[-1 - at]), left)
    i2, j2 = len(before) - tail, len(after) - tail
    opcodes: list[Opcode] = [
        ("equal", 0, head, 0, head),
        ("replace", head, i2, head, j2),
        ("equal", i2, len(before), j2, len(after)),
    ]
    return [opcode for opcode in opcodes if opcode[1] < opcode[2] or opcode[3] < opcode[4]]


def _pair_changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """Yield the pairs of two runs of paragraphs that have none in common, with similar ones side by side."""
    words = [(text, _count_words(text)) for text in after]
    at = 0
    for text in before:
        own = _count_words(text)
        similarities = [_similarity(own, other) for _text, other in words[at : at + LOOKAHEAD]]
        best = max(similarities, default=0)
        if best < MIN_SIMILARITY:
            yield Pair(old=(Piece("removed", text),))
            continue
        place = at + similarities.index(best)
        yield from (Pair(new=(Piece("added", new),)) for new, _words in words[at:place])
        yield _compare_words(text, words[place][0])
        at = place + 1
    yield from (Pair(new=(Piece("added", new),)) for new, _words in words[at:])


def _count_words(text: str) -> Counter[str]:
    """Count the words of a paragraph, without punctuation and blanks."""
    return Counter(word.strip() for word in WORD.findall(text) if word[0].isalnum())


def _similarity(own: Counter[str], other: Counter[str]) -> float:
    """Return the share of words that two paragraphs have in common, from 0 to 1."""
    return 2 * (own & other).total() / max(1, own.total() + other.total())


def _compare_words(old: str, new: str) -> Pair:
    """Return the pair of a paragraph and its new form, word by word."""
    before, after = WORD.findall(old), WORD.findall(new)
    olds: list[Piece] = []
    news: list[Piece] = []
    for tag, i1, i2, j1, j2 in _opcodes(before, after):
        if i1 < i2:
            olds.append(Piece("same" if tag == "equal" else "removed", "".join(before[i1:i2])))
        if j1 < j2:
            news.append(Piece("same" if tag == "equal" else "added", "".join(after[j1:j2])))
    return Pair(tuple(olds), tuple(news))
