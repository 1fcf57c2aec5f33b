"""The number of a paragraph of a summary. A page can have two hundred, so that it is not a template of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from ..models import Paragraph

register = template.Library()

LINK = (
    '<a class="paragraph-number" href="{address}"{missing} lang="{page}">'
    '<span class="visually-hidden">{before} </span>{number}<span class="visually-hidden">: {after}</span></a>'
)
ADDRESS, NUMBER, MISSING = "\0address", "\0number", "\0missing"  # placeholders; no text has the character \0


@dataclass(frozen=True)
class NumberMaker:
    """The HTML that all numbers of a page share, and from which each is made."""

    link: str
    languages: tuple[str, ...]
    can_be_cited: bool

    def number_of(self, paragraph: Paragraph) -> SafeString:
        """Return the number of a paragraph with a link to its own page, or to itself if there is none.

        The link names the languages that lack the paragraph.
        """
        address = f"{paragraph.anchor}/cite/" if self.can_be_cited else f"#{paragraph.anchor}"
        available = {other.language for other in paragraph.elsewhere}
        missing = " ".join(language for language in self.languages if language not in available)
        link = self.link.replace(ADDRESS, address).replace(NUMBER, str(paragraph.number))
        return mark_safe(link.replace(MISSING, f' data-not-in="{missing}"' if missing else ""))  # noqa: S308  escaped


@register.simple_tag
def paragraph_numbers(languages: Iterable[Any], citation: Any) -> NumberMaker:
    """Return the maker of the numbers of a page. A script opens the menu of a number in place."""
    return NumberMaker(
        LINK.format(
            page=get_language(), before=escape(gettext("Paragraph")),
            after=escape(gettext("link, citation and languages")), address=ADDRESS, number=NUMBER, missing=MISSING,
        ),
        tuple(other.language for other in languages),
        bool(citation),
    )  # fmt: skip


@register.simple_tag
def paragraph_number(numbers: NumberMaker, paragraph: Paragraph) -> SafeString:
    """Return the number of a paragraph as a link."""
    return numbers.number_of(paragraph)
