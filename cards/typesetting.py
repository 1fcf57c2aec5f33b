"""Text broken into lines: where a line may end by its script, how large it is set, and where it is cut."""

import re
from dataclasses import dataclass

from . import fonts
from .bidi import Style, width

HAN = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
# Chinese: what no line begins with, and what none ends with.
NOT_FIRST = "、。，．：；！？）】》」』〕〉”’…—％〗｝"
NOT_LAST = "（【《「『〔〈“‘〖｛"
# A line may end after a space, after a hyphen or dash between letters, and on either side of a Chinese character.
PIECE = re.compile(rf"[{NOT_LAST}]*[{HAN}][{NOT_FIRST}]*|[^\s{HAN}]*?[-–—/](?=\w)|[^\s{HAN}]+|\s+")
ELLIPSIS = "…"
LEADING = {"ar": 1.62, "zh": 1.5}  # of the size
USUAL_LEADING = 1.34
LARGER = {"ar": 1.14}  # Arabic letters are small for their size


@dataclass(frozen=True)
class Block:
    """Lines of text in one style; `leading` is the distance of their baselines in pixels."""

    lines: tuple
    style: Style
    leading: int

    @property
    def height(self):
        """From the top of the first line to the bottom of the last, in pixels."""
        return self.leading * len(self.lines)


def style_for(weight, size, language):
    """A style whose letters look as large as Latin ones of that size."""
    return Style(weight, round(size * LARGER.get(language, 1)), language)


def pieces(text):
    """A text in pieces after each of which a line may end; a space goes with the piece before it."""
    found = []
    for piece in PIECE.findall(" ".join(text.split())):
        if found and (piece.isspace() or piece[0] in NOT_FIRST or found[-1][-1] in NOT_LAST):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def split(word, most, style):
    """A word that is wider than a line, in parts that are not."""
    part = ""
    for character in word:
        if part and width(part + character, style) > most:
            yield part
            part = ""
        part += character
    yield part


def broken(text, most, style):
    """The lines of a text, none wider than `most` pixels."""
    lines, line = [], ""
    for piece in pieces(text):
        if width((line + piece).rstrip(), style) <= most:
            line += piece
            continue
        *full, line = [*([line] if line else []), *split(piece, most, style)]
        lines += full
    return [line.strip() for line in [*lines, line] if line.strip()]


def balanced(text, most, style):
    """The lines of a text, as few as fit, and as even as they can be: no last line of one word."""
    lines = broken(text, most, style)
    low, high = most // 2, most
    while high - low > 8 and len(lines) > 1:
        middle = (low + high) // 2
        if len(narrower := broken(text, middle, style)) == len(lines):
            high, lines = middle, narrower
        else:
            low = middle
    return lines


def cut(text, most, count, style):
    """The first lines of a text, of which the last ends at a word with an ellipsis if there is more."""
    lines = broken(text, most, style)
    if len(lines) <= count:
        return lines
    last = pieces(lines[count - 1])
    while len(last) > 1 and width("".join(last).rstrip(" ,;:–—-،؛，；、") + ELLIPSIS, style) > most:
        last.pop()
    ending = "".join(last).rstrip(" ,;:–—-،؛，；、")
    while ending and width(ending + ELLIPSIS, style) > most:  # one long word
        ending = ending[:-1]
    return [*lines[: count - 1], ending + ELLIPSIS]


def fitted(text, box, sizes, weight, language):
    """The Block of a text in the largest of `sizes` (falling) in which it fits into `box` (width, height).

    Words stay whole where any size lets them; what is too long for the smallest is cut. What no font has is left out.
    """
    if not fonts.can_set(text, weight, language):
        return Block((), style_for(weight, sizes[-1], language), sizes[-1])
    tried = [laid(text, box, size, weight, language) for size in sizes]
    whole = [block for block, is_all, has_whole_words in tried if is_all and has_whole_words]
    split_words = [block for block, is_all, _ in tried if is_all]
    return (whole or split_words or [tried[-1][0]])[0]


def laid(text, box, size, weight, language):
    """The Block of a text at one size, whether that is all of it, and whether no word is broken."""
    most, height = box
    style = style_for(weight, size, language)
    leading = round(size * LEADING.get(language, USUAL_LEADING))
    count = height // leading
    is_all = len(broken(text, most, style)) <= count
    has_whole_words = all(width(piece.strip(), style) <= most for piece in pieces(text))
    lines = balanced(text, most, style) if is_all else cut(text, most, count, style)
    return Block(tuple(lines), style, leading), is_all, has_whole_words


def lines_of(text, most, count, style):
    """The Block of at most `count` lines in a given style; without any where no font has its letters."""
    leading = round(style.size / LARGER.get(style.language, 1) * LEADING.get(style.language, USUAL_LEADING))
    lines = cut(text, most, count, style) if fonts.can_set(text, style.weight, style.language) else []
    return Block(tuple(lines), style, leading)
