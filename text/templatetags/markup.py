"""Template filters and tags for text: `{{ dialogue.description|markdown }}`, `{% time_zone_city as city %}`."""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..lists import between_sentences, brackets, colon, comma, detail_comma, full_stop, joined, space_before
from ..localized import (
    LocalizedText,
    as_written,
    current_zone_city,
    direction,
    isolated,
    language_name,
    noting_untranslated,
)
from ..markup import render, strip_heading, strip_markdown
from ..numbers import grouped
from ..words import shorten

register = template.Library()


@register.filter
def markdown(text: Any, headings_below: int = 2) -> SafeString:
    """Return a Markdown text as safe HTML. A text in another language than the page is marked as such."""
    html = render(text, headings_below)
    return text.marked(html, "div") if isinstance(text, LocalizedText) else html


@register.filter
def plain(text: Any) -> str:
    """Return a Markdown text as plain text, which keeps its language."""
    stripped = strip_markdown(text)
    return text.replaced_by(stripped) if isinstance(text, LocalizedText) else stripped


@register.filter
def utc_offset(moment: datetime) -> str:
    """Return the offset of the current time zone from UTC at a moment, such as +2 or +5:30."""
    offset = localtime(moment).utcoffset() or timedelta()
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "\u2212" if offset < timedelta() else "+"
    return f"{sign}{hours}:{minutes:02}" if minutes else f"{sign}{hours}"


@register.filter
def excerpt(text: str, words: int) -> str:
    """Return the first words of a text, which keep its language."""
    shortened = Truncator(text).words(words)
    return text.replaced_by(shortened) if isinstance(text, LocalizedText) else shortened


@register.filter
def on_one_line(text: object) -> SafeString:
    """Return a text that is never broken between lines or reordered, such as a reference within a sentence."""
    return format_html('<bdi class="reference">{}</bdi>', text)


@register.simple_tag
def field_error(field: BoundField, error: str) -> str:
    """Return an error after the label of its field, unless it names the field itself or the form has no other."""
    label = capfirst(str(field.label))
    return (
        error
        if label in error or len(field.form.visible_fields()) == 1
        else format_html("{}{}{}", label, colon(), error)
    )


register.filter("plain_heading", strip_heading)
register.filter("direction", direction)
register.filter("joined", joined)
register.filter("shorten", shorten)
register.filter("grouped", grouped)
register.filter("isolated", isolated)
register.filter("as_written", as_written)
register.filter("name_of_language", language_name)  # Django's own `language_name` is in English
register.simple_tag(comma)
register.simple_tag(detail_comma)
register.simple_tag(colon)
register.simple_tag(full_stop)
register.simple_tag(between_sentences)
register.simple_tag(space_before)
register.simple_block_tag(brackets)
# For "{{ city }} time" beside an hour.
register.simple_tag(current_zone_city, name="time_zone_city")


@register.tag
def note_untranslated(parser: Parser, token: Token) -> Node:
    """Render what comes before `{% end_note_untranslated %}`, and below it a note if some texts lack a translation."""
    nodes = parser.parse(["end_note_untranslated"])
    parser.delete_first_token()
    return UntranslatedNode(nodes)


class UntranslatedNode(Node):
    """The content of a page, and one note on the texts that are shown in their original language."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        with noting_untranslated() as noted:
            content = self.nodelist.render(context)
        if not noted:
            return content
        note = _("Some texts on this page are not translated yet. They are shown in their original language.")
        return format_html('{}<p class="meta part">{}</p>', content, note)
