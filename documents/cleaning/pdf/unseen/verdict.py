"""The verdict on each glyph of a page that has been taken apart: whether a person sees it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import accumulate

import numpy as np

from .drawing import SMALLEST, DrawnPage, Piece, Pixels, differs, inside
from .glyphs import Glyph
from .visible_letters import INK_CONTRAST, Letter, text_of_scan

CLIPPING = range(4, 8)  # the modes in which text also, or only, limits what is painted after it
MAX_GROUPS = 24  # of glyphs that are left out of a drawing together
MAX_DRAWINGS = 400  # of a page, to find out which of several glyphs in one place is seen
LIKE = 0.7  # of 1: how much a drawing must resemble glyphs to count as showing them
WIDE = 0.3  # of the size of a glyph: a gap that separates words


class UncertainError(Exception):
    """It is unclear which glyphs of a page a person sees."""


def judge(drawn: DrawnPage, glyphs: list[Glyph]) -> int:
    """Mark the glyphs that a person cannot see as removed, and set the place of each.

    Return how many glyphs stay because they leave a trace only together with others. Raise UncertainError.
    """
    if len(drawn.pieces) != len(glyphs):
        raise UncertainError
    drawn.read_texts()
    picture = drawn.draw()
    inked = [index for index, piece in enumerate(drawn.pieces) if _has_ink(piece)]
    seen = _seen(drawn, inked, picture)
    unseen = [index for index in inked if index not in seen]
    kept = _text_of_scan(drawn, unseen, len(seen), picture) | _text_of_drawings(drawn, unseen, picture)
    removed = [index for index in unseen if index not in kept]
    together = _seen_together(drawn, [index for index in removed if not drawn.pieces[index].is_sliver], picture)
    for index in set(removed) - together:
        glyphs[index].is_removed = True
    for glyph, piece in zip(glyphs, drawn.pieces, strict=True):
        glyph.place = piece.matrix
    _remove_spaces_between(glyphs, set(inked))
    return len(together)


def _has_ink(piece: Piece) -> bool:
    """Return whether a piece is more than white space; one that PDFium cannot read counts if it paints something."""
    return bool(piece.text.strip()) or piece.is_sliver or (not piece.text and piece.box[2] > piece.box[0])


def _seen(drawn: DrawnPage, inked: list[int], picture: Pixels) -> set[int]:
    """Return the pieces whose removal changes the picture of the page."""
    seen: set[int] = set()
    for group in _apart(drawn, inked, picture.shape[:2]):
        difference = differs(picture, drawn.draw_without(drawn.pieces[index] for index in group))
        seen |= {index for index in group if inside(drawn.pieces[index].box, difference, 1).any()}
    for index in inked:
        piece = drawn.pieces[index]
        if piece.mode in CLIPPING and _has_contrast(piece, picture):
            seen.add(index)
        elif piece.is_speck:
            seen.discard(index)
    return seen


def _apart(drawn: DrawnPage, inked: list[int], shape: tuple[int, ...]) -> list[list[int]]:
    """Return groups of pieces whose boxes do not touch, so that a changed place in a picture belongs to one piece."""
    taken: list[np.ndarray] = []
    groups: list[list[int]] = []
    for index in inked:
        box = drawn.pieces[index].box
        if not inside(box, np.empty(shape, dtype=bool)).size:
            continue
        number = next((at for at, mask in enumerate(taken) if not inside(box, mask, 2).any()), len(taken))
        if number == MAX_GROUPS:
            raise UncertainError
        if number == len(taken):
            taken.append(np.zeros(shape, dtype=bool))
            groups.append([])
        inside(box, taken[number], 1)[...] = True
        groups[number].append(index)
    return groups


def _has_contrast(piece: Piece, picture: Pixels) -> bool:
    part = inside(piece.box, picture)
    return bool(part.size) and bool((part.max(axis=(0, 1)) - part.min(axis=(0, 1)) >= INK_CONTRAST).any())


def _text_of_scan(drawn: DrawnPage, unseen: list[int], seen: int, picture: Pixels) -> set[int]:
    letters = {Letter(f"{index}", drawn.pieces[index].box, word): index
               for word, index in _words(drawn, unseen)}  # fmt: skip
    return {letters[one] for one in text_of_scan(list(letters), seen, picture, drawn.images)}


def _text_of_drawings(drawn: DrawnPage, unseen: list[int], picture: Pixels) -> set[int]:
    """Return the unseen pieces that repeat what is drawn in their place: the picture has the shape of their glyphs.

    Some programs draw the shapes of letters, filled with a picture or a gradient, and put transparent text over them.
    """
    unseen = [index for index in unseen if not drawn.pieces[index].is_speck]
    if not unseen:
        return set()
    alone = drawn.draw_only(unseen)
    words: defaultdict[int, list[int]] = defaultdict(list)
    for word, index in _words(drawn, unseen):
        words[word].append(index)
    likeness = {index: _likeness(drawn.pieces[index], alone, picture) for index in unseen}
    alike = (word for word in words.values() if sum(likeness[index] for index in word) >= LIKE * len(word))
    return {index for word in alike for index in word}


def _likeness(piece: Piece, alone: Pixels, picture: Pixels) -> float:
    """Return how much the picture of a page resembles that of a piece of text alone: from 0 to 1."""
    shape, place = (inside(piece.box, one)[:, :, :3].reshape(-1, 3).astype(float) for one in (alone, picture))
    if not shape.size or np.ptp(place, axis=0).max() < INK_CONTRAST or not np.ptp(shape[:, 0]):
        return 0
    inked = shape[:, 0] - shape[:, 0].mean()
    colours = place - place.mean(axis=0)
    lengths = np.sqrt((inked**2).sum() * (colours**2).sum(axis=0))
    return float(np.max(np.abs(inked @ colours) / np.where(lengths > 0, lengths, np.inf)))


def _words(drawn: DrawnPage, unseen: list[int]) -> list[tuple[int, int]]:
    """Return pieces with the number of the word that each belongs to: white space and gaps end a word."""
    numbered: list[tuple[int, int]] = []
    word, before = 0, -2
    for index in unseen:
        last, piece = drawn.pieces[before], drawn.pieces[index]
        gap = max(piece.box[0] - last.box[2], last.box[0] - piece.box[2], piece.box[1] - last.box[3])
        if index != before + 1 or gap > WIDE * max(last.size, piece.size) * drawn.scale:
            word += 1
        numbered.append((word, index))
        before = index
    return numbered


def _seen_together(drawn: DrawnPage, removed: list[int], picture: Pixels) -> set[int]:
    """Return the pieces that must stay: of several in one place, none is missed alone, but the last one is."""

    def missed(indexes: list[int]) -> np.ndarray:
        difference = differs(picture, drawn.draw_without(drawn.pieces[index] for index in indexes))
        for index in indexes:
            if drawn.pieces[index].size <= SMALLEST:
                inside(drawn.pieces[index].box, difference, 1)[...] = False
        return difference

    difference = missed(removed) if removed else np.zeros((1, 1), dtype=bool)
    if not difference.any():
        return set()
    doubtful = [index for index in removed if inside(drawn.pieces[index].box, difference, 1).any()] or removed
    if len(doubtful) > MAX_DRAWINGS:
        raise UncertainError
    gone = [index for index in removed if index not in set(doubtful)]
    if missed(gone).any():
        raise UncertainError
    for index in doubtful:  # from the lowest to the uppermost, so that what is covered goes
        if not missed([*gone, index]).any():
            gone.append(index)
    return set(removed) - set(gone)


def _remove_spaces_between(glyphs: list[Glyph], inked: set[int]) -> None:
    """Mark the white space of strings that are removed, and that between removed glyphs of a string."""
    strings: defaultdict[int, list[int]] = defaultdict(list)
    for index, glyph in enumerate(glyphs):
        strings[glyph.word].append(index)
    removed = [0, *accumulate(glyph.is_removed for glyph in glyphs)]  # how many of those before each
    for indexes in strings.values():
        kept = [index for index in indexes if index in inked and not glyphs[index].is_removed]
        some = any(glyphs[index].is_removed for index in indexes)
        for index in indexes if some else ():
            at, after = bisect_left(kept, index), bisect_right(kept, index)
            low = kept[at - 1] if at else indexes[0] - 1
            high = kept[after] if after < len(kept) else indexes[-1] + 1
            if index not in inked and removed[high] > removed[low + 1]:
                glyphs[index].is_removed = not kept or bool(low + 1 < index < high - 1)
