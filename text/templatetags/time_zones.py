from django import template

from ..time_zones import current_zone_city

register = template.Library()

# `{% time_zone_city as city %}`, for "{{ city }} time" beside an hour.
register.simple_tag(current_zone_city, name="time_zone_city")
