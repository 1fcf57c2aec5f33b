"""The numbers of paragraphs, and the parts of a text in which numbers begin again, such as an annex."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext

Place = tuple[int, int | None]  # part and number


class BlockLike(Protocol):
    """What blocks and saved paragraphs have in common."""

    text: str
    level: int
    number: int | None
    part: int


def place_of(block: BlockLike) -> Place:
    """Return the part and the number of a block. They identify a numbered paragraph in its text."""
    return block.part, block.number


def paragraph_label(number: int | None, part: int) -> str:
    """Return a paragraph's number for readers, with its part if that is not the first."""
    if number is None:
        return ""
    if part == 1:
        return str(number)
    return gettext("%(number)d (part %(part)d)") % {"number": number, "part": part}


def set_parts(blocks: Iterable[BlockLike]) -> None:
    """Set the part of each block. Where numbers begin again at 1 below a heading, that heading begins a new part."""
    part, has_numbers = 1, False
    headings: list[BlockLike] = []  # since the last numbered paragraph
    for block in blocks:
        if block.number is None:
            headings += [block] if block.level or headings else []
        else:
            if block.number == 1 and has_numbers and headings:
                part += 1
                for heading in headings:
                    heading.part = part
            headings, has_numbers = [], True
        block.part = part


def require_unique_numbers(blocks: Iterable[BlockLike]) -> None:
    """Raise ValueError with a message for the user if a number occurs twice in a part."""
    seen: set[Place] = set()
    for block in blocks:
        if block.number is None:
            continue
        if place_of(block) in seen:
            raise ValueError(
                gettext(
                    "Paragraph %(number)d occurs twice. Where numbers begin again at 1, as in an annex, put a heading "
                    "before that paragraph."
                )
                % {"number": block.number}
            )
        seen.add(place_of(block))
