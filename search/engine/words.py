"""What the index knows of words beside where they stand: how they go on, what they may have meant, what they tell."""

from collections import Counter
from difflib import get_close_matches

import numpy as np

from search import grammar
from search.analysis import variants
from text.folding import TOKEN, fold
from text.stop_words import is_stop_word

from .matching import Matcher

MOST_COMPLETIONS = 8
MOST_TRIED = 40
ALIKE = 0.72  # of difflib's ratio; "trafiking" is to "trafficking" as 0.90
FEW = 5  # records; a word that has more is what was meant
MANY_MORE = 20  # times as many records make another spelling likelier
TELLING = 20  # words that stand for a text


def visible(snapshot, hidden):
    """A mask of the records that may be shown and counted."""
    mask = snapshot.alive.copy()
    for key in hidden:
        mask[snapshot.postings("id", key.encode())[0]] = False
    return mask


def is_seen(snapshot, term, mask):
    """In how many records of `mask` a word is spelt so."""
    return int(np.count_nonzero(mask[snapshot.postings("spelling", term)[0]]))


def completions(snapshot, letters, hidden):
    """Words that begin so, the most frequent first, of visible records only."""
    mask = visible(snapshot, hidden)
    counts = snapshot.beginning("spelling", fold(letters).encode())
    often = sorted(counts, key=counts.get, reverse=True)[:MOST_TRIED]
    seen = Counter({term: number for term in often if (number := is_seen(snapshot, term, mask))})
    return [term.decode() for term, _ in seen.most_common(MOST_COMPLETIONS)]


def corrections(snapshot, tree, hidden):
    """{word: another} for words that no visible record has, or few where another spelling has many more."""
    mask = visible(snapshot, hidden)
    found = {}
    for leaf in grammar.wanted(tree):
        if isinstance(leaf, grammar.Beginning):
            continue
        for word in leaf.words if isinstance(leaf, grammar.Phrase) else [leaf.text]:
            if is_stop_word(word):
                continue
            matched, _ = Matcher(snapshot).match(grammar.Word(word))
            own = np.count_nonzero(matched & mask)
            meant, number = closest(snapshot, fold(word), mask)
            if own <= FEW and number > own * MANY_MORE:
                found[word] = meant
    return found


def closest(snapshot, word, mask):
    """The word that is spelt most like `word`, and in how many visible records it is; ("", 0) where there is none."""
    begun = (term.decode() for term in snapshot.beginning("spelling", word[:1].encode()))
    others = [one for one in begun if one != word and abs(len(one) - len(word)) <= 2]
    near = get_close_matches(word, others, n=MOST_COMPLETIONS, cutoff=ALIKE)
    seen = ((one, is_seen(snapshot, one.encode(), mask)) for one in near)
    return next(((one, number) for one, number in seen if number), ("", 0))


def telling(snapshot, texts):
    """The tree of the words that set texts apart: often in them, rare elsewhere; None where there is no such word."""
    often = Counter(word for text in texts for word in TOKEN.findall(text) if not is_stop_word(word) and len(word) > 2)
    worth = {}
    for word, times in often.items():
        terms = [term.encode() for term in variants(word)]
        held = max((len(snapshot.postings(field, term)[0]) for field in ("text", "file") for term in terms), default=0)
        if held:
            worth[word] = times * np.log(1 + snapshot.count / held)
    best = sorted(worth, key=worth.get, reverse=True)[:TELLING]
    return grammar.Any(tuple(grammar.Word(word) for word in best)) if best else None
