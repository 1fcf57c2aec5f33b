"""The menu of a paragraph of a summary. A page can have two hundred, so that it is not a template of its own."""

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
LANGUAGE = '<li><a href="{}" lang="{}" hreflang="{}">{}</a></li>'


@register.simple_tag
def paragraph_menu(paragraph: Paragraph, citable: Any) -> SafeString:
    """Return the number of a paragraph with its menu: its link, citation and other languages, without script."""
    anchor = paragraph.anchor
    items = [CHOICE.format(f"#{anchor}", escape(gettext("Link to this paragraph")))]
    if citable:
        items.append(CHOICE.format(f"{anchor}/cite/", escape(gettext("Cite"))))
    for other in paragraph.elsewhere:
        language, name = other.language, escape(other.get_language_display())
        beside = escape(gettext("Side by side with %(language)s") % {"language": language_name(other.language)})
        items.append(LANGUAGE.format(f"{escape(other.get_absolute_url())}#{anchor}", language, language, name))
        items.append(CHOICE.format(f"{escape(other.beside)}#{anchor}", beside))
    menu = MENU.format(
        page=get_language(), direction="rtl" if get_language_bidi() else "ltr", number=paragraph.number,
        before=escape(gettext("Paragraph")), after=escape(gettext("link, citation and languages")),
        items="".join(items),
    )  # fmt: skip
    return mark_safe(menu)  # noqa: S308 - each piece is escaped
