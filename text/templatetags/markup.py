from django import template

from .. import localized, markup

register = template.Library()


@register.filter
def markdown(text, headings_below=2):
    """Markdown as safe HTML: `{{ dialogue.description|markdown }}`."""
    return markup.render(text or "", headings_below)


@register.filter
def plain(text):
    """The words of a Markdown text without its marks."""
    return markup.strip_markdown(text or "")


@register.filter
def direction(language):
    """Return the value of `dir` for a language of the content."""
    return localized.direction(language)
