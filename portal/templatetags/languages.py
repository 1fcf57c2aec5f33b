from django import template
from django.conf import settings
from django.urls import translate_url

register = template.Library()


@register.simple_tag(takes_context=True)
def page_in_languages(context):
    """Pairs of (language code, absolute URL without the query) of this page, for `<link rel="alternate" hreflang>`."""
    if "is_absent" in context:
        return []
    path = context["request"].path
    return [(code, settings.BASE_URL + translate_url(path, code)) for code, _ in settings.LANGUAGES]
