"""The paragraphs of two texts side by side: those with the same number, and headings in their order."""

from difflib import SequenceMatcher


def align(left, right):
    """Pairs of paragraphs (or blocks) of two texts, in order; None where one side has nothing beside the other."""
    matcher = SequenceMatcher(None, *([_key(one) for one in side] for side in (left, right)), autojunk=False)
    pairs = []
    for kind, begin, end, start, stop in matcher.get_opcodes():
        if kind == "equal":
            pairs += zip(left[begin:end], right[start:stop], strict=True)
        else:
            pairs += [(one, None) for one in left[begin:end]] + [(None, one) for one in right[start:stop]]
    return pairs


def _key(paragraph):
    return paragraph.number or ("heading" if paragraph.level else "paragraph")
