"""Fit text into a box: where lines may break in each script, how large the text is, and where it is truncated."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import fonts
from .bidi import Style, text_width

HAN = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
# Punctuation that must not begin a Chinese line, and that must not end one.
NOT_FIRST = "、。，．：；！？）】》」』〕〉”’…—％〗｝"
NOT_LAST = "（【《「『〔〈“‘〖｛"
# A line may break after a space, after a hyphen or dash between letters, and on both sides of a Chinese character.
PIECE = re.compile(rf"[{NOT_LAST}]*[{HAN}][{NOT_FIRST}]*|[^\s{HAN}]*?[-–—/](?=\w)|[^\s{HAN}]+|\s+")
ELLIPSIS = "…"
BEFORE_ELLIPSIS = " ,;:–—-،؛，；、"  # dropped at the end of truncated text
LINE_HEIGHT = {"ar": 1.62, "zh": 1.5}  # as a multiple of the size
DEFAULT_LINE_HEIGHT = 1.34
SCALE = {"ar": 1.14}  # Arabic letters are small for their size


@dataclass(frozen=True)
class Block:
    """Lines of text in one style; `leading` is the distance between two baselines in pixels."""

    lines: tuple[str, ...]
    style: Style
    leading: int

    @property
    def height(self) -> int:
        """The height of all lines in pixels."""
        return self.leading * len(self.lines)


def style_for(weight: str, size: int, language: str) -> Style:
    """Return a style whose letters look as large as Latin letters of that size."""
    return Style(weight, round(size * SCALE.get(language, 1)), language)


def break_opportunities(text: str) -> list[str]:
    """Return the pieces of a text after each of which a line may break. A space belongs to the piece before it."""
    pieces: list[str] = []
    for piece in PIECE.findall(" ".join(text.split())):
        if pieces and (piece.isspace() or piece[0] in NOT_FIRST or pieces[-1][-1] in NOT_LAST):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def split_word(word: str, max_width: float, style: Style) -> Iterator[str]:
    """Yield a word in parts that are not wider than a line."""
    part = ""
    for character in word:
        if part and text_width(part + character, style) > max_width:
            yield part
            part = ""
        part += character
    yield part


def break_lines(text: str, max_width: float, style: Style) -> list[str]:
    """Return the lines of a text, each filled as far as `max_width` pixels allow."""
    lines, line = [], ""
    for piece in break_opportunities(text):
        if text_width((line + piece).rstrip(), style) <= max_width:
            line += piece
            continue
        *full, line = [*([line] if line else []), *split_word(piece, max_width, style)]
        lines += full
    return [line.strip() for line in [*lines, line] if line.strip()]


def balance_lines(text: str, max_width: int, style: Style) -> list[str]:
    """Return the same number of lines as `break_lines`, as equal in length as possible."""
    lines = break_lines(text, max_width, style)
    low, high = max_width // 2, max_width
    while high - low > 8 and len(lines) > 1:
        middle = (low + high) // 2
        if len(narrower := break_lines(text, middle, style)) == len(lines):
            high, lines = middle, narrower
        else:
            low = middle
    return lines


def truncate_lines(text: str, max_width: float, count: int, style: Style) -> list[str]:
    """Return at most `count` lines of a text; if there is more, the last one ends at a word with an ellipsis."""
    lines = break_lines(text, max_width, style)
    if len(lines) <= count:
        return lines
    last = break_opportunities(lines[count - 1])
    while len(last) > 1 and text_width("".join(last).rstrip(BEFORE_ELLIPSIS) + ELLIPSIS, style) > max_width:
        last.pop()
    ending = "".join(last).rstrip(BEFORE_ELLIPSIS)
    while ending and text_width(ending + ELLIPSIS, style) > max_width:  # one long word
        ending = ending[:-1]
    return [*lines[: count - 1], ending + ELLIPSIS]


def fit_text(text: str, box: tuple[int, int], sizes: Sequence[int], weight: str, language: str) -> Block:
    """Return a text in the first of `sizes` (falling, in pixels) at which it fits into `box` (width, height).

    Words are split only if they do not fit at any size. Text that is too long at the smallest size is truncated. The
    block is empty if the fonts cannot render the text.
    """
    if not fonts.can_render(text, weight, language):
        return Block((), style_for(weight, sizes[-1], language), sizes[-1])
    tried = [_lay_out(text, box, size, weight, language) for size in sizes]
    complete = [block for block, is_complete, _ in tried if is_complete]
    unsplit = [block for block, is_complete, has_whole_words in tried if is_complete and has_whole_words]
    return (unsplit or complete or [tried[-1][0]])[0]


def _lay_out(text: str, box: tuple[int, int], size: int, weight: str, language: str) -> tuple[Block, bool, bool]:
    """Return a text at one size, whether all of it fits, and whether no word is split."""
    max_width, height = box
    style = style_for(weight, size, language)
    leading = round(size * LINE_HEIGHT.get(language, DEFAULT_LINE_HEIGHT))
    count = height // leading
    is_complete = len(break_lines(text, max_width, style)) <= count
    has_whole_words = all(text_width(piece.strip(), style) <= max_width for piece in break_opportunities(text))
    lines = balance_lines(text, max_width, style) if is_complete else truncate_lines(text, max_width, count, style)
    return Block(tuple(lines), style, leading), is_complete, has_whole_words


def set_lines(text: str, max_width: int, count: int, style: Style) -> Block:
    """Return at most `count` lines of a text in a given style, or none if the fonts cannot render it."""
    unscaled = style.size / SCALE.get(style.language, 1)
    leading = round(unscaled * LINE_HEIGHT.get(style.language, DEFAULT_LINE_HEIGHT))
    can_render = fonts.can_render(text, style.weight, style.language)
    lines = truncate_lines(text, max_width, count, style) if can_render else []
    return Block(tuple(lines), style, leading)
