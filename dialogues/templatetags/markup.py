from django import template

from dialogues import markup

register = template.Library()


@register.filter
def markdown(text, headings_below=2):
    """Markdown as safe HTML: `{{ dialogue.description|markdown }}`."""
    return markup.render(text or "", headings_below)


@register.filter
def plain(text):
    """The words of a Markdown text without its marks."""
    return markup.plain(text or "")
