from django import template

from portal import desk

register = template.Library()


@register.simple_tag
def heaps_for(user):
    """What waits for `user`, for the desk's first page."""
    return desk.heaps(user)
