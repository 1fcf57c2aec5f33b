from django import template
from django.utils.safestring import SafeString

from .. import localized, markup

register = template.Library()


@register.filter
def markdown(text: str | None, headings_below: int = 2) -> SafeString:
    """Return a Markdown text as safe HTML: `{{ dialogue.description|markdown }}`."""
    return markup.render(text or "", headings_below)


@register.filter
def plain(text: str | None) -> str:
    """Return a Markdown text as plain text."""
    return markup.strip_markdown(text or "")


@register.filter
def direction(language: str) -> str:
    """Return the value of `dir` for a language of the content."""
    return localized.direction(language)
