"""What people misspell: how likely a difference between two words is, and words that are spelled as they sound.

After Kernighan, Church and Gale, "A Spelling Correction Program Based on a Noisy Channel Model" (1990): letters that
are doubled or not, swapped neighbours, and letters that sound alike are wrong more often than others.
"""

from collections.abc import Iterator

LIKELY = 0.4  # of a difference: what a likely one counts less
ALIKE = [
    frozenset(letters) for letters in ("aeiouy", "ckqs", "sz", "fv", "bv", "bp", "dt", "gj", "mn", "уою", "еиэ", "ао")
]
# Spellings of the same sounds. Each stands for the others.
SOUNDS = [("x", "cks", "ks", "cs"), ("f", "ph"), ("c", "k", "ck", "ch", "q"), ("s", "c", "ss", "z"), ("y", "i", "ie"),
          ("ei", "ie"), ("ea", "ee", "e"), ("ou", "u", "oo"), ("j", "g"), ("w", "wh"), ("er", "re", "or", "ar"),
          ("tion", "sion", "shun"), ("n", "kn"), ("r", "wr")]  # fmt: skip
MIN_LENGTH = 5  # letters of a word that is spelled as it sounds


def leniency(typed: str, meant: str) -> float:
    """Return how much less than usual the differences between two words count: LIKELY if they are likely, or 0."""
    start = next((at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), None)
    if start is None:
        start = min(len(typed), len(meant))
    one, other = typed[start:], meant[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    before = typed[start - 1 : start]
    is_swapped = len(one) == 2 and one == other[::-1]
    is_doubled = len(one + other) == 1 and one + other == before
    is_alike = len(one) == len(other) == 1 and any({one, other} <= letters for letters in ALIKE)
    return LIKELY if is_swapped or is_doubled or is_alike else 0.0


def respelled(word: str) -> Iterator[str]:
    """Yield other spellings of a word that sound alike: smallpocks, smallpox."""
    if len(word) < MIN_LENGTH:
        return
    for spellings in SOUNDS:
        for one in spellings:
            at = word.find(one)
            while at >= 0:
                yield from (word[:at] + other + word[at + len(one) :] for other in spellings if other != one)
                at = word.find(one, at + 1)
