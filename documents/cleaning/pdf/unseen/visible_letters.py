"""The letters of a drawn page: which of them a person cannot see, and which of these are the text of a scan."""

import ctypes
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from .drawing import SMALLEST, Box, DrawnPage, Pixels, differs, inside

# A page is a scan if pictures cover this share of it. Recognition programs put invisible text above or below them.
SCAN_SHARE = 0.5
# The text of a scan is where the scan is inked: colours differ by this much, and the ink is not a solid block.
INK_CONTRAST = 50
MAX_INK = 0.9
MARGIN = 0.1  # of the size of a letter: recognition programs place letters roughly
SPOT = 0.5  # of a box: only its middle is compared with other boxes, as letters touch


@dataclass(frozen=True)
class Letter:
    """A letter or another character with ink; `word` is the number of the word that it belongs to."""

    text: str
    box: Box
    word: int


@dataclass(frozen=True)
class Reading:
    """What can be seen of the letters of a page."""

    unseen: list[Letter]
    seen: int
    overlap: bool  # some letters lie on others, which may be covered although their place is inked


def read_letters(drawn: DrawnPage) -> Reading:
    """Return which letters of a page leave no trace in its picture. Those of a scan count as seen."""
    letters = _letters(drawn)
    if not letters:
        return Reading([], 0, overlap=False)
    picture = drawn.draw()
    inked = differs(picture, drawn.draw_without(drawn.pieces))
    unseen = [one for one in letters if not inside(one.box, inked).any() or _is_speck(one, drawn.scale)]
    seen = len(letters) - len(unseen)
    scanned = text_of_scan(unseen, seen, picture, drawn.images)
    return Reading([one for one in unseen if one not in scanned], seen, _overlap(letters, picture.shape[:2]))


def text_of_scan(unseen: list[Letter], seen: int, picture: Pixels, images: list[Box]) -> set[Letter]:
    """Return the unseen letters that say what a picture below or above them shows.

    A scan covers most of its page, has hardly any other text, and shows ink where its words are: the text below a
    blackened or whitened part of it is not its text.
    """
    if len(unseen) <= seen or _covered_share(images, picture.shape[:2]) < SCAN_SHARE:
        return set()
    grey = picture[:, :, 1].astype(np.int16)  # of the three colours, green is nearest to what an eye sees
    words: dict[int, list[Letter]] = {}
    for one in unseen:
        words.setdefault(one.word, []).append(one)
    legible = [word for word in words.values() if 2 * sum(_is_inked(one.box, grey) for one in word) > len(word)]
    if 2 * len(legible) <= len(words):
        return set()  # a photo or a coloured area above text
    return {one for word in legible for one in word}


def _letters(drawn: DrawnPage) -> list[Letter]:
    words = drawn.page.get_textpage()
    sides = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = sides
    references = [ctypes.byref(side) for side in sides]
    letters: list[Letter] = []
    word = 0
    for index in range(words.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(words, index))
        if raw.FPDFText_IsGenerated(words, index) or not text.isprintable() or text.isspace():
            word += 1
            continue
        raw.FPDFText_GetCharBox(words, index, *references)
        letters.append(Letter(text, drawn.pixels(left.value, bottom.value, right.value, top.value), word))
    words.close()
    return letters


def _is_speck(letter: Letter, scale: float) -> bool:
    left, top, right, bottom = letter.box
    return letter.text.isalnum() and max(right - left, bottom - top) - 2 < SMALLEST * 0.6 * scale


def _is_inked(box: Box, grey: NDArray[np.int16]) -> bool:
    margin = max(1, round(MARGIN * (box[3] - box[1])))
    part = inside(box, grey, margin)
    if not part.size or int(part.max()) - int(part.min()) < INK_CONTRAST:
        return False
    middle = (int(part.max()) + int(part.min())) / 2
    return bool((part < middle).mean() < MAX_INK)


def _covered_share(boxes: list[Box], shape: tuple[int, ...]) -> float:
    covered = np.zeros(shape, dtype=bool)
    for box in boxes:
        inside(box, covered)[...] = True
    return float(covered.mean())


def _overlap(letters: list[Letter], shape: tuple[int, ...]) -> bool:
    """Return whether some letters lie on others, other than those that share one glyph."""
    covered = np.zeros(shape, dtype=np.uint8)
    for box in {one.box for one in letters}:
        left, top, right, bottom = box
        across, down = (right - left) * SPOT / 2, (bottom - top) * SPOT / 2
        middle = (round(left + across), round(top + down), round(right - across), round(bottom - down))
        inside(middle, covered)[...] += 1
    return bool((covered > 1).any())
