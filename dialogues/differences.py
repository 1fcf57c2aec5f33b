"""Two texts side by side: paragraphs that belong together, and in them the words that were added or taken away."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 2000  # characters of a paragraph that is compared whole; a longer one is compared by its sentences
LIKE = 0.4  # share of common words from which a paragraph counts as a new form of an old one
AHEAD = 5  # paragraphs among which the new form of an old one is looked for
MOST_PAIRS = 4_000_000  # of parts of either side, beyond which difflib would take minutes
COSTLY = 20_000  # pairs of equal parts that difflib looks at, many times over

PARAGRAPH = re.compile(r"[^\n]*\n\s*|[^\n]+")
SENTENCE = re.compile(r"[^.!?。！？؟]*[.!?。！？؟]+\s*|[^.!?。！？؟]+")
# A Han character is a word by itself, and blanks belong to the word before them.
WORD = re.compile(r"(?:[\u3400-\u4dbf\u4e00-\u9fff]|[^\W\u3400-\u4dbf\u4e00-\u9fff]+|[^\w\s])\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """A run of text on one side; `kind` is same, removed (old side only) or added (new side only)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Pair:
    """A row of the two columns: pieces of an old paragraph and of the new one beside it; either side may be empty."""

    old: tuple = ()
    new: tuple = ()

    @property
    def is_same(self):
        return self.old == self.new


def compare(old, new):
    """The pairs of two texts, in order; the pieces of a side, joined, are that side's text.

    A paragraph that was moved is removed in one place and added in another.
    """
    before, after = _paragraphs(old), _paragraphs(new)
    pairs = []
    for kind, begin, end, start, stop in _steps(before, after):
        if kind == "equal":
            pairs += [Pair((same := Piece("same", text),), (same,)) for text in before[begin:end]]
        else:
            pairs += _changed(before[begin:end], after[start:stop])
    return pairs


def _paragraphs(text):
    """A text in paragraphs, blanks behind them included; long ones in sentences, and those, where long, in lengths."""
    parts = []
    for paragraph in PARAGRAPH.findall(text):
        for part in [paragraph] if len(paragraph) <= LONGEST else SENTENCE.findall(paragraph):
            parts += [part[start : start + LONGEST] for start in range(0, len(part), LONGEST)]
    return parts


def _steps(before, after):
    """The steps that lead from one list of texts to another, as difflib tells them, in bearable time."""
    if len(before) * len(after) > MOST_PAIRS:
        return _coarse(before, after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    olds = Counter(before)
    costs = sorted((len(places) * olds[text], text) for text, places in matcher.b2j.items())
    total = sum(cost for cost, _text in costs)
    # What is everywhere starts no match of its own; beside what does, it is matched all the same.
    while total > COSTLY:
        cost, text = costs.pop()
        total -= cost
        del matcher.b2j[text]
    return matcher.get_opcodes()


def _coarse(before, after):
    """The same where there is too much to look at: what begins and ends alike stays, all between is replaced."""
    most = min(len(before), len(after))
    head = next((at for at in range(most) if before[at] != after[at]), most)
    left = most - head
    tail = next((at for at in range(left) if before[-1 - at] != after[-1 - at]), left)
    end, stop = len(before) - tail, len(after) - tail
    steps = [
        ("equal", 0, head, 0, head),
        ("replace", head, end, head, stop),
        ("equal", end, len(before), stop, len(after)),
    ]
    return [step for step in steps if step[1] < step[2] or step[3] < step[4]]


def _changed(before, after):
    """The pairs of two runs of paragraphs that have none in common: what is alike stands side by side."""
    words = [(text, _words(text)) for text in after]
    at = 0
    for text in before:
        own = _words(text)
        alike = [_likeness(own, other) for _text, other in words[at : at + AHEAD]]
        best = max(alike, default=0)
        if best < LIKE:
            yield Pair(old=(Piece("removed", text),))
            continue
        place = at + alike.index(best)
        yield from (Pair(new=(Piece("added", new),)) for new, _words in words[at:place])
        yield _by_words(text, words[place][0])
        at = place + 1
    yield from (Pair(new=(Piece("added", new),)) for new, _words in words[at:])


def _words(text):
    """How often each word is in a paragraph; signs and blanks say nothing of what it is about."""
    return Counter(word.strip() for word in WORD.findall(text) if word[0].isalnum())


def _likeness(own, other):
    """The share of words that two paragraphs have in common: 0 to 1."""
    return 2 * (own & other).total() / max(1, own.total() + other.total())


def _by_words(old, new):
    """The pair of a paragraph and its new form, with what changed in it."""
    before, after = WORD.findall(old), WORD.findall(new)
    sides = ([], [])
    for kind, begin, end, start, stop in _steps(before, after):
        kinds = ("same", "same") if kind == "equal" else ("removed", "added")
        for side, name, words in zip(sides, kinds, (before[begin:end], after[start:stop]), strict=True):
            if words:
                side.append(Piece(name, "".join(words)))
    return Pair(tuple(sides[0]), tuple(sides[1]))
