"""The menu of a paragraph of a summary. A page can have two hundred, so that it is not a template of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi, gettext

from text.localized import language_name

from ..models import Paragraph

register = template.Library()

MENU = (
    '<details class="paragraph-menu"><summary class="paragraph-number">'
    '<span class="visually-hidden" lang="{page}">{before} </span>{number}'
    '<span class="visually-hidden" lang="{page}">: {after}</span></summary><div class="paragraph-choices">'
    '<ul role="list" lang="{page}" dir="{direction}">{items}</ul></div></details>'
)
CHOICE = '<li><a href="{}">{}</a></li>'
ANCHOR, NUMBER, ITEMS = "\0anchor", "\0number", "\0items"  # placeholders; no address or text has the character \0
LANGUAGE = '<li><a href="{}" lang="{}" hreflang="{}">{}</a></li>'


@dataclass(frozen=True)
class MenuMaker:
    """The HTML that all menus of a page share, and from which each is made.

    `link` and `cite` are choices without their address, and `elsewhere` has the choices for each other summary.
    """

    menu: str
    link: str
    cite: str
    elsewhere: dict[int, str]

    def menu_of(self, paragraph: Paragraph) -> SafeString:
        """Return the number of a paragraph with its menu."""
        choices = [self.link, self.cite, *(self.elsewhere[other.pk] for other in paragraph.elsewhere)]
        items = "".join(choices).replace(ANCHOR, paragraph.anchor)
        return mark_safe(self.menu.replace(NUMBER, str(paragraph.number)).replace(ITEMS, items))  # noqa: S308  escaped


@register.simple_tag
def paragraph_menus(languages: Iterable[Any], citable: Any) -> MenuMaker:
    """Return the maker of the menus of a page: link, citation and other languages, without script."""
    elsewhere = {}
    for other in languages:
        language, name = other.language, escape(other.get_language_display())
        beside = escape(gettext("Side by side with %(language)s") % {"language": language_name(language)})
        elsewhere[other.pk] = LANGUAGE.format(
            f"{escape(other.get_absolute_url())}#{ANCHOR}", language, language, name
        ) + CHOICE.format(f"{escape(other.beside)}#{ANCHOR}", beside)
    return MenuMaker(
        MENU.format(
            page=get_language(), direction="rtl" if get_language_bidi() else "ltr",
            before=escape(gettext("Paragraph")), after=escape(gettext("link, citation and languages")),
            number=NUMBER, items=ITEMS,
        ),
        CHOICE.format(f"#{ANCHOR}", escape(gettext("Link to this paragraph"))),
        CHOICE.format(f"{ANCHOR}/cite/", escape(gettext("Cite"))) if citable else "",
        elsewhere,
    )  # fmt: skip


@register.simple_tag
def paragraph_menu(menus: MenuMaker, paragraph: Paragraph) -> SafeString:
    """Return the number of a paragraph with its menu."""
    return menus.menu_of(paragraph)
