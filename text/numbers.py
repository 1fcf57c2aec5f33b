"""Numbers as readers write them: 2,474 in English, 2 474 in French and Arabic."""

from typing import Any

from babel.numbers import format_decimal, format_percent

from .localized import LEFT_TO_RIGHT, POP, content_language, direction


class GroupedNumber(int):
    """A number that is shown with the separators of the language of the page.

    It is an integer, so that `blocktranslate count` chooses the plural by it. Do not use it for years and other numbers
    that name something.
    """

    def __str__(self) -> str:
        if -1000 < self < 1000:
            return int.__repr__(self)
        language = content_language()
        shown = format_decimal(int(self), locale=language, numbering_system="latn")
        # The United Nations' Arabic has a space here, because its decimal mark is the comma.
        return shown.replace(",", "\N{NO-BREAK SPACE}") if language == "ar" else shown


def grouped(number: Any) -> GroupedNumber:
    """Return a number that is shown with separators."""
    return GroupedNumber(number)


def percentage(share: float) -> str:
    """Return a share as a percentage in the language of the page.

    A small share is <1%, never 0%, and a share just short of the whole is >99%, never 100%.
    """
    language = content_language()
    within = min(max(share, 0.01), 0.99) if 0 < share < 1 else share
    text = format_percent(within, locale=language, numbering_system="latn")
    sign = "<" if 0 < share < 0.005 else ">" if 0.995 <= share < 1 else ""
    # In right-to-left text the sign would be mirrored, and would then mean the opposite to many readers.
    return f"{LEFT_TO_RIGHT}{sign}{text}{POP}" if sign and direction(language) == "rtl" else f"{sign}{text}"
