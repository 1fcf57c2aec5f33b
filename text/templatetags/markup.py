"""Template filters and tags for text: `{{ dialogue.description|markdown }}`, `{% time_zone_city as city %}`."""

from django import template

from ..lists import comma, joined
from ..localized import current_zone_city, direction
from ..markup import render, strip_heading, strip_markdown

register = template.Library()

register.filter("markdown", render)
register.filter("plain", strip_markdown)
register.filter("plain_heading", strip_heading)
register.filter("direction", direction)
register.filter("joined", joined)
register.simple_tag(comma)
# For "{{ city }} time" beside an hour.
register.simple_tag(current_zone_city, name="time_zone_city")
