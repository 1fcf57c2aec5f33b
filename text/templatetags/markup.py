from django import template
from django.conf import settings

from .. import markup

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
    """The direction in which a language of the content is written, as `dir` has it.

    Django's own filter knows only languages of interfaces, of which "zh" is none.
    """
    return "rtl" if language in settings.LANGUAGES_BIDI else "ltr"
